import type { Bounds } from '../../harness/model/comparison.ts'
import { count, counted, NOTHING } from './figures.ts'

const MINUS = '\u2212'

/** A difference of two rates or scores in points, its sign before it: `+3.0`, `−8.0`, `0.0`. */
export function signed(difference: number): string {
  if (!Number.isFinite(difference)) return NOTHING
  const shown = (Math.abs(difference) * 100).toFixed(1)
  if (Number(shown) === 0) return '0.0'
  return `${difference < 0 ? MINUS : '+'}${shown}`
}

/** `−8.0 points` */
export function signedPoints(difference: number): string {
  return `${signed(difference)} points`
}

/** `−14.1 to −2.0` */
export function signedRange([lo, hi]: Bounds): string {
  return `${signed(lo)} to ${signed(hi)}`
}

/** The size of a difference in words: `8 points`, `1 point`, `16.2 points`. */
export function points(size: number): string {
  const shown = plainPoints(size)
  return `${shown} ${shown === '1' ? 'point' : 'points'}`
}

/** `8`, `16.2` */
export function plainPoints(size: number): string {
  return Number.isFinite(size) ? String(Number((Math.abs(size) * 100).toFixed(1))) : NOTHING
}

/** `1.12×` */
export function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)}×` : NOTHING
}

/** `1.02 to 1.23` */
export function ratioRange([lo, hi]: Bounds): string {
  return [lo, hi].map((bound) => (Number.isFinite(bound) ? bound.toFixed(2) : NOTHING)).join(' to ')
}

/** A p-value: `0.013`, `<0.001`. */
export function pValue(p: number): string {
  if (!Number.isFinite(p)) return NOTHING
  return p < 0.001 ? '<0.001' : p.toFixed(3)
}

/** `156 cases × 3`, `100 cases run once` */
export function sizeOf(cases: number, repeats: number): string {
  const said = counted(cases, 'case')
  return repeats > 1 ? `${said} × ${count(repeats)}` : `${said} run once`
}
