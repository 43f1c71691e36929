import type { Bounds } from '../model/comparison.ts'

const MINUS = '\u2212'

/** A difference of scores in points, hundredths of the scale: `8.0`, without a sign. Small ones get the digits they need. */
export function points(difference: number): string {
  return unsigned(difference, 1)
}

/** `−8.0`, `+1.2`, `0.0`: with a real minus. */
export function signedPoints(difference: number): string {
  return withSign(difference, points(difference))
}

/** As many points as matter beside a wide interval: `8`, `0.4`. */
export function roughPoints(difference: number): string {
  return unsigned(difference, Math.abs(difference) >= 0.0095 ? 0 : 1)
}

/** `[−18, +2]` */
export function roughInterval([lo, hi]: Bounds): string {
  return `[${withSign(lo, roughPoints(lo))}, ${withSign(hi, roughPoints(hi))}]`
}

export function signedRoughPoints(difference: number): string {
  return withSign(difference, roughPoints(difference))
}

/** Rounded up: a drop that is said to be seen is one that would be. */
export function atLeastPoints(drop: number): string {
  const digits = drop >= 0.02 ? 1 : 10
  // The product of a round figure may lie a hair above it.
  return String(Math.ceil(drop * 100 * digits - 1e-9) / digits)
}

/** A limit as it was written: `5`, `2.5`. */
export function exactPoints(limit: number): string {
  return String(Number((limit * 100).toFixed(6)))
}

/** `8 points`, `1 point` */
export function inPoints(shown: string): string {
  return `${shown} ${shown.replace(/^[+\u2212]/, '') === '1' ? 'point' : 'points'}`
}

/** `95%`, of the level of an interval at 1 − alpha. */
export function confidence(alpha: number): string {
  return `${Number(((1 - alpha) * 100).toFixed(1))}%`
}

function unsigned(difference: number, leastDigits: number): string {
  const value = Math.abs(difference * 100)
  for (let digits = leastDigits; digits < 4; digits++) {
    const shown = value.toFixed(digits)
    if (Number(shown) !== 0 || value < 1e-9) return shown
  }
  return value.toFixed(leastDigits)
}

function withSign(difference: number, shown: string): string {
  if (Number(shown) === 0) return shown
  return `${difference < 0 ? MINUS : '+'}${shown}`
}
