import type { Interval } from '../../harness/model/analysis.ts'
import type { Figure } from '../../harness/model/calibration.ts'
import { NOTHING } from './figures.ts'

/** A coefficient of agreement with its 95 % interval: `0.79 (0.61–0.87)`. */
export function coefficient({ value, interval }: Figure): string {
  if (value === null) return NOTHING
  return `${twoDigits(value)} (${interval === null ? NOTHING : between(interval)})`
}

/** A dash between numbers below 0 would be read as their sign. */
function between({ lo, hi }: Interval): string {
  return `${twoDigits(lo)}${lo < 0 ? ' to ' : '–'}${twoDigits(hi)}`
}

/** `−0.05` */
export function twoDigits(value: number): string {
  return value < 0 ? `−${Math.abs(value).toFixed(2)}` : value.toFixed(2)
}
