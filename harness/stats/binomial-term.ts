import { stirlingError } from './gamma.ts'

/**
 * Γ(a+b+1) / (Γ(a+1) Γ(b+1)) · x^a · y^b for x + y = 1 and real a, b ≥ 0: a binomial probability where both are
 * whole. By the saddle-point expansion of Loader (2000), which loses no digits to large logarithms.
 */
export function binomialTerm(a: number, b: number, x: number, y: number): number {
  const n = a + b
  if (x === 0 || y === 0) return (x === 0 ? a : b) === 0 ? 1 : 0
  if (a === 0) return Math.exp(b * logOf(y, x))
  if (b === 0) return Math.exp(a * logOf(x, y))
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b))
}

/** ln x, by its distance from 1 where that is the smaller. */
function logOf(x: number, y: number): number {
  return x > 0.5 ? Math.log1p(-y) : Math.log(x)
}

/** k ln(k/m) + m − k, without cancellation where k is near m (Loader 2000, bd0). */
function deviance(k: number, m: number): number {
  if (Math.abs(k - m) >= 0.1 * (k + m)) return k * Math.log(k / m) + m - k
  const v = (k - m) / (k + m)
  let sum = (k - m) * v
  let term = 2 * k * v
  for (let j = 1; j < 1_000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
