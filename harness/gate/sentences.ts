import type { ColumnName, Drift, MetricComparison, Sequential } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { count, percent, score } from './figures.ts'
import {
  atLeastPoints,
  confidence,
  exactPoints,
  inPoints,
  points,
  roughInterval,
  roughPoints,
  signedPoints,
  signedRoughPoints,
} from './points.ts'

/** What a sentence on one metric needs besides the comparison itself. */
export interface Told {
  readonly comparison: MetricComparison
  readonly alpha: number
  readonly margin: number | null
  /** Comparisons that gate, this one included. */
  readonly among: number
}

/** Metrics of one column. */
type Several = readonly [Told, ...Told[]]

/** `few-shot × sonnet got worse: pass fell by 8.0 points (95% −14.1 to −2.0), from 81.4% to 73.4% over 156 cases × 3.` */
export function regressionSentence(told: Told): string {
  return changeSentence(told, 'got worse', 'fell')
}

export function improvedSentence(told: Told): string {
  return changeSentence(told, 'got better', 'rose')
}

function changeSentence({ comparison, alpha }: Told, verdict: string, verb: string): string {
  const { metric, delta, interval, base, candidate } = comparison
  const show = isRate(metric) ? percent : score
  const from = show(base.mean, candidate.mean)
  const to = show(candidate.mean, base.mean)
  const bounds = `${confidence(alpha)} ${signedPoints(interval[0])} to ${signedPoints(interval[1])}`
  return `${subject(comparison)} ${verdict}: ${metric} ${verb} by ${inPoints(points(delta))} (${bounds}), from ${from} to ${to} over ${size(comparison)}.`
}

/**
 * `few-shot × flash may be worse by 8 points [−18, +2]: inconclusive; with 100 cases run once only drops over 16 points can be seen;
 * 240 cases, or 100 × 3 repeats, would settle a 10-point drop.`
 */
export function leaningSentence({ comparison, among }: Told): string {
  const { metric, delta, interval } = comparison
  const inMetric = metric === 'pass' ? '' : ` in ${metric}`
  const by = delta < 0 ? ` by ${inPoints(roughPoints(delta))}` : ''
  const clauses = [
    `${subject(comparison)} may be worse${inMetric}${by} ${roughInterval(interval)}: inconclusive`,
    ...(interval[1] < 0 && among > 1
      ? [`of ${among} comparisons that gate, one looks like this by chance more often than the gate allows`]
      : []),
    ...toSettle(comparison),
  ]
  return `${clauses.join('; ')}.`
}

/** No sign of a drop, and no proof that there is none. */
export function noSignalSentence({ comparison, margin }: Told): string {
  const { metric, delta, interval } = comparison
  const figures = `${inPoints(signedRoughPoints(delta))} ${roughInterval(interval)}`
  const clauses = [
    `${subject(comparison)}: no proof of a drop in ${metric} (${figures}), but ${notRuledOut(-interval[0], margin)}`,
    ...toSettle(comparison),
  ]
  return `${clauses.join('; ')}.`
}

/** Several metrics of one column without a sign of a drop. */
export function noSignalsSentence(told: Several, margin: number | null): string {
  const [first] = told
  const metrics = list(told.map(({ comparison }) => comparison.metric))
  const largest = Math.max(...told.map(({ comparison }) => -comparison.interval[0]))
  const bluntest = told.reduce((worst, one) =>
    (one.comparison.detectable ?? 0) > (worst.comparison.detectable ?? 0) ? one : worst,
  )
  const clauses = [
    `${subject(first.comparison)}: no proof of a drop in ${metrics}, but ${notRuledOut(largest, margin)}`,
    ...toSettle(bluntest.comparison),
  ]
  return `${clauses.join('; ')}.`
}

/** `few-shot × sonnet is no worse: by less than 5 points in pass, proven (−0.4 [−2.9, +2.1] over 156 cases × 3).` */
export function noWorseSentence({ comparison, margin }: Told): string {
  const { metric, delta, interval } = comparison
  const [lo, hi] = interval.map(signedPoints)
  return `${subject(comparison)} is no worse: by less than ${inPoints(exactPoints(margin ?? 0))} in ${metric}, proven (${inPoints(signedPoints(delta))} [${lo}, ${hi}] over ${size(comparison)}).`
}

/** Several metrics of one column that are proven to be no worse. */
export function noWorsesSentence(told: Several, margin: number | null): string {
  const [first] = told
  const metrics = list(told.map(({ comparison }) => comparison.metric))
  return `${subject(first.comparison)} is no worse: by less than ${inPoints(exactPoints(margin ?? 0))} in ${metrics}, proven.`
}

/** A drop that is real, and proven to be smaller than the margin. */
export function smallDropSentence(told: Told): string {
  const { comparison, margin } = told
  const { metric, delta, interval } = comparison
  const [lo, hi] = interval.map(signedPoints)
  return `${subject(comparison)} did fall a little, by ${inPoints(points(delta))} in ${metric} [${lo}, ${hi}]: less than the ${inPoints(exactPoints(margin ?? 0))} allowed, proven.`
}

/** What is due to the model, and what to the change. */
export function driftSentence({ column, metric, model, change }: Drift): string {
  return `${columnName(column)}: since the baseline was made the model drifted ${inPoints(signedPoints(model.delta))} in ${metric}; your change accounts for ${signedPoints(change.delta)}.`
}

/** What stopping early saved. */
export function sequentialSentence({ stopped, casesUsed, casesPlanned, callsSaved }: Sequential): string {
  if (!stopped) return `The gate had not decided before the last case, so stopping early saved nothing.`
  const saved = `${count(callsSaved)} ${callsSaved === 1 ? 'call was' : 'calls were'} saved`
  return `The gate had decided after ${count(casesUsed)} of ${count(casesPlanned)} cases, so the run stopped there: ${saved}.`
}

/** `pass, accuracy and format` */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** @param largest drop that the interval holds */
function notRuledOut(largest: number, margin: number | null): string {
  if (margin !== null) return `drops over ${inPoints(exactPoints(margin))} are not ruled out`
  if (largest <= 0) return 'a drop is not ruled out'
  return `drops of up to ${inPoints(atLeastPoints(largest))} are not ruled out`
}

/** `156 cases × 3`, `100 cases run once` */
function size({ cases, repeats }: MetricComparison): string {
  const noun = cases === 1 ? 'case' : 'cases'
  return `${count(cases)} ${noun} ${repeats === 1 ? 'run once' : `× ${repeats}`}`
}

/** What can be seen at this size, and what it would take. */
function toSettle(comparison: MetricComparison): string[] {
  const { detectable, needs, cases, repeats } = comparison
  const clauses: string[] = []
  if (detectable !== null && detectable < 1)
    clauses.push(
      `with ${size(comparison)} only drops over ${inPoints(atLeastPoints(detectable))} can be seen`,
    )
  const options = (needs?.options ?? []).filter((option) => option.cases > cases || option.repeats > repeats)
  if (needs !== null && options.length > 0) {
    const [first = '', ...rest] = options.slice(0, 3).map((option) => optionText(option, comparison))
    const either = rest.length === 0 ? first : `${[first, ...rest].join(', or ')},`
    clauses.push(`${either} would settle a ${exactPoints(needs.drop)}-point drop`)
  }
  return clauses
}

function optionText(
  option: { readonly cases: number; readonly repeats: number },
  now: MetricComparison,
): string {
  const cases = count(option.cases)
  if (option.cases <= now.cases) return `${cases} × ${option.repeats} repeats`
  return option.repeats === 1 ? `${cases} cases` : `${cases} cases × ${option.repeats}`
}

function isRate(metric: string): boolean {
  return metric === 'pass' || metric === 'pass_first'
}

function subject({ column, against }: { column: ColumnName; against: ColumnName }): string {
  const own = columnName(column)
  // The same column, run again beside the candidate.
  const other = columnName(against).replaceAll('@baseline', '')
  return own === other ? own : `${own} (against ${other})`
}
