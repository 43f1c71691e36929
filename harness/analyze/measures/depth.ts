import type { DepthEvidence } from '../../model/evidence.ts'
import type { Measure, MeasureTable } from '../../model/measure.ts'
import type { MeasureTally } from './tally.ts'
import type { Estimate } from './unit-sums.ts'
import { UnitSums } from './unit-sums.ts'

const TENTHS = 10
/** A mean of fewer answers is too noisy to look for the worst one. */
const FEWEST_IN_A_TENTH = 20
/** Sums of scores are whole numbers of millionths, so that they do not depend on the order of the trials. */
const MILLIONTHS = 1_000_000
/** A band's scores and its count stand side by side. */
const WIDTH = 2 * TENTHS

/** Equal parts of a context, from its beginning to its end: the mean score of each; null for one in which no needle stood. */
type Bands = readonly (number | null)[]

/**
 * Scores by the depth at which the answer stood, in tenths of the context, or fifths where a tenth has under twenty answers.
 *
 * The gap to the worst depth takes the lowest of several noisy means and the higher of two, so that it is above 0 even where depth makes no
 * difference, the more the fewer the cases. A bootstrap of the gap itself would take that for a finding: the interval is as wide as holds
 * for the gaps from both ends to every band at once. What edges have over the middle compares parts that are chosen beforehand.
 */
export function depthTally(): MeasureTally<DepthEvidence> {
  const sums = new UnitSums(WIDTH)
  return {
    add({ depth, score }, { unit }) {
      const tenth = Math.min(TENTHS - 1, Math.floor(depth * TENTHS))
      sums.add(unit, 2 * tenth, Math.round(score * MILLIONTHS))
      sums.add(unit, 2 * tenth + 1, 1)
    },
    finish() {
      if (sums.size === 0) return { measures: [], tables: [] }
      const totals = Float64Array.from({ length: WIDTH }, (_, index) => sums.total(index))
      const counts = Array.from({ length: TENTHS }, (_, tenth) => totals[2 * tenth + 1] ?? 0)
      const parts = counts.some((count) => count < FEWEST_IN_A_TENTH) ? TENTHS / 2 : TENTHS
      return { measures: measuresOf(sums, totals, parts), tables: [tableOf(totals, parts)] }
    },
  }
}

function measuresOf(sums: UnitSums, totals: Float64Array, parts: number): Measure[] {
  let count = 0
  for (let band = 0; band < TENTHS; band++) count += totals[2 * band + 1] ?? 0
  const n = { count, of: 'answers' }
  return [
    {
      name: 'worst_depth_gap',
      label: `gap from the better end to the worst ${parts === TENTHS ? 'tenth' : 'fifth'} of the context`,
      ...worstGap(sums, totals, parts),
      n,
      unit: 'points',
      better: 'lower',
    },
    {
      name: 'edges_over_middle',
      label: 'outer fifths of the context over its middle fifth',
      ...sums.statistic((drawn) => edgesOverMiddle(bandsOf(drawn, 5))),
      n,
      unit: 'points',
      better: 'lower',
    },
    {
      name: 'mean_score',
      label: 'mean score over all depths',
      ...sums.statistic((drawn) => mean(bandsOf(drawn, 1))),
      n,
      unit: 'score',
      better: 'higher',
    },
  ]
}

function tableOf(totals: Float64Array, parts: number): MeasureTable {
  const bands = bandsOf(totals, parts)
  const share = 100 / parts
  return {
    name: 'by_depth',
    title: 'Score by the depth of the answer in its context',
    heads: ['depth', 'score'],
    rows: bands.map((score, band) => ({ head: `${band * share}–${(band + 1) * share} %`, cells: [score] })),
    unit: 'score',
  }
}

/** @param parts 1, 2, 5 or 10 */
function bandsOf(totals: Float64Array, parts: number): Bands {
  const tenths = TENTHS / parts
  return Array.from({ length: parts }, (_, band) => {
    let [score, count] = [0, 0]
    for (let tenth = band * tenths; tenth < (band + 1) * tenths; tenth++) {
      score += totals[2 * tenth] ?? 0
      count += totals[2 * tenth + 1] ?? 0
    }
    return count === 0 ? null : score / MILLIONTHS / count
  })
}

/** The gap, and as much on either side as the largest error among all gaps is, but for 5 % of resamples. */
function worstGap(sums: UnitSums, totals: Float64Array, parts: number): Estimate {
  const gaps = gapsOf(bandsOf(totals, parts))
  if (gaps === null) return { value: null, interval: null }
  const value = Math.max(...gaps.map((gap) => gap ?? 0))
  const error = sums.quantile((drawn) => {
    const others = gapsOf(bandsOf(drawn, parts))
    return others === null ? null : largestDifference(others, gaps)
  })
  const interval = error === null ? null : { lo: Math.max(0, value - error), hi: Math.min(1, value + error) }
  return { value, interval }
}

/** From each end to every band, itself too. Nothing can be said without both ends and something between them. */
function gapsOf(bands: Bands): Bands | null {
  const [first, last] = [bands[0] ?? null, bands.at(-1) ?? null]
  const isEmptyWithin = bands.slice(1, -1).every((score) => score === null)
  if (first === null || last === null || isEmptyWithin) return null
  return [first, last].flatMap((end) => bands.map((score) => (score === null ? null : end - score)))
}

/** Where both have a figure. */
function largestDifference(some: Bands, others: Bands): number {
  return some.reduce<number>((most, figure, index) => {
    const other = others[index] ?? null
    return figure === null || other === null ? most : Math.max(most, Math.abs(figure - other))
  }, 0)
}

function edgesOverMiddle(fifths: Bands): number | null {
  const [first, middle, last] = [fifths[0] ?? null, fifths[2] ?? null, fifths[4] ?? null]
  return first === null || middle === null || last === null ? null : (first + last) / 2 - middle
}

function mean([whole]: Bands): number | null {
  return whole ?? null
}
