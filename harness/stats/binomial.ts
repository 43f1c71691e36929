import { incompleteBetaOf } from './beta.ts'
import { binomialTerm } from './binomial-term.ts'
import { wholeNumber, within } from './argument.ts'

/** P(X = k) of n draws that each succeed with probability p; 0 for a k outside 0…n. */
export function binomialPmf(k: number, n: number, p: number): number {
  check(k, n, p)
  return k < 0 || k > n ? 0 : binomialTerm(k, n - k, p, 1 - p)
}

/** P(X ≤ k), as I_{1−p}(n − k, k + 1) (Abramowitz & Stegun 1964, 26.5.24). */
export function binomialCdf(k: number, n: number, p: number): number {
  check(k, n, p)
  if (k < 0) return 0
  return k >= n ? 1 : incompleteBetaOf(n - k, k + 1, 1 - p, p)
}

/** P(X ≥ k), with all digits where it is small. */
export function binomialUpper(k: number, n: number, p: number): number {
  check(k, n, p)
  if (k <= 0) return 1
  return k > n ? 0 : incompleteBetaOf(k, n - k + 1, p, 1 - p)
}

function check(k: number, n: number, p: number): void {
  wholeNumber('n', n)
  within('p', p, 0, 1)
  if (!Number.isInteger(k)) throw new RangeError(`k must be a whole number, got ${k}`)
}
