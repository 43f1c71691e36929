import {
  columnName,
  type RunComparison,
  type SliceComparison,
  type Why,
} from '../../harness/model/comparison.ts'
import { count, counted } from './figures.ts'
import { pValue, signedPoints, signedRange } from './points.ts'
import { limited, type Line, type Section, section } from './section.ts'

const LISTED = 4

/** Where the fallen cases lie, which checks they failed, and whether flake alone explains them. */
export function whySection({ why }: RunComparison, limit: number): Section[] {
  return section('Why', limited(why.map(whyLine), limit, 'in analysis.json'))
}

/** Slices that stand out after Benjamini–Hochberg: they inform, they decide nothing. */
export function slicesSection({ slices, pairing }: RunComparison, limit: number): Section[] {
  const worse = slices.filter(standsOut).toSorted((a, b) => a.pAdjusted - b.pAdjusted)
  const lines = worse.map((slice): Line => ({
    text: sliceText(slice, pairing.columns.length > 1),
    tone: 'warn',
  }))
  return section('Slices that got worse', limited(lines, limit, 'in analysis.json'))
}

function sliceText(of: SliceComparison, several: boolean): string {
  const where = several ? ` in ${columnName(of.column)}` : ''
  const { worse, equal, better } = of.counts
  return `${of.slice}${where}: ${of.metric} ${signedPoints(of.delta)} (${signedRange(of.interval)}) over ${counted(of.cases, 'case')}; ${count(worse)} worse, ${count(equal)} equal, ${count(better)} better; p ${pValue(of.pAdjusted)}`
}

/** True for a slice that got worse by more than the many looks at the same cases explain. */
export function standsOut({ pAdjusted, delta }: Pick<SliceComparison, 'pAdjusted' | 'delta'>): boolean {
  return pAdjusted <= 0.1 && delta < 0
}

/** `19 cases fell, 6 rose; flake alone would make about 7.2 fall.` */
export function fellSentence({ worse, better, expectedByFlake: by }: Why): string {
  const flake =
    by === null || !Number.isFinite(by)
      ? ''
      : `; flake alone would make about ${by.toFixed(by < 10 ? 1 : 0)} fall`
  return `${counted(worse, 'case')} fell, ${count(better)} rose${flake}.`
}

function whyLine(why: Why): Line {
  const { column, metric, slices, checks, readFirst } = why
  const inSlices = slices
    .slice(0, LISTED)
    .map((one) => `${one.slice} (${count(one.worse)} of ${count(one.cases)})`)
  const failed = checks.slice(0, LISTED).map((one) => `${one.check} (${counted(one.cases, 'case')})`)
  return {
    text: `${columnName(column)}, ${metric}: ${fellSentence(why)}`,
    details: [
      ...(failed.length > 0 ? [`Failed checks: ${failed.join(', ')}`] : []),
      ...(inSlices.length > 0 ? [`Most of all in: ${inSlices.join(', ')}`] : []),
      ...(readFirst.length > 0 ? [`Read first: ${readFirst.join(', ')}`] : []),
    ],
  }
}
