import { within } from './argument.ts'

/** Holm's adjusted p-values (1979, Scand J Stat 6:65), in the order given: the chance of any false alarm is held. */
export function holm(ps: readonly number[]): number[] {
  const order = ascending(ps)
  const adjusted = Array.from<number>({ length: ps.length })
  let least = 0
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * (ps[index] as number)))
    adjusted[index] = least
  })
  return adjusted
}

/**
 * Benjamini & Hochberg's adjusted p-values (1995, JRSS-B 57:289), in the order given: the share of false alarms is
 * held.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ascending(ps)
  const adjusted = Array.from<number>({ length: ps.length })
  let most = 1
  for (let rank = ps.length; rank >= 1; rank--) {
    const index = order[rank - 1] as number
    most = Math.min(most, (ps[index] as number) * (ps.length / rank))
    adjusted[index] = most
  }
  return adjusted
}

function ascending(ps: readonly number[]): number[] {
  for (const p of ps) within('a p-value', p, 0, 1)
  return ps.map((_, index) => index).sort((a, b) => (ps[a] as number) - (ps[b] as number))
}
