import { openUnit, wholeNumber, within } from './argument.ts'
import { incompleteBeta } from './beta.ts'
import { logGamma } from './gamma.ts'
import { positive } from './probability.ts'

/**
 * The e-value that the candidate is worse, of b cases that got worse and c that got better: a uniform prior over (½,
 * 1) for the chance that a change is for the worse against ½, 2^(b+c+1) B(b+1, c+1) (1 − I_½(b+1, c+1)). Reject at
 * level a where it is 1/a or more, at any time.
 */
export function mcnemarEValue(b: number, c: number): number {
  wholeNumber('b', b)
  wholeNumber('c', c)
  const logBeta = logGamma(b + 1) + logGamma(c + 1) - logGamma(b + c + 2)
  const log = (b + c + 1) * Math.LN2 + logBeta + Math.log(incompleteBeta(c + 1, b + 1, 0.5))
  return Math.min(Number.MAX_VALUE, Math.exp(log))
}

/** What a betting process tests. */
export interface Bet {
  /** The mean difference to be refuted, in (−1, 1). */
  readonly m: number
  /** One-sided level; it only tunes the bets. */
  readonly alpha: number
  /** The alternative: the mean is less, or greater, than m. */
  readonly direction: 'less' | 'greater'
  /** Share of what could be lost that is staked at most. */
  readonly truncation?: number
}

/**
 * Capital of a gambler who bets, difference by difference, against a mean of m (Waudby-Smith & Ramdas 2024, JRSS-B
 * 86:1, predictable plug-in bets). Reject at level a as soon as it reaches 1/a: looking after every case costs
 * nothing.
 */
export class BettingProcess {
  readonly #mean: number
  readonly #sign: 1 | -1
  readonly #most: number
  readonly #evidence: number
  #t = 0
  #sum = 0
  #squares = 0
  #capital = 1
  #best = 1

  constructor({ m, alpha, direction, truncation = 0.5 }: Bet) {
    if (!(m > -1 && m < 1)) throw new RangeError(`m must lie between -1 and 1, got ${m}`)
    if (!(positive(truncation) <= 1)) throw new RangeError(`truncation must be at most 1, got ${truncation}`)
    this.#sign = direction === 'greater' ? 1 : -1
    this.#mean = (this.#sign * m + 1) / 2
    this.#most = truncation / this.#mean
    this.#evidence = 2 * Math.log(1 / openUnit('alpha', alpha))
  }

  /** Takes a difference in [−1, 1]; returns the capital after it. */
  add(d: number): number {
    within('a difference', d, -1, 1)
    const x = (this.#sign * d + 1) / 2
    const spread = (0.25 + this.#squares) / (this.#t + 1)
    this.#t++
    const t = this.#t
    const stake = Math.min(Math.sqrt(this.#evidence / (t * Math.log1p(t) * spread)), this.#most)
    this.#capital = Math.min(Number.MAX_VALUE, this.#capital * (1 + stake * (x - this.#mean)))
    this.#best = Math.max(this.#best, this.#capital)
    this.#sum += x
    this.#squares += (x - (0.5 + this.#sum) / (t + 1)) ** 2
    return this.#capital
  }

  get capital(): number {
    return this.#capital
  }

  /** The largest capital so far, at least 1. */
  get best(): number {
    return this.#best
  }
}
