import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../harness/analyze/analyzer.ts'
import { decide } from '../../harness/decide.ts'
import type { Trial } from '../../harness/model/trial.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { makeErrored, makeTrial } from './analyze/make-trial.ts'

const COLUMNS = [
  { prompt: 'zero-shot', provider: 'flash' },
  { prompt: 'few-shot', provider: 'flash' },
]

function verdictOf(
  trials: readonly Trial[],
  gate?: Record<string, unknown>,
  { planned = trials.length, maxErrorRate }: { planned?: number; maxErrorRate?: number } = {},
): Verdict {
  const columns = COLUMNS.filter(({ prompt }) => trials.some(({ cell }) => cell.prompt === prompt))
  const analyzer = createAnalyzer({ runId: 'r', columns, planned })
  for (const trial of trials) analyzer.add(trial)
  return decide({ gate, maxErrorRate }, analyzer.finish())
}

/** `passed` of `n` cells of a column pass, each a case of its own. */
function cells(prompt: string, passed: number, n: number, parts: Partial<Trial> = {}): Trial[] {
  return Array.from({ length: n }, (_, i) =>
    makeTrial({ ...parts, cell: { prompt, caseId: `c${i}` }, outcome: i < passed ? 'passed' : 'failed' }),
  )
}

function errors(n: number, prompt = 'zero-shot'): Trial[] {
  return Array.from({ length: n }, (_, i) => makeErrored('503', { prompt, caseId: `e${i}` }))
}

describe('without a gate', () => {
  it('passes when every cell passed', () => {
    expect(verdictOf(cells('zero-shot', 3, 3))).toStrictEqual({
      v: 1,
      decision: 'pass',
      exitCode: 0,
      gates: [],
      reasons: ['All 3 cells passed.'],
    })
  })

  it('blocks when one cell failed', () => {
    const verdict = verdictOf(cells('zero-shot', 999, 1000))
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons[0]).toBe(
      '1 of 1,000 cells failed; the suite has no gate, so every cell must pass.',
    )
  })

  it('warns of errors within the limit, and exits 0', () => {
    expect(verdictOf([...cells('zero-shot', 9, 9), ...errors(1)])).toMatchObject({
      decision: 'warn',
      exitCode: 0,
      reasons: ['1 of 10 cells errored: they count as missing, not as failed.', 'The other 9 passed.'],
    })
  })
})

describe('an invalid run', () => {
  it('has no cell', () => {
    expect(verdictOf([])).toMatchObject({ decision: 'invalid', exitCode: 3 })
  })

  it('has absent cells, even when all others passed', () => {
    const verdict = verdictOf(cells('zero-shot', 3, 3), undefined, { planned: 4 })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toBe('The run was cut short. 1 of 4 planned cells did not finish.')
  })

  it('has more errors than 10%', () => {
    const verdict = verdictOf([...cells('zero-shot', 8, 8), ...errors(1)])
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toBe(
      '1 of 9 cells errored (11.1%), more than the 10.0% allowed (maxErrorRate).',
    )
  })

  it('has more errors than maxErrorRate says, and is valid at just as many', () => {
    const trials = [...cells('zero-shot', 3, 3), ...errors(1)]
    expect(verdictOf(trials, undefined, { maxErrorRate: 0.25 }).decision).toBe('warn')
    expect(verdictOf(trials, undefined, { maxErrorRate: 0.24 }).decision).toBe('invalid')
  })

  it('has a column that gates and is mostly down, however small its part of the run', () => {
    const trials = [...cells('zero-shot', 95, 95), ...cells('few-shot', 1, 1), ...errors(2, 'few-shot')]
    expect(verdictOf(trials).decision).toBe('invalid')
    const ship = [{ prompt: 'zero-shot' }]
    expect(verdictOf(trials, { ship, floors: { pass: 0.5 } }).decision).toBe('warn')
  })

  it('has nothing but errors, whatever is allowed, and says which', () => {
    const verdict = verdictOf(errors(3), undefined, { maxErrorRate: 1 })
    expect(verdict.decision).toBe('invalid')
    expect(verdict.reasons[0]).toBe('Every cell errored, so nothing was scored: 503')
  })

  it('is invalid before it is blocked', () => {
    const verdict = verdictOf(cells('zero-shot', 0, 3), undefined, { planned: 4 })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons).toHaveLength(2)
  })
})

describe('a gate', () => {
  it('lets failing cells pass when no limit is broken', () => {
    expect(verdictOf(cells('zero-shot', 8, 10), { floors: { pass: 0.8 } })).toMatchObject({
      decision: 'pass',
      exitCode: 0,
      reasons: ['No limit of the gate was broken. 2 of 10 cells failed, which alone does not block.'],
    })
  })

  it('has no baseline when it asks for a comparison', () => {
    expect(verdictOf(cells('zero-shot', 8, 10), { margin: 0.05 })).toMatchObject({
      decision: 'no_baseline',
      exitCode: 0,
    })
  })

  it('blocks below a floor, with the interval of the rate', () => {
    const verdict = verdictOf(cells('zero-shot', 7, 10), { floors: { pass: 0.8 } })
    expect(verdict).toMatchObject({
      decision: 'block',
      exitCode: 1,
      reasons: ['zero-shot × flash: pass is 70.0%, below its floor of 80.0%.'],
      gates: [{ metric: 'pass', result: 'fail', threshold: 0.8, observed: 0.7 }],
    })
    expect(verdict.gates[0]?.interval).toStrictEqual([expect.closeTo(0.3968, 4), expect.closeTo(0.8922, 4)])
  })

  it('never says that a rate is below itself', () => {
    const [reason] = verdictOf(cells('zero-shot', 7_999, 10_000), { floors: { pass: 0.8 } }).reasons
    expect(reason).toBe('zero-shot × flash: pass is 79.99%, below its floor of 80.0%.')
  })

  it('holds a named score to its floor', () => {
    const trials = cells('zero-shot', 4, 4, { namedScores: { accuracy: 0.85 } })
    expect(verdictOf(trials, { floors: { accuracy: 0.9 } }).decision).toBe('block')
    expect(verdictOf(trials, { floors: { accuracy: 0.85 } }).decision).toBe('pass')
  })

  it('is invalid when nothing was scored for a floor', () => {
    const verdict = verdictOf(cells('zero-shot', 4, 4), { floors: { acuracy: 0.9 } })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3, gates: [{ result: 'not_measured' }] })
  })

  it('gates the shipped columns only', () => {
    const trials = [...cells('zero-shot', 2, 10), ...cells('few-shot', 10, 10)]
    const floors = { pass: 0.8 }
    expect(verdictOf(trials, { floors, ship: [{ prompt: 'few-shot', provider: 'flash' }] }).decision).toBe(
      'pass',
    )
    expect(verdictOf(trials, { floors }).decision).toBe('block')
  })

  it('is invalid when a shipped column was not run', () => {
    const ship = [{ prompt: 'chain', provider: 'flash' }]
    const verdict = verdictOf(cells('zero-shot', 3, 3), { ship })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toBe('The gate ships chain × flash, which was not run.')
  })

  it('limits the p95 latency', () => {
    const trials = cells('zero-shot', 3, 3, { latencyMs: 2600 })
    expect(verdictOf(trials, { latency: { p95Ms: 2600 } }).decision).toBe('pass')
    expect(verdictOf(trials, { latency: { p95Ms: 2500 } })).toMatchObject({
      decision: 'block',
      reasons: ['zero-shot × flash: the p95 latency is 2600 ms, over its limit of 2500 ms.'],
    })
  })

  it('only warns when no fresh reply was timed, or the latency is not to be trusted', () => {
    const replayed = cells('zero-shot', 3, 3, { response: { cached: true } })
    expect(verdictOf(replayed, { latency: { p95Ms: 1 } })).toMatchObject({ decision: 'warn', exitCode: 0 })
    const [trial] = cells('zero-shot', 1, 1, { latencyMs: 500 })
    if (trial === undefined) throw new Error('no trial')
    const attempts = trial.attempts.map((attempt) => ({
      ...attempt,
      timing: { ...attempt.timing, trusted: false },
    }))
    expect(verdictOf([{ ...trial, attempts }], { latency: { p95Ms: 400 } }).decision).toBe('warn')
  })

  it('limits the cost of a case, and warns where no price is known', () => {
    const gate = { cost: { usdPerCase: 0.004 } }
    expect(verdictOf(cells('zero-shot', 3, 3, { costUsd: 0.004 }), gate).decision).toBe('pass')
    expect(verdictOf(cells('zero-shot', 3, 3, { costUsd: 0.0041 }), gate).decision).toBe('block')
    expect(verdictOf(cells('zero-shot', 3, 3, { costUsd: 'unknown' }), gate).decision).toBe('warn')
  })

  it('does not go by a cost that rests on estimated token counts', () => {
    const usage = { input: 10, output: 1, estimated: true }
    const verdict = verdictOf(cells('zero-shot', 3, 3, { costUsd: 9, usage }), {
      cost: { usdPerCase: 0.004 },
    })
    expect(verdict).toMatchObject({
      decision: 'warn',
      gates: [{ name: 'cost per case', result: 'not_measured', observed: null }],
    })
    expect(verdict.reasons[0]).toContain('its token counts are estimates')
  })
})

describe('mustPass', () => {
  const gate = { mustPass: { tag: 'critical' } }
  const tagged = (repeat: number, outcome: Trial['outcome']): Trial =>
    makeTrial({ cell: { caseId: 'c-17', repeat, metadata: { tags: ['critical'] } }, outcome })

  it('blocks when one repeat of one tagged case failed, and names it', () => {
    const trials = [...cells('zero-shot', 10, 10), tagged(0, 'passed'), tagged(1, 'failed')]
    expect(verdictOf(trials, gate)).toMatchObject({
      decision: 'block',
      reasons: ['zero-shot × flash: 1 of 2 cells tagged "critical" failed (case c-17); all must pass.'],
    })
  })

  it('holds when all repeats passed, whatever else failed', () => {
    expect(
      verdictOf([...cells('zero-shot', 0, 5), tagged(0, 'passed'), tagged(1, 'passed')], gate).decision,
    ).toBe('pass')
  })

  it('is invalid when a tagged case errored: it is not known to pass', () => {
    const trials = [
      ...cells('zero-shot', 20, 20),
      tagged(0, 'passed'),
      makeErrored('503', tagged(1, 'errored').cell),
    ]
    expect(verdictOf(trials, gate)).toMatchObject({ decision: 'invalid', exitCode: 3 })
  })

  it('is invalid when no case has the tag', () => {
    const verdict = verdictOf(cells('zero-shot', 3, 3), gate)
    expect(verdict).toMatchObject({
      decision: 'invalid',
      gates: [{ result: 'not_measured', observed: null }],
    })
  })
})
