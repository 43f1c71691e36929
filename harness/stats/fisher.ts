import { wholeNumber } from './argument.ts'
import { logGamma } from './gamma.ts'

/** Passes of two independent sets of repeats. */
export interface TwoRates {
  readonly passedA: number
  readonly nA: number
  readonly passedB: number
  readonly nB: number
}

/**
 * Fisher's exact test that B passes less often than A: P(X ≤ passedB), X hypergeometric with all four margins fixed
 * (Fisher 1935).
 */
export function fisherLess({ passedA, nA, passedB, nB }: TwoRates): number {
  wholeNumber('nA', nA, 1)
  wholeNumber('nB', nB, 1)
  if (wholeNumber('passedA', passedA) > nA) throw new RangeError(`${passedA} passed of ${nA}`)
  if (wholeNumber('passedB', passedB) > nB) throw new RangeError(`${passedB} passed of ${nB}`)
  const passed = passedA + passedB
  const all = logChoose(nA + nB, passed)
  let p = 0
  for (let x = Math.max(0, passed - nA); x <= passedB; x++) {
    p += Math.exp(logChoose(nB, x) + logChoose(nA, passed - x) - all)
  }
  return Math.min(1, p)
}

function logChoose(n: number, k: number): number {
  return k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
