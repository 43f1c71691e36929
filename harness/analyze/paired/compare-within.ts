import type { ColumnName, ColumnPair, Ranking, WithinComparison } from '../../model/comparison.ts'
import { holm } from '../../stats/multiple.ts'
import { comparePaired } from '../../stats/paired.ts'
import type { Arm } from './arm.ts'
import { nameOf } from './compare-metric.ts'
import type { ColumnPattern } from './compare-options.ts'
import { matchesColumn } from './compare-options.ts'
import { groupsOf } from './letter-groups.ts'
import type { PairedCases } from './pair-cases.ts'
import { casesOf } from './pair-cases.ts'
import { pairScores, readMetric, typicalRepeats } from './paired-scores.ts'
import { plain, plainBounds } from './rounding.ts'
import type { ScoreTable } from './score-table.ts'

/** Columns up to which each is compared with each. */
const MOST_COLUMNS = 12

interface WithinOptions {
  readonly metrics: readonly string[]
  /** Two-sided. */
  readonly alpha: number
  /** The columns that gate: of more than 12 columns only pairs with one of them are compared. */
  readonly ship?: readonly ColumnPattern[] | undefined
}

/** A pair before its p-value is adjusted. */
type RawPair = Omit<ColumnPair, 'pHolm'> & { readonly p: number }

/**
 * The columns of one run against each other: that question is paired too, over the cases that both answered. Differences are b − a. Per
 * metric the p-values are adjusted over its pairs (Holm), and the columns are ranked, best first.
 */
export function compareWithin({ table }: Pick<Arm, 'table'>, options: WithinOptions): WithinComparison {
  const cases = casesOf(
    table.cases,
    table.cases.some(({ cluster }) => cluster !== undefined),
    () => false,
  )
  const pairs: ColumnPair[] = []
  const rankings: Ranking[] = []
  for (const metric of options.metrics) {
    const means = meansOf(table, cases, metric)
    const raw = pairsOf(means, options.ship).flatMap(([a, b]) =>
      comparePair(table, cases, metric, a, b, options),
    )
    const adjusted = holm(raw.map(({ p }) => p))
    const compared = raw.map(({ a, b, cases, delta, interval }, i): ColumnPair => {
      const pHolm = adjusted[i] as number
      return { metric, a, b, cases, delta, interval, pHolm }
    })
    pairs.push(...compared)
    if (means.length > 1 && compared.length > 0)
      rankings.push({ metric, columns: groupsOf(means, compared, options.alpha) })
  }
  return { pairs, rankings }
}

/** A column and its mean over the cases that it has scores of. */
interface ColumnMean extends ColumnName {
  readonly mean: number
}

function meansOf(table: ScoreTable, { cases }: PairedCases, metric: string): ColumnMean[] {
  return table.columns.flatMap((column) => {
    const view = table.view(column)
    const scores: number[] = []
    let [sum, n] = [0, 0]
    for (const number of view.numbers.ofAll(cases)) {
      const k = view.read(metric, number, scores)
      if (k === 0) continue
      let total = 0
      for (let r = 0; r < k; r++) total += scores[r] as number
      sum += total / k
      n++
    }
    return n === 0 ? [] : [{ ...nameOf(column), mean: sum / n }]
  })
}

function pairsOf(
  columns: readonly ColumnMean[],
  ship: WithinOptions['ship'],
): (readonly [ColumnMean, ColumnMean])[] {
  const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const))
  if (columns.length <= MOST_COLUMNS) return pairs
  return pairs.filter((pair) =>
    ship?.some((pattern) => pair.some((column) => matchesColumn(pattern, column))),
  )
}

function comparePair(
  table: ScoreTable,
  cases: PairedCases,
  metric: string,
  a: ColumnName,
  b: ColumnName,
  { alpha }: WithinOptions,
): RawPair[] {
  const scores = pairScores(table.view(a), table.view(b), cases, readMetric(metric))
  const { base, candidate, units, binary, least, most } = scores
  // As between runs: nothing is said where the two share no case, or scores are not between 0 and 1.
  if (scores.cases.length === 0 || least < 0 || most > 1) return []
  const k = typicalRepeats(scores)
  const result = comparePaired({ base, candidate, k, clusters: units, binary, alpha, margin: null })
  return [
    {
      metric,
      a: nameOf(a),
      b: nameOf(b),
      cases: result.n,
      delta: plain(result.delta),
      interval: plainBounds(result.interval),
      p: Math.min(1, 2 * Math.min(result.pWorse, result.pBetter)),
    },
  ]
}
