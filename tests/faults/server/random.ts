import { hash } from 'node:crypto'

/** A number in [0, 1) that is always the same for the same words: whatever the order requests arrive in. */
export function fractionOf(...words: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', words.join('\u0000')).slice(0, 12), 16) / 2 ** 48
}

/** A log-normal duration around a median (Box–Muller). */
export function logNormal(medianMs: number, sigma: number, ...words: readonly (string | number)[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - fractionOf('radius', ...words)))
  return medianMs * Math.exp(sigma * radius * Math.cos(2 * Math.PI * fractionOf('angle', ...words)))
}
