import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../harness/analyze/analyzer.ts'
import { decide } from '../../../harness/decide.ts'
import type { Analysis } from '../../../harness/model/analysis.ts'
import type { Call, Trial } from '../../../harness/model/trial.ts'
import { addAll, makeErrored, makeTrial } from './make-trial.ts'

const TIMING = { queuedMs: 0, backoffMs: 0, latencyMs: 100, trusted: true }
const UNRECORDED = { kind: 'unrecorded', message: 'no recorded reply' } as const

function replayedTrial(id: string): Trial {
  return makeTrial({
    cell: { id, caseId: id },
    latencyMs: null,
    response: { cached: true },
    attempts: [{ reply: { cached: true }, timing: TIMING, costUsd: 0.001 }],
  })
}

function unrecordedTrial(id: string): Trial {
  return {
    ...makeErrored(UNRECORDED.message, { id, caseId: id }),
    attempts: [{ failure: UNRECORDED, timing: { ...TIMING, latencyMs: 0 }, costUsd: 0 }],
  }
}

function graderCall(cellId: string, result: Partial<Call['result']>): Call {
  const request = { prompt: 'is it good?' }
  return {
    v: 1,
    kind: 'call',
    cellId,
    role: 'grader',
    attempt: 0,
    result: { request, timing: TIMING, costUsd: 0.01, ...result },
  }
}

function analyze(trials: readonly Trial[], calls: readonly Call[] = []): Analysis {
  const columns = [{ prompt: 'zero-shot', provider: 'flash' }]
  const analyzer = createAnalyzer({ runId: 'run', columns, planned: trials.length })
  addAll(analyzer, trials)
  for (const call of calls) analyzer.addCall(call)
  return analyzer.finish()
}

describe('replayed replies', () => {
  it('count as replayed, in no latency and no spend, and keep what a call cost when it was made', () => {
    const calls = [graderCall('a', { reply: { output: 'yes', cached: true } })]
    const analysis = analyze([replayedTrial('a'), replayedTrial('b')], calls)
    expect(analysis).toMatchObject({ spentUsd: 0, calls: { made: 0, replayed: 3, retried: 0 } })
    expect(analysis.columns[0]).toMatchObject({
      replayed: 2,
      latencyMs: { n: 0, p95: null },
      costPer1000Usd: 1,
    })
  })

  it('leave the latency to those that were made now', () => {
    const analysis = analyze([
      replayedTrial('a'),
      makeTrial({ cell: { id: 'b', caseId: 'b' }, latencyMs: 80 }),
    ])
    expect(analysis.columns[0]).toMatchObject({ replayed: 1, latencyMs: { n: 1, p50: 80 } })
    expect(analysis).toMatchObject({ spentUsd: 0.001, calls: { made: 1, replayed: 1 } })
  })

  it('leave a limit on latency unmeasured, and say why', () => {
    const { gates, reasons, decision } = decide(
      { gate: { latency: { p95Ms: 1000 } } },
      analyze([replayedTrial('a')]),
    )
    expect(gates[0]).toMatchObject({ result: 'not_measured', observed: null })
    expect(decision).toBe('warn')
    expect(reasons[0]).toBe(
      'zero-shot × flash: every reply was replayed, none timed, so the limit of 1000 ms cannot be checked.',
    )
  })

  it('are not spoken of where there are none', () => {
    const analysis = analyze([makeTrial()])
    expect(analysis).not.toHaveProperty('unrecorded')
    expect(analysis.columns[0]).not.toHaveProperty('replayed')
  })
})

describe('replies that are not recorded', () => {
  const passed = Array.from({ length: 99 }, (_, i) => replayedTrial(`c${i}`))

  it('are no calls, and make the run invalid however few they are', () => {
    const analysis = analyze([...passed, unrecordedTrial('x')])
    expect(analysis).toMatchObject({ unrecorded: 1, calls: { made: 0, replayed: 99 }, spentUsd: 0 })
    const { decision, exitCode, reasons } = decide({}, analysis)
    expect({ decision, exitCode }).toEqual({ decision: 'invalid', exitCode: 3 })
    expect(reasons[0]).toBe('1 cell has no recorded reply; `--record` adds them.')
  })

  it('count by the cell, be it the model’s or a grader’s', () => {
    const misses = [graderCall('y', { failure: UNRECORDED }), graderCall('y', { failure: UNRECORDED })]
    const analysis = analyze([unrecordedTrial('x'), makeErrored('no recorded reply', { id: 'y' })], misses)
    expect(analysis.unrecorded).toBe(2)
    expect(decide({}, analysis).reasons[0]).toBe('2 cells have no recorded reply; `--record` adds them.')
  })
})
