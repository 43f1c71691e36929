import { finiteSample } from './argument.ts'
import { makeRandom } from './random.ts'
import { monteCarloP } from './monte-carlo.ts'

/** Where a series changes its level, as Pettitt's test sees it. */
export interface ChangePoint {
  /** Of the first value on the new level: as many values stand before it. */
  readonly index: number
  /** Pettitt's statistic: the largest |U|, a whole number. */
  readonly K: number
  /** Two-sided: the level may rise or fall. */
  readonly p: number
  readonly method: 'exact' | 'sampled'
}

/** Values up to which all orders are counted: 2¹⁴ sets, about 1 ms. */
const MOST_EXACT = 14
const MOST_ORDERS = 99_999
const FEWEST_ORDERS = 1_999
/** Additions that sampling may take: about 0.05 s. */
const MOST_WORK = 2e6
/** Orders as extreme as the data after which p is known well enough, and no small one. */
const ENOUGH_EXTREME = 200

/**
 * Pettitt's test that a series keeps one level (1979, JRSS-C 28:126): U at t compares every value before t with every one
 * from t on, and K is the largest |U|. p is by permutation: the share of all orders of the values whose K is as large. It takes
 * ranks only, so that no unit and no outlier matters; ties count half.
 *
 * Exact for up to 14 values. Above, orders are drawn from the seed until 200 are as extreme (Besag & Clifford 1991, Biometrika
 * 78:301), 99,999 at most, fewer for series beyond 20 values; where none is, p is the smaller of 1 / (orders + 1) and Pettitt's own
 * approximation 2 exp(−6K² / (n³ + n²)), which lies above p out there.
 *
 * How it can be wrong: it asks whether the values could as well have come in another order. A trend, a season, or neighbours that are
 * alike (runs of one afternoon, on one busy machine) answer that with no as well, though there was no step. It finds one step; of
 * several it names about the largest. And it places the step by where ranks differ most, which may be a value or two off.
 * @throws RangeError for fewer than two values, or one that is not finite
 */
export function pettitt(series: ArrayLike<number>, options: { readonly seed?: number } = {}): ChangePoint {
  if (finiteSample('a series', series).length < 2) throw new RangeError('a series must hold two numbers')
  const scores = rankScores(series)
  const { index, K } = largest(scores)
  if (K === 0) return { index, K, p: 1, method: 'exact' }
  if (scores.length <= MOST_EXACT) return { index, K, p: exactP(scores, K), method: 'exact' }
  return { index, K, p: sampledP(scores, K, options.seed ?? 1), method: 'sampled' }
}

/** 2 × rank − (n + 1), with the mean rank for ties: whole numbers that add up to 0, whose partial sums are U. */
function rankScores(series: ArrayLike<number>): Int32Array {
  const n = series.length
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (series[a] as number) - (series[b] as number),
  )
  const scores = new Int32Array(n)
  for (let from = 0; from < n;) {
    let to = from
    while (to + 1 < n && series[order[to + 1] as number] === series[order[from] as number]) to++
    for (let i = from; i <= to; i++) scores[order[i] as number] = from + to + 2 - (n + 1)
    from = to + 1
  }
  return scores
}

function largest(scores: Int32Array): { readonly index: number; readonly K: number } {
  let [index, K, U] = [1, 0, 0]
  for (let t = 1; t < scores.length; t++) {
    U += scores[t - 1] as number
    if (Math.abs(U) > K) [index, K] = [t, Math.abs(U)]
  }
  return { index, K }
}

/** U depends on which values came first, not on their order: so all orders are counted over the sets that stand first. */
function exactP(scores: Int32Array, K: number): number {
  const sets = 1 << scores.length
  const U = new Int32Array(sets)
  /** Orders of a set in which no beginning is as extreme. */
  const calm = new Float64Array(sets)
  calm[0] = 1
  for (let set = 1; set < sets; set++) {
    const lowest = 31 - Math.clz32(set & -set)
    U[set] = (U[set & (set - 1)] as number) + (scores[lowest] as number)
    if (Math.abs(U[set] as number) >= K) continue
    let orders = 0
    for (let rest = set; rest !== 0; rest &= rest - 1) orders += calm[set ^ (rest & -rest)] as number
    calm[set] = orders
  }
  let all = 1
  for (let i = 2; i <= scores.length; i++) all *= i
  return (all - (calm[sets - 1] as number)) / all
}

function sampledP(given: Int32Array, K: number, seed: number): number {
  const n = given.length
  const orders = Math.max(FEWEST_ORDERS, Math.min(MOST_ORDERS, Math.floor(MOST_WORK / n)))
  const random = makeRandom(seed)
  // A fixed start, so that p depends on the values and K alone.
  const scores = given.toSorted()
  let extreme = 0
  for (let drawn = 1; drawn <= orders; drawn++) {
    if (isExtreme(scores, K, random) && ++extreme === ENOUGH_EXTREME) return extreme / drawn
  }
  const p = monteCarloP(extreme, orders)
  return extreme > 0 ? p : Math.min(p, 2 * Math.exp((-6 * K * K) / (n ** 3 + n ** 2)))
}

/** Draws an order, one value at a time, and stops as soon as its K is as large. */
function isExtreme(scores: Int32Array, K: number, random: () => number): boolean {
  let U = 0
  for (let t = 0; t < scores.length - 1; t++) {
    const drawn = t + Math.floor(random() * (scores.length - t))
    const value = scores[drawn] as number
    scores[drawn] = scores[t] as number
    scores[t] = value
    U += value
    if (U >= K || U <= -K) return true
  }
  return false
}
