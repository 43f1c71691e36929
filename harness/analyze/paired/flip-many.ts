import { normalCdf } from '../../stats/normal.ts'
import { signFlip } from '../../stats/sign-flip.ts'

/**
 * The most that Σd⁴ / (Σd²)² may be for the expansion: up to there it is closer to the exact p than 99,999 flips are, and takes none. It
 * holds for 30 units or more of about one size; few large ones among many small ones do not make many.
 */
const LARGEST_SHARE = 0.1

/**
 * One-sided sign-flip p-values of differences that lie on no lattice, as logs of latencies do. Of many units the flipped sum is
 * normal but for its fourth cumulant, −2 Σd⁴ (signs have no third one); its Edgeworth term is added (Feller 1971, XVI.2).
 */
export function flipMany(d: Float64Array): { readonly worse: number; readonly better: number } {
  const [sum, squares, fourths] = momentsOf(d)
  if (squares === 0) return { worse: 0.5, better: 0.5 }
  const share = fourths / squares ** 2
  if (share > LARGEST_SHARE) {
    const { worse, better } = signFlip(d)
    return { worse: worse.midP, better: better.midP }
  }
  const x = sum / Math.sqrt(squares)
  return { worse: tail(x, share), better: tail(-x, share) }
}

/** P(T* ≤ x), x in standard deviations; `share` is Σd⁴ / (Σd²)². */
function tail(x: number, share: number): number {
  const hermite = x ** 3 - 3 * x
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI)
  return Math.min(1, Math.max(1e-18, normalCdf(x) + (density * 2 * share * hermite) / 24))
}

/** Sums of d, d² and d⁴. */
function momentsOf(d: Float64Array): [number, number, number] {
  let [sum, squares, fourths] = [0, 0, 0]
  for (const x of d) {
    sum += x
    squares += x * x
    fourths += x ** 4
  }
  return [sum, squares, fourths]
}
