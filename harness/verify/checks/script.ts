import type { Assertion } from '../../model/assertion.ts'
import type { UserFunction } from '../../suite/user-code.ts'
import { exactly } from '../prepare/literal.ts'
import type { Tools } from '../tools.ts'
import { builtIn } from './built-in.ts'
import type { CustomGraders } from './custom.ts'
import { assayContext } from './custom.ts'
import type { Runner, Subject } from './subject.ts'
import { checkContext, transformed } from './subject.ts'

/** `file://check.ts` of type `javascript`: the file's function grades; promptfoo reads what it returned. */
export function scriptCheck(
  assertion: Assertion,
  script: UserFunction,
  name: string,
  tools: Tools,
  graders?: CustomGraders,
): Runner {
  return async (subject, promptfoo) => {
    const result = await callScript(script, assertion, subject, name, tools, graders)
    const { transform: _transform, config: _config, ...graded } = assertion
    const grade = await builtIn({ ...graded, value: () => result }, true)(subject, promptfoo)
    const verdictOnly = typeof result === 'boolean' || typeof result === 'number'
    return verdictOnly && !grade.pass
      ? { ...grade, reason: `${grade.reason}\n${String(assertion.value)}` }
      : grade
  }
}

/** `file://expected.ts` of another type: the file's function makes the value to check against. */
export function scriptValue(
  assertion: Assertion,
  script: UserFunction,
  check: (assertion: Assertion) => Runner,
  name: string,
  tools: Tools,
): Runner {
  return async (subject, promptfoo) => {
    const value = await callScript(script, assertion, subject, name, tools)
    const wrong = notAValue(value)
    if (wrong !== undefined) {
      throw new Error(
        `${String(assertion.value)} returned ${wrong}, but \`${assertion.type}\` needs a value to check against; ` +
          'only `javascript` takes a verdict',
      )
    }
    return check({ ...assertion, value: exactly(value) })(subject, promptfoo)
  }
}

function notAValue(value: unknown): string | undefined {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function' || typeof value === 'boolean') return `a ${typeof value}`
  return typeof value === 'object' && value !== null && 'pass' in value ? 'a grade' : undefined
}

async function callScript(
  script: UserFunction,
  assertion: Assertion,
  subject: Subject,
  name: string,
  tools: Tools,
  graders?: CustomGraders,
): Promise<unknown> {
  const output = await transformed(assertion, subject)
  const context = { ...checkContext(subject, assertion.config), assay: assayContext(graders, subject, tools) }
  const leave = tools.enter(name)
  try {
    return script(output, context)
  } finally {
    leave()
  }
}
