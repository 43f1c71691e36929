import { afterEach, describe, expect, it } from 'vitest'
import type { Matcher } from '../../../../harness/verify/regex/matcher.ts'
import { createMatcher } from '../../../../harness/verify/regex/matcher.ts'
import { caseOf, verifierIn, verifyReply } from '../support.ts'

const EVIL = '(a+)+$'
const VICTIM = `${'a'.repeat(40)}b`

let matcher: Matcher | undefined
afterEach(() => matcher?.close())

describe('createMatcher', () => {
  it('kills a pattern that backtracks for ever, names it late, and matches the rest of its batch', async () => {
    matcher = createMatcher({ timeoutMs: 200 })
    const results = await Promise.all([
      matcher.match('(x|y)+z', 'xyz'),
      matcher.match(EVIL, VICTIM),
      matcher.match('(x|y)+z', 'xy'),
      matcher.match('(a|a)*$', VICTIM),
      matcher.match('(q)+', 'q'),
    ])
    expect(results).toEqual([
      { matched: true },
      { late: true },
      { matched: false },
      { late: true },
      { matched: true },
    ])
  })

  it('says what is wrong with a pattern that is none', async () => {
    matcher = createMatcher({ timeoutMs: 200 })
    expect(await matcher.match('(', 'a')).toEqual({
      invalid: expect.stringMatching(/Unterminated group/) as string,
    })
  })

  it('gives what RegExp gives, in the thread and out of it', async () => {
    matcher = createMatcher({ timeoutMs: 2000 })
    const texts = ['', 'cat', 'the cat', 'a'.repeat(5000), 'line\nbreak', '日本']
    const patterns = ['^cat$', '(c|d)at', '(?:the )?cat', '(a+)b?', '\\w+', '^$', '.', '(日)+', 'a.*a.*a']
    for (const pattern of patterns) {
      for (const text of texts) {
        expect(await matcher.match(pattern, text)).toEqual({ matched: new RegExp(pattern).test(text) })
      }
    }
  })
})

describe('a regex check', () => {
  it('breaks when its pattern backtracks, names it, and leaves the other checks', async () => {
    const verifier = await verifierIn({}, { regexTimeoutMs: 200 })
    const testCase = caseOf([
      { type: 'regex', value: EVIL },
      { type: 'contains', value: 'b' },
    ])
    const result = await verifyReply(verifier, testCase, { output: VICTIM })
    expect(result).toMatchObject({ outcome: 'errored', checks: [{ score: null }, { pass: true }] })
    expect(result.error).toContain(EVIL)
    await verifier.close()
  })
})
