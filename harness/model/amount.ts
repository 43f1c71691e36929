/** A count, a price or a time: a number that is none is taken for not told. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
