import type { JudgementEvidence } from '../../model/evidence.ts'
import type { Measure } from '../../model/measure.ts'
import { krippendorffAlpha } from '../../stats/krippendorff-alpha.ts'
import { meanRanks } from '../../stats/mean-ranks.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

interface Judged {
  readonly caseId: string
  readonly evidence: JudgementEvidence
}

/**
 * What a judge said, and its habits: how often its verdict turns with the order and which place that favours, whether what is longer scores
 * more, how far the members of a panel agree. Habits are no proof of a bias: longer answers may be better ones.
 */
export function judgementTally(): MeasureTally<JudgementEvidence> {
  const judged: (Judged & { readonly order: string })[] = []
  return {
    add(evidence, { unit: caseId, repeat }) {
      judged.push({ caseId, evidence, order: JSON.stringify([caseId, repeat, evidence]) })
    },
    finish() {
      // Sums of fractions depend on their order, which is that of arrival.
      const sorted = judged.toSorted((a, b) => (a.order < b.order ? -1 : 1))
      return {
        measures: [
          meanOf(sorted),
          ...ordersOf(sorted.filter(({ evidence }) => evidence.orders !== undefined)),
          ...lengthOf(sorted),
          ...longerOf(sorted),
          ...panelOf(sorted.filter(({ evidence }) => evidence.panel !== undefined)),
        ].filter(({ n }) => n.count > 0),
        tables: [],
      }
    },
  }
}

function meanOf(judged: readonly Judged[]): Measure {
  const sums = new UnitSums(2)
  for (const { caseId, evidence } of judged) {
    sums.add(caseId, 0, evidence.score)
    sums.add(caseId, 1, 1)
  }
  const isComparison = judged.some(({ evidence }) => evidence.lengthOfOther !== undefined)
  return {
    name: isComparison ? 'win_rate' : 'mean_score',
    label: isComparison ? 'wins, ties as half' : 'mean score',
    ...sums.statistic(([score = 0, count = 0]) => (count === 0 ? null : score / count)),
    n: { count: judged.length, of: isComparison ? 'comparisons' : 'judgements' },
    unit: isComparison ? 'share' : 'score',
    better: 'higher',
  }
}

/** Position bias: of what was judged in both orders. */
function ordersOf(judged: readonly Judged[]): Measure[] {
  const [turned, favour, among] = [0, 1, 2]
  const sums = new UnitSums(3)
  for (const { caseId, evidence } of judged) {
    sums.add(caseId, among, 1)
    if (evidence.orders !== 'agreed') sums.add(caseId, turned, 1)
    sums.add(caseId, favour, evidence.orders === 'first' ? 1 : evidence.orders === 'second' ? -1 : 0)
  }
  const n = { count: judged.length, of: 'comparisons in both orders' }
  return [
    {
      name: 'flip_rate',
      label: 'verdicts that turn with the order',
      ...sums.rate(turned, among),
      n,
      unit: 'share',
      better: 'lower',
    },
    {
      name: 'first_place_preference',
      label: 'turned to the first place, less to the second',
      ...sums.statistic((totals) => {
        const count = totals[among] ?? 0
        return count === 0 ? null : (totals[favour] ?? 0) / count
      }),
      n,
      unit: 'points',
    },
  ]
}

/** Verbosity bias: rank correlation of score and length, over all judgements. Resamples keep the ranks of the whole. */
function lengthOf(judged: readonly Judged[]): Measure[] {
  const scores = meanRanks(judged.map(({ evidence }) => evidence.score))
  const lengths = meanRanks(judged.map(({ evidence }) => evidence.length))
  const middle = (judged.length + 1) / 2
  const sums = new UnitSums(6)
  for (const [i, { caseId }] of judged.entries()) {
    const [x, y] = [(scores[i] ?? 0) - middle, (lengths[i] ?? 0) - middle]
    for (const [index, amount] of [1, x, y, x * x, y * y, x * y].entries()) sums.add(caseId, index, amount)
  }
  const measure: Measure = {
    name: 'length_correlation',
    label: 'rank correlation of score and length',
    ...sums.statistic(correlation),
    n: { count: judged.length, of: 'judgements' },
    unit: 'score',
  }
  return measure.value === null ? [] : [measure]
}

function correlation([n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0]: Float64Array): number | null {
  const [ofX, ofY] = [n * xx - x * x, n * yy - y * y]
  // Below this the difference is of rounding.
  const least = 1e-9 * n
  return ofX <= least * xx || ofY <= least * yy ? null : (n * xy - x * y) / Math.sqrt(ofX * ofY)
}

/** Of comparisons that one of two replies of unlike length won: how often the longer one did. */
function longerOf(judged: readonly Judged[]): Measure[] {
  const sums = new UnitSums(2)
  let count = 0
  for (const { caseId, evidence } of judged) {
    const { score, length, lengthOfOther } = evidence
    if (lengthOfOther === undefined || length === lengthOfOther || score === 0.5) continue
    count++
    sums.add(caseId, 1, 1)
    if (score > 0.5 === length > lengthOfOther) sums.add(caseId, 0, 1)
  }
  return [
    {
      name: 'longer_wins',
      label: 'decided for the longer reply',
      ...sums.rate(0, 1),
      n: { count, of: 'decided comparisons' },
      unit: 'share',
    },
  ]
}

function panelOf(judged: readonly Judged[]): Measure[] {
  const units = judged.map(({ evidence }) => evidence.panel ?? [])
  const {
    value,
    interval,
    units: count,
  } = krippendorffAlpha(
    units,
    'interval',
    judged.map(({ caseId }) => caseId),
  )
  return [
    {
      name: 'panel_alpha',
      label: 'agreement of the panel (Krippendorff’s alpha)',
      value,
      interval,
      n: { count, of: 'judgements' },
      unit: 'score',
      better: 'higher',
    },
  ]
}
