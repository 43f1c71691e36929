/** Steps of the finest lattice that the largest value may span. */
const MOST_STEPS = 100_000
/** How far a value may lie off the lattice, as a share of the largest: rounding of doubles, and no more. */
const ROUNDING = 1e-9

/**
 * The largest step that all magnitudes are whole multiples of, but for rounding: 0.2 for means of five passes or
 * fails, 0.05 for scores of a judge in twentieths. Null where there is none that the largest spans in 100,000 steps.
 * Euclid's algorithm on doubles. Magnitudes are finite and above 0.
 */
export function latticeStep(magnitudes: ArrayLike<number>): number | null {
  let most = 0
  for (let i = 0; i < magnitudes.length; i++) most = Math.max(most, magnitudes[i] as number)
  const rounding = most * ROUNDING
  let step = most
  for (let i = 0; i < magnitudes.length; i++) {
    const x = magnitudes[i] as number
    if (Math.abs(x - Math.round(x / step) * step) <= rounding) continue
    const steps = Math.round(most / commonDivisor(step, x, rounding))
    if (steps > MOST_STEPS) return null
    // The rounding of the divisor would grow from value to value; a share of the largest has none.
    step = most / steps
  }
  return isLattice(magnitudes, step, rounding) ? step : null
}

function isLattice(magnitudes: ArrayLike<number>, step: number, rounding: number): boolean {
  for (let i = 0; i < magnitudes.length; i++) {
    const x = magnitudes[i] as number
    if (Math.abs(x - Math.round(x / step) * step) > rounding) return false
  }
  return true
}

function commonDivisor(a: number, b: number, rounding: number): number {
  let [x, y] = [b, a]
  while (y > rounding) {
    const rest = Math.abs(x - Math.round(x / y) * y)
    x = y
    y = rest
  }
  return x
}
