import type { LatencyComparison } from '../../model/comparison.ts'
import { comparePaired } from '../../stats/paired.ts'
import { probability } from '../../stats/probability.ts'
import type { SortedSample } from '../../stats/quantile.ts'
import { quantile, sortedSample } from '../../stats/quantile.ts'
import type { ColumnView } from './column-view.ts'
import { nameOf } from './compare-metric.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { PairedScores } from './paired-scores.ts'
import { pairScores, readLatency, typicalRepeats } from './paired-scores.ts'
import { compareRatio } from './ratio.ts'
import { plain, plainBounds } from './rounding.ts'
import type { ScoreTable } from './score-table.ts'

const MEDIAN = probability(0.5)
const P95 = probability(0.95)

/** Cases below which a p95 says nothing of the tail. */
const FEWEST = 20

/**
 * Latency of a column's fresh, trusted first replies: the ratio per case, and the tail as the share of replies slower than the p95 of
 * both arms together (method.md, section 5). Null where no case has one in both arms.
 */
export function compareLatency(
  pair: PairedColumn,
  candidate: ScoreTable,
  cases: PairedCases,
  { alpha, limit }: { readonly alpha: number; readonly limit?: number | undefined },
): LatencyComparison | null {
  const [old, now] = [pair.base.view(pair.against), candidate.view(pair.column)]
  const scores = pairScores(old, now, cases, readLatency)
  const ratio = compareRatio(scores, alpha, limit)
  if (ratio === null) return null
  const olds = timesOf(old, scores.numbers.base, scores)
  const news = timesOf(now, scores.numbers.candidate, scores)
  return {
    column: nameOf(pair.column),
    against: nameOf(pair.against),
    gates: pair.gates && limit !== undefined,
    ...ratio,
    base: summaryOf(olds),
    candidate: summaryOf(news),
    tail: scores.cases.length < FEWEST ? null : compareTail(olds, news, scores, alpha),
  }
}

/** The latencies behind the means of one column, case after case, and sorted. */
interface Times {
  readonly byCase: Float64Array
  readonly sorted: SortedSample
}

function timesOf(view: ColumnView, numbers: Int32Array, { ks }: PairedScores): Times {
  const times = new Float64Array(ks.reduce((sum, k) => sum + k, 0))
  const values: number[] = []
  let n = 0
  for (let i = 0; i < numbers.length; i++) {
    readLatency(view, numbers[i] as number, values)
    for (let r = 0; r < (ks[i] as number); r++) times[n++] = values[r] as number
  }
  const sorted = sortedSample(times)
  if (sorted === null) throw new Error('no latency')
  return { byCase: times, sorted }
}

function summaryOf({ sorted }: Times): { readonly p50: number; readonly p95: number } {
  return { p50: quantile(sorted, MEDIAN), p95: quantile(sorted, P95) }
}

/** Replies within the threshold are compared, so that fewer of them is worse; what is told is the share of the others. */
function compareTail(
  olds: Times,
  news: Times,
  scores: PairedScores,
  alpha: number,
): LatencyComparison['tail'] {
  const { units, ks } = scores
  const k = typicalRepeats(scores)
  const thresholdMs = pooledQuantile(olds.sorted, news.sorted)
  const [base, candidate] = [within(olds.byCase, ks, thresholdMs), within(news.byCase, ks, thresholdMs)]
  const result = comparePaired({ base, candidate, k, clusters: units, binary: true, alpha, margin: null })
  const [lo, hi] = result.interval
  return {
    thresholdMs,
    base: beyond(base),
    candidate: beyond(candidate),
    delta: plain(-result.delta),
    interval: plainBounds([-hi, -lo]),
    pWorse: result.pWorse,
  }
}

/** Per case, the share of its latencies that are not above a threshold. */
function within(times: Float64Array, ks: Uint16Array, thresholdMs: number): Float64Array {
  let n = 0
  return Float64Array.from(ks, (k) => {
    let count = 0
    for (let r = 0; r < k; r++) if ((times[n++] as number) <= thresholdMs) count++
    return count / k
  })
}

function beyond(within: Float64Array): number {
  return within.reduce((sum, share) => sum + (1 - share), 0) / within.length
}

/** The p95 of two sorted samples together: both are walked from their ends, so that only the upper part is looked at. */
function pooledQuantile(a: SortedSample, b: SortedSample): number {
  const size = a.length + b.length
  const position = (size - 1) * P95
  const below = Math.floor(position)
  let [i, j, upper, lower] = [a.length - 1, b.length - 1, 0, 0]
  for (let place = size - 1; place >= below; place--) {
    const takesA = j < 0 || (i >= 0 && (a[i] as number) >= (b[j] as number))
    upper = lower
    lower = takesA ? (a[i--] as number) : (b[j--] as number)
  }
  return lower + (upper - lower) * (position - below)
}
