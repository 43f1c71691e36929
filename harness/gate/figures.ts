import { grouped } from '../model/digits.ts'

/** `1,800` */
export function count(n: number): string {
  return grouped(n)
}

/** `87.1%`; with more digits where that tells it apart from what it is compared with. */
export function percent(rate: number, other?: number): string {
  return apart((x, extra) => `${(x * 100).toFixed(1 + extra)}%`, rate, other)
}

/** A score of any scale: `0.871`. */
export function score(value: number, other?: number): string {
  return apart((x, extra) => String(Number(x.toFixed(3 + extra))), value, other)
}

/** `929 ms` */
export function milliseconds(ms: number, other?: number): string {
  return apart((x, extra) => `${x.toFixed(extra)} ms`, ms, other)
}

/** `$0.00425` */
export function usd(amount: number, other?: number): string {
  return apart((x, extra) => `$${Number(x.toPrecision(3 + extra))}`, amount, other)
}

/** A sentence that says 80.0% is below 80.0% helps nobody. */
function apart(show: (x: number, extraDigits: number) => string, value: number, other = value): string {
  for (let extra = 0; extra < 12; extra++) {
    const shown = show(value, extra)
    if (value === other || shown !== show(other, extra)) return shown
  }
  return String(value)
}
