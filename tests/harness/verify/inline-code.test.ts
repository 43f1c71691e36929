import { describe, expect, it } from 'vitest'
import { checkInlineCode } from '../../../harness/verify/prepare/inline-code.ts'

const at = { file: '/suite.yaml', line: 3, column: 5 }

describe('inline JavaScript of an assertion', () => {
  it.each([
    'output.length > 2',
    'output.includes("a");',
    'const n = output.length; n > 2',
    'return output.length > 2',
    'const n = output.length\nreturn n > 2',
    'if (output) {\n  return 1\n}\nreturn 0',
    'Promise.resolve(true)',
    '{pass: true, score: 1, reason: ""}',
    'output === {{expected}} +',
  ])('is left to run when promptfoo could read it, or it is a template: %j', (code) => {
    expect(() => checkInlineCode(code, at)).not.toThrow()
  })

  it.each([
    ['output +', /does not parse/, /an expression/],
    ['not javascript at all (', /does not parse/, /an expression/],
    ['if (output) {\nreturn 1', /does not parse/, /several lines/],
    ['await fetch("x")', /does not parse/, /return the promise/],
  ])('is refused before any call when it cannot parse: %j', (code, message, hint) => {
    expect(() => checkInlineCode(code, at)).toThrow(
      expect.objectContaining({
        code: 'suite',
        at,
        message: expect.stringMatching(message) as string,
        hint: expect.stringMatching(hint) as string,
      }),
    )
  })
})
