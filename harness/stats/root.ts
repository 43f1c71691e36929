/**
 * A root of a continuous function between two points where its signs differ (Chandrupatla 1997, Advances in Engineering
 * Software 28:145): inverse quadratic steps where they are safe, halves where they are not. A function that does not
 * change its sign gives the end that is nearer to zero.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 1e-13): number {
  let [a, b] = [high, low]
  let [fa, fb] = [f(a), f(b)]
  if (fa === 0) return a
  if (fb === 0) return b
  if (fa > 0 === fb > 0) return Math.abs(fa) < Math.abs(fb) ? a : b
  let t = 0.5
  for (let i = 0; i < 200; i++) {
    const x = a + t * (b - a)
    const fx = f(x)
    let [c, fc] = [b, fb]
    if (fx > 0 === fa > 0) [c, fc] = [a, fa]
    else [b, fb] = [a, fa]
    a = x
    fa = fx
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    const least = (2 * Number.EPSILON * Math.abs(best) + tolerance) / Math.abs(b - a)
    if (fx === 0 || least > 0.5) return best
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    t = 0.5
    if (phi * phi < xi && (1 - phi) ** 2 < 1 - xi) {
      t = (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb)
    }
    // A function that overflows near a pole has no useful slope there.
    t = Number.isNaN(t) ? 0.5 : Math.min(1 - least, Math.max(least, t))
  }
  return a
}
