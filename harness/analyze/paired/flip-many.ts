import { normalCdf } from '../../stats/normal.ts'
import { signFlip } from '../../stats/sign-flip.ts'

/** Units from which the distribution of the flipped sum is taken for what it tends to. */
const MANY = 2000

/**
 * One-sided sign-flip p-values of differences that lie on no lattice, as logs of latencies do. Of many units the flipped sum is
 * normal but for its fourth cumulant, −2 Σd⁴ (signs have no third one); its Edgeworth term is added (Feller 1971, XVI.2).
 */
export function flipMany(d: Float64Array): { readonly worse: number; readonly better: number } {
  if (d.length < MANY) {
    const { worse, better } = signFlip(d)
    return { worse: worse.midP, better: better.midP }
  }
  const [sum, squares, fourths] = momentsOf(d)
  if (squares === 0) return { worse: 0.5, better: 0.5 }
  const x = sum / Math.sqrt(squares)
  return { worse: tail(x, fourths / squares ** 2), better: tail(-x, fourths / squares ** 2) }
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
