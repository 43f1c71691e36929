import type { Interval } from '../harness/model/analysis.ts'
import type { Forecast } from '../harness/plan/forecast.ts'

/** Bounds where a column never ran, or may be given more feedback than on record; else where 95 of 100 runs end. */
export function range(
  interval: Interval | null,
  show: (value: number) => string,
  columns: Forecast['columns'],
  of = '',
): string {
  if (interval === null) return ''
  const [lo, hi] = [show(interval.lo), show(interval.hi)]
  if (lo === hi) return ''
  const isBound = columns.some(
    ({ basis, calls, callsAtMost }) => basis === 'estimated' || callsAtMost > calls,
  )
  return isBound ? `, at most ${hi}${of}` : ` (95%: ${lo} to ${hi}${of})`
}
