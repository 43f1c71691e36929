import { describe, expect, test } from 'vitest'
import type { AttemptRecord } from '../../../../../harness/model/trial.ts'
import { timingParts } from '../../../../../reports/html/page/detail/timing-parts.ts'
import { costText, usageParts } from '../../../../../reports/html/page/detail/usage-parts.ts'
import { exampleParts } from './example.ts'

function call(timing: Partial<AttemptRecord['timing']>): AttemptRecord {
  return {
    reply: {},
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 0, trusted: true, ...timing },
    costUsd: 0,
  }
}

describe('the parts of a call', () => {
  test('follow one another in the order they happened, and the next call follows them', () => {
    const { calls, totalMs } = timingParts([
      call({ queuedMs: 20, latencyMs: 100, ttftMs: 30 }),
      call({ backoffMs: 400, queuedMs: 5, latencyMs: 50 }),
    ])
    expect(calls).toEqual([
      [
        { kind: 'queued', from: 0, ms: 20 },
        { kind: 'first', from: 20, ms: 30 },
        { kind: 'rest', from: 50, ms: 70 },
      ],
      [
        { kind: 'backoff', from: 120, ms: 400 },
        { kind: 'queued', from: 520, ms: 5 },
        { kind: 'rest', from: 525, ms: 50 },
      ],
    ])
    expect(totalMs).toBe(575)
  })

  test('a first token after the last byte leaves no rest, and no part is negative', () => {
    const { calls } = timingParts([
      call({ latencyMs: 100, ttftMs: 140 }),
      call({ latencyMs: 10, ttftMs: -5 }),
    ])
    expect(calls.map((parts) => parts.map(({ kind, ms }) => [kind, ms]))).toEqual([
      [['first', 100]],
      [['rest', 10]],
    ])
  })

  test('a call without any time has no part, and all together is nothing', () => {
    expect(timingParts([call({})])).toEqual({ calls: [[]], totalMs: 0 })
  })
})

describe('what a cell took', () => {
  test('first tries and feedback stand apart, and all of it by the trial', () => {
    const [trial] = exampleParts().trials
    if (trial === undefined) throw new Error('no trial')
    const parts = usageParts(trial)
    expect(parts.map(({ label, calls, usage }) => [label, calls, usage?.cacheRead])).toEqual([
      ['first try', 2, 512],
      ['after feedback', 1, 512],
      ['in all', 3, 1_024],
    ])
    expect(parts.map(costText)).toEqual(['at least ~$0.00310', '$0.00310', '~$0.00620'])
  })

  test('a cost that is not known is unknown, never nothing', () => {
    const parts = usageParts({
      attempts: [{ ...call({}), costUsd: 'unknown' }],
      usage: undefined,
      costUsd: 'unknown',
    })
    expect(parts.map(costText)).toEqual(['unknown'])
  })
})
