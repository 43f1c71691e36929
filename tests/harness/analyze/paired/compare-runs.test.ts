import { describe, expect, it } from 'vitest'
import type { Arm } from '../../../../harness/analyze/paired/arm.ts'
import { compareRuns } from '../../../../harness/analyze/paired/compare-runs.ts'
import type { Cells } from './make-arm.ts'
import { armOf, caseId, COLUMN, compare, FAILED, metricOf, OPTIONS, singles, trialsOf } from './make-arm.ts'

/** Cells scored by one named score, as graded judges do. */
function graded(scores: Readonly<Record<string, readonly number[]>>): Cells {
  return Object.fromEntries(
    Object.entries(scores).map(([id, repeats]) => [id, repeats.map((tone) => ({ namedScores: { tone } }))]),
  )
}
describe('a comparison of single runs', () => {
  const base = singles('++++++++----'.repeat(10))
  const candidate = singles('++++++---+--'.repeat(10))

  it('counts what fell and rose, by hand', () => {
    const {
      cases,
      repeats,
      units,
      delta,
      counts,
      method,
      base: old,
      candidate: now,
    } = metricOf(compare(base, candidate))
    expect({ cases, repeats, units, method }).toEqual({ cases: 120, repeats: 1, units: 120, method: 'tango' })
    expect(counts).toEqual({ worse: 20, equal: 90, better: 10 })
    expect(delta).toBeCloseTo(-10 / 120, 12)
    expect([old.mean, now.mean]).toEqual([80 / 120, 70 / 120])
  })

  it('has McNemar’s mid-p, and Wilson’s intervals', () => {
    const { pWorse, pBetter, base: old } = metricOf(compare(base, candidate))
    // P(C < 10) + ½ P(C = 10), C ~ Bin(30, ½).
    expect(pWorse).toBeCloseTo(0.0353, 3)
    expect(pWorse + pBetter).toBeCloseTo(1, 12)
    expect(old.interval[0]).toBeCloseTo(0.5783, 3)
  })

  it('says what drop it could have seen, and what it would take to see the margin', () => {
    const { detectable, needs, variance } = metricOf(compare(base, candidate))
    const sd = Math.sqrt(variance.ofDifferences)
    expect(detectable).toBeCloseTo((2.8015852 * sd) / Math.sqrt(120), 6)
    expect(needs?.drop).toBe(0.05)
    expect(needs?.options.map(({ repeats }) => repeats).toSorted()).toEqual([1, 3, 5])
    expect(needs?.options[0]?.cases).toBeGreaterThan(120)
  })

  it('lists what fell before what rose, and says why', () => {
    const { flips, flipCounts, why } = compare(base, candidate)
    expect(flipCounts).toEqual({ worse: 20, better: 10 })
    expect(flips[0]).toMatchObject({
      caseId: caseId(6),
      base: { passed: 1, of: 1 },
      candidate: { passed: 0, of: 1 },
      reason: 'expected positive',
      checks: ['accuracy'],
      baseOutput: 'positive',
      gates: true,
    })
    expect(flips.at(-1)).toMatchObject({ candidate: { passed: 1, of: 1 }, reason: 'passes now', checks: [] })
    expect(why).toHaveLength(1)
    expect(why[0]).toMatchObject({ worse: 20, better: 10, expectedByFlake: null })
    expect(why[0]?.checks).toEqual([{ check: 'accuracy', cases: 20 }])
    expect(why[0]?.readFirst).toHaveLength(5)
  })
})

describe('repeats', () => {
  it('are averaged by case, never pooled', () => {
    const { delta, repeats, method, counts } = metricOf(
      compare({ a: [1, 1, 1], b: [1, 0, 0], c: [1, 1, 0] }, { a: [1, 1, 0], b: [1, 1, 0], c: [1, 1, 0] }),
    )
    expect({ repeats, method, counts }).toEqual({
      repeats: 3,
      method: 'bonett-price',
      counts: { worse: 1, equal: 1, better: 1 },
    })
    expect(delta).toBeCloseTo(0, 12)
  })

  it('of which the arms have unequal numbers are compared as far as both go, and it is told', () => {
    const base = armOf(trialsOf({ a: [1, 1, 1, 0, 0], b: [1, 1, 0, 0, 0] }), { repeat: 5 })
    const candidate = armOf(trialsOf({ a: [1, 1], b: [1, 1] }), { repeat: 2 })
    const comparison = compare(base, candidate)
    expect(metricOf(comparison).repeats).toBe(2)
    expect(metricOf(comparison).delta).toBe(0)
    expect(comparison.warnings.join()).toContain('the first 2 of either are compared')
    expect(comparison.changes).toContainEqual({
      kind: 'repeats',
      what: 'Cases are run 2 times, in the baseline 5 times.',
    })
  })

  it('of some cases only are compared as far as both go, and it is told', () => {
    const comparison = compare({ a: [1, 1], b: [1, 1] }, { a: [1, 0], b: [1] })
    expect(metricOf(comparison).delta).toBe(-0.25)
    expect(comparison.warnings.join()).toContain('1 case has unequal numbers of finished repeats')
  })

  it('are told of where they are unequal, whatever other cases have none at all', () => {
    const { warnings } = compare({ a: [1, 1], b: [null] }, { a: [1], b: [null] })
    expect(warnings.join()).toContain('1 case has unequal numbers of finished repeats')
  })

  it('of one case do not make single runs of the others look as sure', () => {
    const others = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [caseId(i), [1]] as const))
    const [lo] = metricOf(
      compare({ ...others, x: [1, 1, 1, 1, 1] }, { ...others, x: [1, 1, 1, 1, 1] }),
    ).interval
    const [single] = metricOf(compare({ ...others, x: [1] }, { ...others, x: [1] })).interval
    expect(lo).toBeLessThan(-0.04)
    expect(single).toBeLessThan(-0.04)
  })

  it('that are copies out of a provider’s cache count once', () => {
    const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true }
    const copy = {
      output: 'same',
      response: { cached: true },
      attempts: [{ reply: { cached: true }, timing, costUsd: 0 }],
    } as const
    const failed = { ...copy, ...FAILED }
    const { repeats, delta } = metricOf(compare({ a: [copy, copy, copy] }, { a: [failed, failed, failed] }))
    expect({ repeats, delta }).toEqual({ repeats: 1, delta: -1 })
  })

  it('tell the variance within cases from that between them', () => {
    const { variance } = metricOf(compare({ a: [1, 0], b: [1, 1] }, { a: [0, 0], b: [1, 0] }))
    expect(variance).toEqual({ withinBase: 0.25, withinCandidate: 0.25, paired: 0, ofDifferences: 0 })
  })

  it('from three on tell how many cases flake alone would have fall', () => {
    const [why] = compare({ a: [1, 1, 1], b: [1, 0, 1] }, { a: [1, 1, 1], b: [0, 0, 1] }).why
    // Case b: rate ½, two draws of 3: ½ (1 − Σ pmf²) = ½ (1 − 20/64).
    expect(why?.expectedByFlake).toBeCloseTo(0.34375, 10)
  })
})

describe('what is missing', () => {
  it('is left out where one arm has no finished repeat, and counted', () => {
    const comparison = compare(singles('+++-'), singles('+e+-'))
    expect(metricOf(comparison).cases).toBe(3)
    expect(comparison.errors).toEqual({ base: 0, candidate: 0.25 })
    expect(comparison.warnings.join('\n')).toContain(
      'Errored cells are missing, not failed: 1 of the run, 0 of the',
    )
    expect(comparison.warnings.join('\n')).toContain(
      '1 case without a finished repeat in one of the arms is left out',
    )
  })

  it('counts no error of a case that only one arm has', () => {
    expect(compare(singles('++'), singles('++ee')).errors).toEqual({ base: 0, candidate: 0 })
  })

  it('is told of the gating column that errs most: it does not hide among others', () => {
    const columns = ['a', 'b', 'c'].map((prompt) => ({ prompt, provider: 'm' }))
    const arm = (signs: string): Arm =>
      armOf(
        columns.flatMap((column, i) => trialsOf(singles(i === 1 ? signs : '+'.repeat(10)), column)),
        { columns },
      )
    const { errors } = compareRuns(arm('eee+++++++'), arm('+'.repeat(10)), OPTIONS)
    expect(errors).toEqual({ base: 0.3, candidate: 0, column: columns[1] })
  })

  it('leaves a metric uncompared that every cell of an arm lacks', () => {
    const { uncompared, metrics } = compare(singles('++'), singles('ee'))
    expect(metrics).toEqual([])
    expect(uncompared).toEqual([
      { metric: 'pass', column: COLUMN, gates: true, reason: 'no reply of the run has a score "pass"' },
    ])
  })

  it('names a metric that gates and that neither arm has', () => {
    const { uncompared } = compare(singles('++'), singles('++'), { metrics: ['pass', 'tone'] })
    expect(uncompared).toMatchObject([{ metric: 'tone', gates: true }])
    expect(uncompared[0]?.reason).toContain('either arm')
  })

  it('is not a score outside 0 to 1: such a metric is not compared', () => {
    const { uncompared, metrics } = compare(graded({ a: [0.5], b: [312] }), graded({ a: [0.5], b: [-1] }))
    expect(metrics.map(({ metric: name }) => name)).toEqual(['pass'])
    expect(uncompared[0]?.reason).toBe(
      'scores of "tone" lie outside 0 to 1 (-1 to 312), and the method is for that range',
    )
  })

  it('takes NaN for missing', () => {
    const comparison = compare(graded({ a: [0.5], b: [Number.NaN] }), graded({ a: [0.25], b: [1] }))
    expect(metricOf(comparison, 'tone')).toMatchObject({ cases: 1, delta: -0.25 })
  })
})

describe('several gates', () => {
  it('are adjusted together, and what only informs is not', () => {
    const both = [COLUMN, { prompt: 'other', provider: 'flash' }]
    const [good, bad] = [singles('+'.repeat(40)), singles(`${'-'.repeat(8)}${'+'.repeat(32)}`)]
    const arm = (cells: Cells) =>
      armOf(
        both.flatMap((column) => trialsOf(cells, column)),
        { columns: both },
      )
    const alone = metricOf(compare(arm(good), arm(bad), { ship: [COLUMN] }))
    const { metrics } = compare(arm(good), arm(bad))
    expect(alone.pWorseHolm).toBe(alone.pWorse)
    expect(metrics.map(({ pWorseHolm }) => pWorseHolm)).toEqual([2 * alone.pWorse, 2 * alone.pWorse])
    expect(metrics[0]?.detectable).toBeGreaterThan(alone.detectable ?? 1)
    const [, other] = compare(arm(good), arm(bad), { ship: [COLUMN] }).metrics
    expect(other).toMatchObject({ gates: false, pWorseHolm: other?.pWorse })
  })
})
