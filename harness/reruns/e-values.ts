import { BettingProcess, mcnemarEValue } from '../stats/e-process.ts'

interface EValuesOptions {
  /** One-sided level: it tunes the bets. */
  readonly a: number
  readonly margin: number | null
  /** True where each difference is one yes-or-no outcome against another: they then have the sharper test. */
  readonly isSingle: boolean
}

/**
 * What the differences of one metric say so far, candidate − baseline, case by case in an order that does not depend on them. May be
 * looked at after every case: what counts is the largest e-value so far.
 */
export class EValues {
  readonly #isSingle: boolean
  readonly #drop: BettingProcess
  readonly #noWorse: BettingProcess | null
  #fell = 0
  #rose = 0
  #isBinary = true
  #best = 1

  constructor({ a, margin, isSingle }: EValuesOptions) {
    this.#isSingle = isSingle
    this.#drop = new BettingProcess({ m: 0, alpha: a, direction: 'less' })
    this.#noWorse =
      margin === null ? null : new BettingProcess({ m: -margin, alpha: a, direction: 'greater' })
  }

  add(difference: number): void {
    this.#drop.add(difference)
    this.#noWorse?.add(difference)
    if (difference < 0) this.#fell++
    if (difference > 0) this.#rose++
    this.#isBinary &&= Number.isInteger(difference)
    if (this.#fell > this.#rose) this.#best = Math.max(this.#best, mcnemarEValue(this.#fell, this.#rose))
  }

  /** That the candidate is worse. */
  get worse(): number {
    return this.#isSingle && this.#isBinary ? this.#best : this.#drop.best
  }

  /** That it is worse by less than the margin, if at all; null without a margin. */
  get noWorse(): number | null {
    return this.#noWorse?.best ?? null
  }
}

/** Of the means of the first repeats, as many of one arm as of the other; undefined where one has none. */
export function differenceOf(then: readonly number[], now: readonly number[]): number | undefined {
  const k = Math.min(then.length, now.length)
  if (k === 0) return undefined
  // What lies outside is refused where the arms are compared.
  return Math.max(-1, Math.min(1, meanOf(now, k) - meanOf(then, k)))
}

function meanOf(scores: readonly number[], k: number): number {
  let sum = 0
  for (let i = 0; i < k; i++) sum += scores[i] as number
  return sum / k
}
