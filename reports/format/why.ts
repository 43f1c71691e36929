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
  const worse = slices.filter(({ pAdjusted, delta }) => pAdjusted <= 0.1 && delta < 0)
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

function whyLine({ column, metric, worse, better, expectedByFlake, slices, checks, readFirst }: Why): Line {
  const flake =
    expectedByFlake === null || !Number.isFinite(expectedByFlake)
      ? ''
      : `; flake alone would make about ${expectedByFlake.toFixed(1)} fall`
  const inSlices = slices
    .slice(0, LISTED)
    .map((one) => `${one.slice} (${count(one.worse)} of ${count(one.cases)})`)
  const failed = checks.slice(0, LISTED).map((one) => `${one.check} (${counted(one.cases, 'case')})`)
  return {
    text: `${columnName(column)}, ${metric}: ${counted(worse, 'case')} fell, ${count(better)} rose${flake}.`,
    details: [
      ...(failed.length > 0 ? [`Failed checks: ${failed.join(', ')}`] : []),
      ...(inSlices.length > 0 ? [`Most of all in: ${inSlices.join(', ')}`] : []),
      ...(readFirst.length > 0 ? [`Read first: ${readFirst.join(', ')}`] : []),
    ],
  }
}
