import { openUnit, wholeNumber, within } from './argument.ts'
import { binomialCdf, binomialPmf } from './binomial.ts'

/** One-sided p-values of one test: the exact one, and mid-p, which counts half of what is as extreme as the data. */
export interface OneSidedP {
  readonly exact: number
  readonly midP: number
}

/**
 * McNemar's test that the candidate is worse: of b cases that got worse and c that got better, P(C ≤ c) for C ~ Bin(b
 * + c, ½), and its mid-p (Fagerland, Lydersen & Laake 2013, BMC MRM 13:91). Small is evidence that it is worse.
 */
export function mcnemarWorse(b: number, c: number): OneSidedP {
  const n = discordant(b, c)
  const exact = binomialCdf(c, n, 0.5)
  return { exact, midP: exact - binomialPmf(c, n, 0.5) / 2 }
}

/** Two-sided mid-p of McNemar's test (Fagerland, Lydersen & Laake 2013); 1 where nothing changed. */
export function mcnemarTwoSidedMidP(b: number, c: number): number {
  const n = discordant(b, c)
  if (n === 0) return 1
  const atData = binomialPmf(b, n, 0.5)
  return b === c ? 1 - atData / 2 : 2 * binomialCdf(Math.min(b, c), n, 0.5) - atData
}

function discordant(b: number, c: number): number {
  return wholeNumber('b', b) + wholeNumber('c', c)
}

/** Chances that a case gets worse and better, over n cases, and the one-sided level. */
export interface McnemarDesign {
  readonly n: number
  readonly pWorse: number
  readonly pBetter: number
  readonly alpha: number
}

/**
 * Chance that the mid-p test finds the candidate worse, by enumerating all outcomes. With pWorse = pBetter it is the
 * rate of false alarms.
 */
export function mcnemarMidPPower({ n, pWorse, pBetter, alpha }: McnemarDesign): number {
  wholeNumber('n', n, 1)
  openUnit('alpha', alpha)
  const changed = within('pWorse', pWorse, 0, 1) + within('pBetter', pBetter, 0, 1)
  if (changed > 1 + 1e-12) throw new RangeError(`pWorse and pBetter add up to ${changed}: more than 1`)
  if (changed === 0) return 0
  const betterShare = pBetter / changed
  let power = 0
  let critical = -1
  for (let m = 1; m <= n; m++) {
    // With one more change at most one more improvement is still significant.
    if (mcnemarWorse(m - critical - 1, critical + 1).midP <= alpha) critical++
    if (critical < 0) continue
    power += binomialPmf(m, n, Math.min(1, changed)) * binomialCdf(critical, m, betterShare)
  }
  return power
}
