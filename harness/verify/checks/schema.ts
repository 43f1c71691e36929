import type { Assertion } from '../../model/assertion.ts'
import { messageOf } from '../../model/errors.ts'
import { fail } from '../../suite/config/fail.ts'
import { isTemplate } from '../prepare/literal.ts'
import type { CheckPlace, Tools } from '../tools.ts'
import { builtIn } from './built-in.ts'
import type { Runner } from './subject.ts'

/**
 * `is-json` and `contains-json`: a schema becomes one object, which promptfoo compiles once; a text it would compile
 * anew for every reply.
 * @throws HarnessError `suite` at `at` when it cannot be parsed
 */
export function schemaCheck(assertion: Assertion, { at }: CheckPlace, tools: Tools): Runner {
  const { value } = assertion
  if (typeof value === 'object' && value !== null)
    return builtIn({ ...assertion, value: tools.schemas.same(value) })
  if (typeof value !== 'string' || value === '') return builtIn(assertion)
  if (isTemplate(value)) return textSchemaCheck(assertion, value, tools)
  try {
    return builtIn({ ...assertion, value: tools.schemas.parse(value) })
  } catch (error) {
    throw fail(
      'suite',
      `the schema of \`${assertion.type}\` cannot be parsed: ${messageOf(error)}`,
      at,
      undefined,
      error,
    )
  }
}

/** A schema whose text is a template. */
function textSchemaCheck(assertion: Assertion, text: string, tools: Tools): Runner {
  return (subject, promptfoo) => {
    const schema = tools.schemas.parse(tools.templates.renderPlain(text, subject.vars))
    return builtIn({ ...assertion, value: schema })(subject, promptfoo)
  }
}
