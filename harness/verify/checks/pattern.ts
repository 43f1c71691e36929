import type { Assertion } from '../../model/assertion.ts'
import { isInverse } from '../assertion-kind.ts'
import type { Grade } from '../score/grade.ts'
import type { Tools } from '../tools.ts'
import type { Runner } from './subject.ts'
import { asText, transformed } from './subject.ts'

/** `regex`, where it can be killed. Reasons are promptfoo's. */
export function regexCheck(assertion: Assertion, tools: Tools): Runner {
  const inverse = isInverse(assertion)
  return async (subject) => {
    const { value } = assertion
    const pattern = typeof value === 'string' ? tools.templates.renderPlain(value, subject.vars) : value
    if (typeof pattern !== 'string' || pattern === '') {
      throw new Error('"regex" assertion type must have a string value')
    }
    const result = await tools.matcher.match(pattern, asText(await transformed(assertion, subject)))
    if ('late' in result) throw new Error(`the pattern ${pattern} did not finish matching and was stopped`)
    if ('invalid' in result) return grade(assertion, false, `Invalid regex pattern: ${result.invalid}`)
    return grade(
      assertion,
      result.matched !== inverse,
      `Expected output to ${inverse ? 'not ' : ''}match regex "${pattern}"`,
    )
  }
}

function grade(assertion: Assertion, pass: boolean, failure: string): Grade {
  return {
    pass: pass || assertion.weight === 0,
    score: pass ? 1 : 0,
    reason: pass ? 'Assertion passed' : failure,
    assertion: assertion as Grade['assertion'],
  }
}
