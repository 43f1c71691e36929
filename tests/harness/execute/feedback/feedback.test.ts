import { describe, expect, it } from 'vitest'
import { createFeedback, type Next } from '../../../../harness/execute/feedback/feedback.ts'
import type { Assertion } from '../../../../harness/model/assertion.ts'
import type { FeedbackSettings } from '../../../../harness/model/suite.ts'
import type { Outcome } from '../../../../harness/model/trial.ts'
import { caseOf, suiteIn } from '../../verify/support.ts'

const JSON_CHECK: Assertion = { type: 'is-json' }
const LABEL: Assertion = { type: 'equals', value: 'x' }

interface Heard {
  readonly reply?: unknown
  readonly outcome?: Outcome
  readonly before?: readonly unknown[]
  readonly settings?: Partial<FeedbackSettings>
}

/** What follows a reply; those before it failed, and the model was told so. */
function after({ reply = 'no', outcome = 'failed', before = [], settings }: Heard): Next | undefined {
  const suite = suiteIn('/nowhere', {
    defaultTest: { assert: [LABEL] },
    assay: { feedback: { maxAttempts: 3, ...settings } },
  })
  const attemptOf = (output: unknown) => ({ reply: { output } })
  const rounds = before.map((output, i) => ({
    prompt: i === 0 ? 'Q' : `after ${i}`,
    attempt: attemptOf(output),
    feedback: [`reason ${i}`],
  }))
  const verification = {
    outcome,
    score: 0,
    namedScores: {},
    checks: [
      { type: 'equals', pass: false, score: 0, reason: 'Expected "x"' },
      { type: 'is-json', pass: false, score: 0, reason: 'not JSON' },
    ],
    reason: 'not JSON',
    output: 'transformed',
  }
  return createFeedback(suite)?.decide({
    testCase: caseOf([LABEL, JSON_CHECK]),
    prompt: before.length === 0 ? 'Q' : 'the last prompt',
    attempt: attemptOf(reply),
    checked: { verification },
    rounds,
  })
}

it('is given only where the suite asks for it', () => {
  expect(createFeedback(suiteIn('/nowhere'))).toBeUndefined()
})

describe('after a round', () => {
  it('a reply that failed goes back with the reasons', () => {
    const next = after({ settings: { template: '{{prompt}}|{{reply}}|{{reasons | join(";")}}' } })
    expect(next).toEqual({ again: 'Q|no|Expected "x";not JSON', reasons: ['Expected "x"', 'not JSON'] })
  })

  it('a reply that is no text goes back as JSON, as the model gave it', () => {
    expect(after({ reply: { a: 1 }, settings: { template: '{{reply}}{{reasons}}' } })).toMatchObject({
      again: expect.stringContaining('{\n  "a": 1\n}') as string,
    })
  })

  it('the first prompt is told again, and a conversation has every round in it', () => {
    const [first] = [after({ before: ['one'], settings: { template: '{{prompt}} {{round}} {{reasons}}' } })]
    expect(first).toMatchObject({ again: expect.stringMatching(/^Q 3 /) as string })
  })

  it.each([
    ['passed', { outcome: 'passed' }],
    ['errored', { outcome: 'errored' }],
    ['max_attempts', { before: ['one', 'two'] }],
    ['max_attempts', { settings: { maxAttempts: 1 } }],
    ['same_reply', { before: ['one', ' no\n'] }],
    ['same_reply', { before: ['{"a": [1], "b": 2}'], reply: { b: 2, a: [1] } }],
  ] as const)('there is no other one: %s', (ended, heard: Heard) => {
    expect(after(heard)).toEqual({ ended })
  })

  it('there is no other one where there is no verdict', () => {
    const feedback = createFeedback(suiteIn('/nowhere', { assay: { feedback: { maxAttempts: 3 } } }))
    const heard = { testCase: caseOf([]), prompt: 'Q', attempt: {}, checked: {}, rounds: [] }
    expect(feedback?.decide(heard)).toEqual({ ended: 'errored' })
  })

  it('a template that breaks ends it, and is told of', () => {
    expect(after({ settings: { template: '{{ reasons.at(0).nothing() }}' } })).toEqual({
      ended: 'errored',
      warning: expect.stringContaining('the feedback could not be worded: ') as string,
    })
  })
})
