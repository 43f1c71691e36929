import { describe, expect, it } from 'vitest'
import { summarySchema } from '../../harness/record/schema/summary.ts'
import { summarize } from '../../reports/summary.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from './make-input.ts'

describe('summarize', () => {
  it('gives the outcome of a run for a machine, and nothing else', () => {
    const trials = [
      makeTrial({ ttftMs: 40, usage: { input: 10, output: 1, cacheRead: 30 } }),
      makeTrial({
        cell: { caseId: 'c2' },
        ttftMs: 60,
        outcome: 'failed',
        usage: { input: 10, output: 1 },
      }),
    ]
    expect(summarize(makeInput({ trials, settings: { gate: { floors: { pass: 0.5 } } } }))).toStrictEqual({
      v: 1,
      run: { id: 'run-1', dir: 'runs/sentiment/run-1' },
      decision: 'pass',
      exitCode: 0,
      cells: { planned: 2, finished: 2, passed: 1, failed: 1, errored: 0, absent: 0 },
      columns: [
        {
          prompt: 'zero-shot',
          provider: 'flash',
          cases: 2,
          repeats: 1,
          passRate: 0.5,
          interval: [expect.closeTo(0.0945, 4), expect.closeTo(0.9055, 4)],
          latencyMs: { p50: 100, p95: 100 },
          ttftMs: 50,
          costUsd: 0.002,
          costPer1000Usd: 1,
          tokens: { input: 20, output: 2, cacheRead: 30 },
        },
      ],
      gates: [
        {
          name: 'floor: pass',
          column: 'zero-shot × flash',
          metric: 'pass',
          result: 'pass',
          threshold: 0.5,
          observed: 0.5,
          interval: [expect.closeTo(0.0945, 4), expect.closeTo(0.9055, 4)],
        },
      ],
      calls: { made: 2, replayed: 0, retried: 0 },
      spentUsd: 0.002,
      spending: {
        total: { calls: 2, tokens: { input: 20, output: 2, cacheRead: 30 }, costUsd: 0.002 },
        firstTries: { calls: 2, tokens: { input: 20, output: 2, cacheRead: 30 }, costUsd: 0.002 },
      },
    })
  })

  it('says that an interrupted run is incomplete, and exits 130 before anything else', () => {
    const input = makeInput({ trials: [makeTrial()], planned: 2, manifest: { interrupted: true } })
    expect(summarize(input)).toMatchObject({
      decision: 'invalid',
      exitCode: 130,
      incomplete: {
        cause: 'missing',
        cells: 1,
        message: 'The run was interrupted.',
        resume: 'assay resume runs/sentiment/run-1',
      },
    })
  })

  it('names the cause of most missing cells, then the others', () => {
    const outage = { cause: 'outage', account: 'anthropic', cells: 7, message: '503' } as const
    const budget = { cause: 'budget', cells: 2, message: 'the budget of $1 is used up' } as const
    const manifest = { incomplete: [outage, budget] }
    const summary = summarize(makeInput({ trials: [makeTrial()], planned: 10, manifest }))
    expect(summary.exitCode).toBe(3)
    expect(summary.incomplete).toStrictEqual({
      ...outage,
      resume: 'assay resume runs/sentiment/run-1',
      others: [budget],
    })
    expect(summarySchema.strict().parse(summary)).toStrictEqual(summary)
  })

  it('has no command that would finish a run of stored replies', () => {
    const input = makeInput({ trials: [makeTrial()], planned: 2, manifest: { verifies: 'run-0' } })
    expect(summarize(input).incomplete).not.toHaveProperty('resume')
  })
})
