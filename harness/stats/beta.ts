import { binomialTerm } from './binomial-term.ts'
import { within } from './argument.ts'

/** Terms of the continued fraction before it counts as not converging: far more than the sizes here need. */
const MOST_TERMS = 200_000
const TINY = 1e-300

/** I_x(a, b), the regularised incomplete beta function: the cdf of a Beta(a, b) distribution at x. */
export function incompleteBeta(a: number, b: number, x: number): number {
  within('x', x, 0, 1)
  return incompleteBetaOf(a, b, x, 1 - x)
}

/** As `incompleteBeta`, with y = 1 − x given apart, so that neither tail loses digits. */
export function incompleteBetaOf(a: number, b: number, x: number, y: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) {
    throw new RangeError(`a beta distribution needs finite a and b above 0, got ${a} and ${b}`)
  }
  if (x === 0 || y === 0) return x === 0 ? 0 : 1
  const density = (binomialTerm(a, b, x, y) * a * b) / (a + b)
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (density * fraction(a, b, x)) / a)
  return Math.max(0, 1 - (density * fraction(b, a, y)) / b)
}

/**
 * The continued fraction of I_x (Abramowitz & Stegun 1964, 26.5.8) by Lentz's method (Press et al., Numerical
 * Recipes, 6.4).
 */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 3e-16) return value
  }
  throw new RangeError(`the incomplete beta function does not converge for a = ${a}, b = ${b}, x = ${x}`)
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x
}

/** The x with I_x(a, b) = p, by Newton's steps within a bracket that bisection narrows where they leave it. */
export function betaQuantile(p: number, a: number, b: number): number {
  within('p', p, 0, 1)
  if (p === 0 || p === 1) return p
  // Both ends are kept as distances from 0 and from 1, the nearer one being exact.
  let [low, high] = [0, 1]
  let x = a / (a + b)
  for (let i = 0; i < 1_100 && low < high; i++) {
    const error = incompleteBetaOf(a, b, x, 1 - x) - p
    if (error === 0) return x
    if (error > 0) high = x
    else low = x
    const slope = (binomialTerm(a, b, x, 1 - x) * a * b) / ((a + b) * x * (1 - x))
    let next = x - error / slope
    // Towards 0, where quantiles of a small p lie, halves of the exponent are faster than halves of the number.
    if (!(next > low && next < high))
      next = low === 0 ? (high > 1e-3 ? high / 2 : high ** 1.5) : (low + high) / 2
    if (Math.abs(next - x) <= 1e-16 * x) return next
    x = next
  }
  return x
}
