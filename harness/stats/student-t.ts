import { within } from './argument.ts'
import { incompleteBetaOf } from './beta.ts'
import { binomialTerm } from './binomial-term.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/** From here on the normal distribution is as good as Student's. */
const NORMAL_FROM = 1e10

/** P(T ≤ t) of Student's t with a real number of degrees of freedom above 0 (Abramowitz & Stegun 1964, 26.7.1). */
export function tCdf(t: number, df: number): number {
  check(df)
  if (Number.isNaN(t)) throw new RangeError('t must be a number, got NaN')
  const tail = upperTail(Math.abs(t), df)
  return t > 0 ? 1 - tail : tail
}

function upperTail(t: number, df: number): number {
  if (df >= NORMAL_FROM) return normalCdf(-t)
  if (t === Infinity) return 0
  const [x, y] = shares(t, df)
  return incompleteBetaOf(df / 2, 0.5, x, y) / 2
}

/** df / (df + t²) and t² / (df + t²), for a t whose square may not fit. */
function shares(t: number, df: number): [number, number] {
  if (t > 1e100) return [(df / t) * (1 / t), 1]
  return [df / (df + t * t), (t * t) / (df + t * t)]
}

/** The density times t: what the upper tail loses as ln t grows by one. */
function decline(t: number, df: number): number {
  const [x, y] = shares(t, df)
  return (binomialTerm(df / 2, 0.5, x, y) * df) / (2 * (df + 1))
}

/**
 * The quantiles asked for so far, by p and then by degrees of freedom: a gate asks for the same few again and again.
 */
const known = new Map<number, Map<number, number>>()
const MOST_KNOWN = 10_000

/**
 * The p-quantile of Student's t; ∓∞ at 0 and 1, and where the quantile is beyond a double (degrees of freedom near 0).
 * Found by Newton's method, in logarithms of t and of the tail: they are concave, so it cannot stray.
 */
export function tQuantile(p: number, df: number): number {
  within('p', p, 0, 1)
  check(df)
  const found = known.get(p)?.get(df)
  if (found !== undefined) return found
  const value = p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df)
  remember(p, df, value)
  return value
}

function remember(p: number, df: number, value: number): void {
  let ofP = known.get(p)
  if (ofP === undefined || ofP.size >= MOST_KNOWN) {
    if (known.size > 100) known.clear()
    known.set(p, (ofP = new Map()))
  }
  ofP.set(df, value)
}

function upperQuantile(tail: number, df: number): number {
  if (tail === 0.5) return 0
  if (tail === 0) return Infinity
  if (df >= NORMAL_FROM) return -normalQuantile(tail)
  if (df === 1) return 1 / Math.tan(Math.PI * tail)
  let t = -normalQuantile(tail)
  for (let i = 0; i < 200; i++) {
    const at = upperTail(t, df)
    if (at === 0) return Infinity
    const slope = decline(t, df)
    // Near the centre the tail is all but a line in t itself.
    const next = tail > 0.3 ? t + ((at - tail) / slope) * t : t * Math.exp((Math.log(at / tail) * at) / slope)
    if (Math.abs(next - t) <= 4e-16 * t) return next
    if (!Number.isFinite(next)) return Infinity
    t = next
  }
  return t
}

function check(df: number): void {
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be above 0, got ${df}`)
}
