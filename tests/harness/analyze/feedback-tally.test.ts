import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../harness/analyze/analyzer.ts'
import type { ColumnAnalysis } from '../../../harness/model/analysis.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { makeRounds } from './make-feedback.ts'
import { makeErrored, makeTrial } from './make-trial.ts'

function columnOf(trials: readonly Trial[]): ColumnAnalysis {
  const columns = [{ prompt: 'zero-shot', provider: 'flash' }]
  const analyzer = createAnalyzer({ runId: 'r', columns, planned: trials.length })
  for (const trial of trials) analyzer.add(trial)
  const [column] = analyzer.finish().columns
  if (column === undefined) throw new Error('no column')
  return column
}

const cell = (caseId: string) => ({ cell: { caseId } })

describe('a column with feedback', () => {
  it('has its first tries apart from the last', () => {
    const column = columnOf([
      makeRounds({ latencies: [100] }, { ...cell('a'), namedScores: { tone: 1 } }),
      makeRounds(
        { latencies: [100, 300], first: { namedScores: { tone: 0 } } },
        { ...cell('b'), namedScores: { tone: 0.5 } },
      ),
      makeRounds(
        { latencies: [100, 200, 600], first: { score: 0.5 }, feedback: { ended: 'max_attempts' } },
        { ...cell('c'), outcome: 'failed', score: 0.25 },
      ),
    ])
    expect(column).toMatchObject({ passed: 2, failed: 1, passRate: 2 / 3, namedScores: { tone: 0.75 } })
    expect(column.firstTry).toMatchObject({
      passed: 1,
      failed: 2,
      errored: 0,
      passRate: 1 / 3,
      meanScore: 0.5,
      namedScores: { tone: 0.5 },
    })
    expect(column.firstTry?.interval?.lo).toBeLessThan(1 / 3)
    expect(column.feedback).toStrictEqual({
      cells: 2,
      helped: 1,
      hurt: 1,
      meanAttempts: 2,
      addedMs: { total: 1100, mean: 550 },
      addedUsd: 0.003,
      addedTokens: { input: 20 + 20 + 30, output: 6 },
    })
  })

  it('takes its latency from first rounds, and its cost from all', () => {
    const column = columnOf([
      makeRounds({ latencies: [100, 9_000] }, cell('a')),
      makeRounds({ latencies: [300, 9_000, 9_000] }, cell('b')),
    ])
    expect(column.latencyMs).toStrictEqual({ p50: 200, p95: 290, n: 2, trusted: true })
    expect(column.ttftMs).toMatchObject({ p50: 20, n: 2 })
    expect(column.costUsd).toBe(0.005)
    expect(column.costPer1000Usd).toBe(2.5)
  })

  it('takes the try that succeeded for the latency of a first round', () => {
    const trial = makeRounds({ latencies: [100, 9_000] })
    const failed = {
      failure: { kind: 'throttled', message: '429' } as const,
      timing: { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true },
      costUsd: 'unknown' as const,
    }
    const [first, ...later] = trial.attempts
    if (first === undefined) throw new Error('no attempt')
    const column = columnOf([{ ...trial, attempts: [failed, { ...first, retry: 1 }, ...later] }])
    expect(column.latencyMs).toMatchObject({ p50: 100, n: 1 })
  })

  it('keeps replayed rounds out of its times, each for itself', () => {
    const column = columnOf([
      makeRounds({ latencies: [100, 5_000], replayed: [1] }, cell('a')),
      makeRounds({ latencies: [7_000, 400], replayed: [0] }, cell('b')),
    ])
    expect(column.latencyMs).toMatchObject({ p50: 100, n: 1 })
    expect(column.feedback?.addedMs).toStrictEqual({ total: 400, mean: 400 })
  })

  it('knows no added time where every later round was replayed', () => {
    const column = columnOf([makeRounds({ latencies: [1, 2], replayed: [1] }, cell('a'))])
    expect(column.feedback?.addedMs).toStrictEqual({ total: null, mean: null })
  })

  it('knows no added cost where one later round has no price, but what it is at least', () => {
    const column = columnOf([
      makeRounds({ latencies: [1, 2], unpriced: [1] }, cell('a')),
      makeRounds({ latencies: [1, 2, 3] }, cell('b')),
      makeRounds({ latencies: [1, 2], unpriced: [0] }, cell('c')),
    ])
    expect(column.feedback).toMatchObject({ addedUsd: 'unknown', addedAtLeastUsd: 0.003 })
    const none = columnOf([makeRounds({ latencies: [1, 2], unpriced: [1] })])
    expect(none.feedback).toMatchObject({ addedUsd: 'unknown' })
    expect(none.feedback).not.toHaveProperty('addedAtLeastUsd')
  })

  it('does not miss the price of a later round that yielded nothing', () => {
    const trial = makeRounds({ latencies: [1] })
    const failed = {
      failure: { kind: 'unavailable', message: 'down' } as const,
      timing: { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true },
      costUsd: 'unknown' as const,
      attempt: 1,
    }
    const feedback = { attempts: 2, addedMs: 1, addedUsd: 'unknown', ended: 'errored' } as const
    const column = columnOf([{ ...trial, attempts: [...trial.attempts, failed], feedback }])
    expect(column.feedback).toMatchObject({ addedUsd: 0, addedTokens: { input: 0, output: 0 } })
  })

  it('counts what errored at first as missing in both, and at last as missing in one', () => {
    const brokeLater = makeRounds(
      { latencies: [100, 100], feedback: { ended: 'errored' } },
      { ...cell('b'), outcome: 'errored', score: null },
    )
    const column = columnOf([
      { ...makeErrored('down', { caseId: 'a' }) },
      brokeLater,
      makeRounds({ latencies: [1] }),
    ])
    expect(column).toMatchObject({ passed: 1, failed: 0, errored: 2, passRate: 1 })
    expect(column.firstTry).toMatchObject({ passed: 1, failed: 1, errored: 1, passRate: 0.5 })
    expect(column.feedback).toMatchObject({ cells: 1, helped: 0, hurt: 0 })
  })

  it('decides of a single round once: what came of it later holds for its first try too', () => {
    const lost = makeRounds({ latencies: [100] }, { outcome: 'failed', score: 0 })
    const column = columnOf([{ ...lost, first: { outcome: 'passed', score: 1, namedScores: {} } }])
    expect(column.firstTry).toMatchObject({ passed: 0, failed: 1 })
    expect(column.feedback).toMatchObject({
      cells: 0,
      hurt: 0,
      addedMs: { total: null, mean: null },
      addedUsd: 0,
    })
  })

  it('gives the same bytes in whatever order trials finish', () => {
    const trials = Array.from({ length: 40 }, (_, i) =>
      makeRounds(
        { latencies: Array.from({ length: 1 + (i % 3) }, (_, round) => 100 * Math.abs(Math.sin(i + round))) },
        { ...cell(`c${i % 9}`), outcome: i % 4 === 0 ? 'failed' : 'passed', score: 1 / (i + 3) },
      ),
    )
    const expected = JSON.stringify(columnOf(trials))
    fc.assert(
      fc.property(fc.shuffledSubarray(trials, { minLength: trials.length }), (shuffled) => {
        expect(JSON.stringify(columnOf(shuffled))).toBe(expected)
      }),
      { seed: 5, numRuns: 25 },
    )
  })
})

it('a column without feedback has no first try', () => {
  const column = columnOf([makeTrial(), makeErrored('down', { caseId: 'x' })])
  expect(Object.keys(column)).not.toEqual(expect.arrayContaining(['firstTry']))
  expect(column.feedback).toBeUndefined()
})
