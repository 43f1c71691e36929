import type { ColumnName, MetricComparison, Uncompared } from '../../model/comparison.ts'
import { clusteredMean } from '../../stats/clustered-mean.ts'
import { comparePaired } from '../../stats/paired.ts'
import { pairedVarianceParts } from '../../stats/variance.ts'
import { armFigures } from './arm-figures.ts'
import type { CompareOptions } from './compare-options.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { PairedScores } from './paired-scores.ts'
import { pairScores, readMetric, repeatsOf, typicalRepeats } from './paired-scores.ts'
import { detectable, needs } from './planning.ts'
import { plain, plainBounds } from './rounding.ts'
import type { ScoreTable } from './score-table.ts'

/** A metric of a column, compared; its p-values are not yet adjusted, and what it could have seen is not yet worked out. */
export interface ComparedMetric {
  readonly pair: PairedColumn
  readonly scores: PairedScores
  readonly comparison: Omit<MetricComparison, 'pWorseHolm' | 'pBetterHolm' | 'detectable' | 'needs'>
  /** Squared ratio of the clustered standard error of the differences to the plain one; 1 without clusters. */
  readonly designEffect: number
}

type MetricOptions = Pick<CompareOptions, 'alpha' | 'margin'>

/** The metrics of a column that either arm has, and those that gate it; each with whether it gates. */
export function metricsOf(
  { column, against, base, gates }: PairedColumn,
  candidate: ScoreTable,
  gating: readonly string[],
): { readonly metric: string; readonly gates: boolean }[] {
  const found = new Set([...base.metrics(against), ...candidate.metrics(column), ...(gates ? gating : [])])
  // As the table lists them, what gates being among them.
  const named = [...found].filter((metric) => metric !== 'pass' && metric !== 'pass_first').sort()
  return ['pass', 'pass_first', ...named]
    .filter((metric) => found.has(metric))
    .map((metric) => ({ metric, gates: gates && gating.includes(metric) }))
}

/** Compares one metric of a column, or says why that cannot be. */
export function compareMetric(
  pair: PairedColumn,
  candidate: ScoreTable,
  cases: PairedCases,
  { metric, gates }: { readonly metric: string; readonly gates: boolean },
  { alpha, margin }: MetricOptions,
): ComparedMetric | Uncompared {
  const [column, against] = [nameOf(pair.column), nameOf(pair.against)]
  const [old, now] = [pair.base.view(pair.against), candidate.view(pair.column)]
  const scores = pairScores(old, now, cases, readMetric(metric))
  const reason = whyNot(metric, scores, old.metrics.includes(metric), now.metrics.includes(metric))
  if (reason !== undefined) return { metric, column, gates, reason }
  const { base: olds, candidate: news, k, units, binary } = scores
  const result = comparePaired({
    base: olds,
    candidate: news,
    k: typicalRepeats(scores),
    clusters: units,
    binary,
    alpha,
    margin,
  })
  const { guard, pWorse, pBetter, worse, equal, better } = result
  const { numbers } = scores
  const repeats =
    k === 1
      ? undefined
      : [
          repeatsOf(old, numbers.base, scores, readMetric(metric)),
          repeatsOf(now, numbers.candidate, scores, readMetric(metric)),
        ]
  const d = new Float64Array(olds.length)
  for (let i = 0; i < d.length; i++) d[i] = (news[i] as number) - (olds[i] as number)
  return {
    pair,
    scores,
    designEffect: units === undefined ? 1 : designEffectOf(d, units),
    comparison: {
      metric,
      column,
      against,
      gates,
      cases: result.n,
      repeats: k,
      units: result.units,
      effectiveUnits: result.effectiveUnits,
      base: armFigures(olds, scores),
      candidate: armFigures(news, scores),
      delta: plain(result.delta),
      interval: plainBounds(result.interval),
      method: result.method,
      pWorse,
      pBetter,
      counts: { worse, equal, better },
      guard: guard && { z: plain(guard.z), crit: guard.crit, lower: plain(guard.lower) },
      variance: varianceOf(repeats, d),
    },
  }
}

/** Adjusted p-values are in: adds what the comparison could have seen, and what it would take to see more. */
export function finishMetric(
  { comparison, scores, designEffect }: ComparedMetric,
  adjusted: { readonly pWorseHolm: number; readonly pBetterHolm: number },
  {
    alpha,
    alphaLeft,
    margin,
  }: { readonly alpha: number; readonly alphaLeft: number; readonly margin: number | null },
): MetricComparison {
  const { variance, cases, repeats, units, effectiveUnits } = comparison
  const planned = {
    n: cases,
    k: repeats,
    units,
    effectiveUnits,
    binary: scores.binary,
    alpha,
    alphaLeft,
    margin,
    ofDifferences: variance.ofDifferences,
    omega2: variance.paired,
    withinBase: variance.withinBase,
    withinCandidate: variance.withinCandidate,
    designEffect,
  }
  return { ...comparison, ...adjusted, detectable: detectable(planned), needs: needs(planned) }
}

function varianceOf(
  repeats: readonly (readonly (readonly number[])[])[] | undefined,
  d: Float64Array,
): MetricComparison['variance'] {
  const [base, candidate] = repeats ?? []
  if (base === undefined || candidate === undefined) {
    return { withinBase: null, withinCandidate: null, paired: null, ofDifferences: varianceOfAll(d) }
  }
  const { withinA, withinB, omega2, varD } = pairedVarianceParts(base, candidate)
  return { withinBase: withinA, withinCandidate: withinB, paired: omega2, ofDifferences: varD ?? 0 }
}

/** With n − 1; 0 of one difference. */
function varianceOfAll(d: Float64Array): number {
  if (d.length < 2) return 0
  const mean = d.reduce((sum, x) => sum + x, 0) / d.length
  return d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (d.length - 1)
}

function designEffectOf(d: Float64Array, units: readonly number[]): number {
  const { seIid, seCorrected } = clusteredMean(d, units)
  if (seIid === null || seCorrected === null || seIid === 0) return 1
  return Math.max(1, (seCorrected / seIid) ** 2)
}

/** Why two columns cannot be compared by a metric; undefined where they can. */
function whyNot(
  metric: string,
  scores: PairedScores,
  inBase: boolean,
  inCandidate: boolean,
): string | undefined {
  const { cases, least, most } = scores
  if (!inBase && !inCandidate) return `no reply of either arm has a score "${metric}"`
  if (!inBase) return `no reply of the baseline has a score "${metric}"`
  if (!inCandidate) return `no reply of the run has a score "${metric}"`
  if (cases.length === 0) return `no case has a score "${metric}" in both arms`
  if (least < 0 || most > 1)
    return `scores of "${metric}" lie outside 0 to 1 (${shown(least)} to ${shown(most)}), and the method is for that range`
  return undefined
}

function shown(score: number): string {
  return String(Number(score.toPrecision(4)))
}

export function nameOf({ prompt, provider }: ColumnName): ColumnName {
  return { prompt, provider }
}
