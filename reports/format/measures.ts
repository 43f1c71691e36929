import type { Analysis } from '../../harness/model/analysis.ts'
import { columnName } from '../../harness/model/comparison.ts'
import type { Measure } from '../../harness/model/measure.ts'
import { count, NOTHING, percent, range, score, usd } from './figures.ts'
import { signedPoints, signedRange } from './points.ts'
import { limited, type Line, type Section, section } from './section.ts'

/** A figure with its unit; `–` where nothing was measured. */
export function measureValue(value: number | null, unit: Measure['unit']): string {
  if (value === null) return NOTHING
  if (unit === 'share') return percent(value)
  if (unit === 'points') return signedPoints(value)
  if (unit === 'usd') return usd(value)
  return unit === 'count' && Number.isInteger(value) ? count(value) : score(value)
}

/** `65.2–76.8%`; empty where there is none. */
export function measureInterval({ interval, unit }: Measure): string {
  if (interval === null) return ''
  if (unit === 'share') return range(interval)
  if (unit === 'points') return signedRange([interval.lo, interval.hi])
  return `${score(interval.lo)} to ${score(interval.hi)}`
}

/** `macro-F1 71.2% (65.2–76.8%)` */
export function measureSentence(measure: Measure): string {
  const interval = measureInterval(measure)
  return `${measure.label} ${measureValue(measure.value, measure.unit)}${interval === '' ? '' : ` (${interval})`}`
}

/** What checks say of a whole column, beyond means of scores. */
export function measuresSection({ columns }: Analysis, limit: number): Section[] {
  const lines = columns.flatMap((column) =>
    (column.measures ?? []).map(({ check, measures }): Line => ({
      text: `${columnName(column)}, ${check}: ${measures.map(measureSentence).join(' · ')}`,
    })),
  )
  return section('Measures of checks', limited(lines, limit, 'in analysis.json'))
}
