import { wholeNumber } from './argument.ts'

/**
 * Chance that at least one of k repeats passes, of a case that passed c of n: 1 − C(n−c, k) / C(n, k) (Chen et al.
 * 2021, arXiv:2107.03374).
 */
export function passAtK(n: number, c: number, k: number): number {
  check(n, c, k)
  if (n - c < k) return 1
  let allFail = 1
  for (let i = n - c + 1; i <= n; i++) allFail *= 1 - k / i
  return 1 - allFail
}

/**
 * Chance that all of k repeats pass, of a case that passed c of n: C(c, k) / C(n, k) (Yao et al. 2024,
 * arXiv:2406.12045).
 */
export function passHatK(n: number, c: number, k: number): number {
  check(n, c, k)
  if (c < k) return 0
  let allPass = 1
  for (let i = 0; i < k; i++) allPass *= (c - i) / (n - i)
  return allPass
}

function check(n: number, c: number, k: number): void {
  wholeNumber('n', n, 1)
  wholeNumber('c', c)
  wholeNumber('k', k, 1)
  if (c > n) throw new RangeError(`${c} passed of ${n}`)
  if (k > n) throw new RangeError(`k = ${k} is more than the ${n} repeats of the case`)
}
