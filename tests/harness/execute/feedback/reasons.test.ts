import { describe, expect, it } from 'vitest'
import { reasonsOf } from '../../../../harness/execute/feedback/reasons.ts'
import type { Assertion } from '../../../../harness/model/assertion.ts'
import type { Case } from '../../../../harness/model/case.ts'
import type { CheckResult } from '../../../../harness/model/trial.ts'
import type { Verification } from '../../../../harness/model/verification.ts'
import { caseOf } from '../../verify/support.ts'

const SECRET = 'negative'

function failed(type: string, reason: string, more: Partial<CheckResult> = {}): CheckResult {
  return { type, pass: false, score: 0, reason, ...more }
}

function verification(checks: readonly CheckResult[], reason = 'it failed'): Verification {
  return { outcome: 'failed', score: 0, namedScores: {}, checks, reason, output: '' }
}

interface Options {
  readonly shared?: boolean
  readonly reveal?: boolean
  readonly literal?: boolean
}

/** What is told of one check that failed. */
function told(assertion: Assertion, reason: string, { shared, reveal, literal }: Options = {}): string[] {
  const made = caseOf([assertion], { vars: { label: SECRET, text: 'x' }, literal: literal === true })
  const telling = { shared: new Set(shared === true ? [assertion] : []), reveal: reveal === true }
  return reasonsOf(verification([failed(assertion.type, reason)]), made, telling)
}

describe('the answer to a case is not given away', () => {
  const reason = `Expected output "positive" to equal "${SECRET}"`

  it.each<[string, Assertion, string, Options?]>([
    ['written in the test', { type: 'equals', value: SECRET }, reason],
    ['of a dataset', { type: 'equals', value: SECRET }, reason, { literal: true, shared: true }],
    ['for every case, of a variable', { type: 'equals', value: '{{ label }}' }, reason, { shared: true }],
    ['in a list', { type: 'contains-any', value: ['{{label}}', 'x'] }, reason, { shared: true }],
    ['out of a file', { type: 'similar', value: 'file://answers/{{id}}.txt' }, reason, { shared: true }],
    ['in a rubric', { type: 'llm-rubric', value: `says that it is ${SECRET}` }, `it is ${SECRET}, in fact`],
    [
      'in a rubric’s prompt',
      { type: 'llm-rubric', value: 'right', rubricPrompt: '{{output}} must be {{label}}' },
      `it is ${SECRET}`,
      { shared: true },
    ],
    ['made by code', { type: 'equals', value: () => SECRET }, reason, { shared: true }],
    [
      'rendered into inline code',
      { type: 'javascript', value: 'output === "{{label}}"' },
      `Custom function returned false\noutput === "${SECRET}"`,
      { shared: true },
    ],
    [
      'in the inline code of a test',
      { type: 'not-python', value: `output == '${SECRET}'` },
      `Python code returned true\noutput == '${SECRET}'`,
    ],
    [
      'in inline code that throws',
      { type: 'javascript', value: `out === '${SECRET}'` },
      `Custom function threw error: out is not defined\nout === '${SECRET}'`,
    ],
    ['in a forbidden word', { type: 'not-contains', value: 'positive' }, 'expected not to contain positive'],
  ])('by a check with the answer %s', (_where, assertion, reason, options) => {
    expect(told(assertion, reason, options)).toEqual([`the check \`${assertion.type}\` did not hold`])
  })

  it('nor by the name of a metric, which stands in place of the reason', () => {
    const named = (metric: string): string[] => told({ type: 'equals', value: SECRET, metric }, reason)
    expect(named('accuracy')).toEqual(['the check `equals` (accuracy) did not hold'])
    expect(named('recall of {{label}}')).toEqual(['the check `equals` did not hold'])
  })

  it('unless the suite says so', () => {
    expect(told({ type: 'equals', value: SECRET }, reason, { reveal: true })).toEqual([reason])
  })
})

describe('the reason is told', () => {
  it.each<[string, Assertion, string, Options?]>([
    ['of a check of form', { type: 'is-json', value: { type: 'object' } }, 'no JSON: "x" is unexpected'],
    ['of its opposite', { type: 'not-contains-sql' }, 'it has SQL'],
    ['that code gives', { type: 'javascript', value: 'file://short.ts' }, 'expected at most 5 words, got 9'],
    [
      'of a pattern for all cases',
      { type: 'regex', value: '^(a|b){1,2}$' },
      'must match ^(a|b)$',
      { shared: true },
    ],
    ['of a rubric for all cases', { type: 'llm-rubric', value: 'is polite' }, 'it is rude', { shared: true }],
    [
      'of code for all cases',
      { type: 'javascript', value: 'output.length < 9' },
      'Custom function returned false output.length < 9',
      { shared: true },
    ],
    [
      'of a template of the environment',
      { type: 'contains', value: '{{env.SIGNATURE}}' },
      'expected Regards',
      { shared: true },
    ],
  ])('%s', (_what, assertion, reason, options) => {
    expect(told(assertion, reason, options)).toEqual([reason])
  })
})

describe('reasons', () => {
  const many = (checks: readonly CheckResult[], assert: readonly Assertion[], reason?: string): string[] => {
    const made: Case = caseOf([...assert])
    return reasonsOf(verification(checks, reason), made, { shared: new Set(), reveal: false })
  }

  it('are of the checks that failed, not of those that held or broke', () => {
    const assert = ['is-json', 'is-xml', 'is-sql'].map((type) => ({ type, weight: 0 }))
    const checks = [
      { ...failed('is-json', 'fine'), pass: true },
      failed('is-xml', 'it broke', { error: 'it broke', score: null }),
      failed('is-sql', 'no SQL'),
    ]
    expect(many(checks, assert)).toEqual(['no SQL'])
  })

  it('are of the members of a set, each by its own assertion', () => {
    const members = [
      { type: 'is-json', pass: true, score: 1, reason: 'ok' },
      failed('equals', 'it is "x"'),
      failed('is-xml', 'no XML'),
    ]
    const assert = [
      { type: 'select-best', value: 'best' },
      {
        type: 'assert-set',
        assert: [{ type: 'is-json' }, { type: 'equals', value: 'x' }, { type: 'is-xml' }],
      },
    ]
    expect(many([failed('assert-set', 'Aggregate score', { members })], assert)).toEqual([
      'the check `equals` did not hold',
      'no XML',
    ])
  })

  it('are of the members of a set that every case has', () => {
    const set = { type: 'assert-set', assert: [{ type: 'contains', value: 'Regards' }] }
    const members = [failed('contains', 'Expected output to contain "Regards"')]
    const shared = new Set<Assertion>([set, ...set.assert])
    const made = caseOf([set])
    expect(
      reasonsOf(verification([failed('assert-set', '', { members })]), made, { shared, reveal: false }),
    ).toEqual(['Expected output to contain "Regards"'])
  })

  it('that a script reports in parts are told apart', () => {
    const members = [failed('javascript', 'too long'), failed('javascript', 'too loud')]
    const assert = [{ type: 'javascript', value: 'file://tone.ts' }]
    expect(many([failed('javascript', 'in all bad', { members })], assert)).toEqual(['too long', 'too loud'])
  })

  it('are the case’s own where every check held and the score was too low', () => {
    expect(many([], [], 'Aggregate score 0.50 < 0.8 threshold')).toEqual([
      'Aggregate score 0.50 < 0.8 threshold',
    ])
  })

  it('are one line each, never twice, and bounded', () => {
    const assert = Array.from({ length: 40 }, () => ({ type: 'is-json' }))
    const long = failed('is-json', `a\r\n\tb ${'😀'.repeat(10_000)}`)
    const [line = '', ...none] = many(
      assert.map(() => long),
      assert,
    )
    expect(none).toEqual([])
    expect(line.startsWith('a b 😀')).toBe(true)
    expect(line.length).toBeLessThanOrEqual(1_000)
    expect(line.isWellFormed()).toBe(true)

    const different = assert.map((_, i) => failed('is-json', `reason ${i}`))
    const lines = many(different, assert)
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([21, 'reason 0', 'and 20 more'])
  })

  it('of a check that gives none are its name', () => {
    expect(many([failed('is-json', ' ')], [{ type: 'is-json' }])).toEqual([
      'the check `is-json` did not hold',
    ])
  })
})
