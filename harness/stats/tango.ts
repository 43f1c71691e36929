import { openUnit, wholeNumber, within } from './argument.ts'
import { normalQuantile } from './normal.ts'
import { findRoot } from './root.ts'

/** Paired yes-or-no outcomes: of n cases so many got worse, so many better. */
export interface PairedCounts {
  readonly worse: number
  readonly better: number
  readonly n: number
}

/**
 * Tango's score statistic for a difference of paired rates (Tango 1998, Stat Med 17:891): how many standard errors the
 * observed candidate − baseline lies above delta0, the error being the one that delta0 implies.
 */
export function tangoZ(counts: PairedCounts, delta0: number): number {
  check(counts)
  return scoreOf(counts, within('delta0', delta0, -1, 1))
}

function scoreOf({ worse: b, better: c, n }: PairedCounts, delta: number): number {
  const distance = c - b - n * delta
  // Rounding must not make a difference of nothing out of −0.05 · 100 − (3 − 8).
  if (Math.abs(distance) <= 1e-12 * n) return 0
  const B = -c - b + (2 * n - c + b) * delta
  const C = -b * delta * (1 - delta)
  const root = Math.sqrt(Math.max(0, B * B - 8 * n * C))
  // The larger root of 2n·q² + B·q + C, in the form that does not cancel.
  const q = B <= 0 ? (root - B) / (4 * n) : (-2 * C) / (root + B)
  const variance = n * (2 * q + delta * (1 - delta))
  if (variance > 0) return distance / Math.sqrt(variance)
  return distance < 0 ? -Number.MAX_VALUE : Number.MAX_VALUE
}

/**
 * Tango's score interval of candidate − baseline: the differences that its test would not reject. Never without
 * width.
 */
export function tangoInterval(counts: PairedCounts, confidence: number): [lo: number, hi: number] {
  check(counts)
  const crit = normalQuantile(1 - (1 - openUnit('confidence', confidence)) / 2)
  return [tangoLower(counts, crit), -tangoLower(mirrored(counts), crit)]
}

/** The least difference that the test does not reject at a critical value. */
function tangoLower(counts: PairedCounts, crit: number): number {
  const observed = (counts.better - counts.worse) / counts.n
  if (observed === -1) return -1
  return findRoot((delta) => scoreOf(counts, delta) - crit, -1, observed)
}

function mirrored({ worse, better, n }: PairedCounts): PairedCounts {
  return { worse: better, better: worse, n }
}

function check({ worse, better, n }: PairedCounts): void {
  wholeNumber('n', n, 1)
  if (wholeNumber('worse', worse) + wholeNumber('better', better) > n) {
    throw new RangeError(`${worse} worse and ${better} better are more than ${n}`)
  }
}
