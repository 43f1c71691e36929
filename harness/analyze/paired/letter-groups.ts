import type { ColumnName, ColumnPair, Ranking } from '../../model/comparison.ts'
import { columnName } from '../../model/comparison.ts'

/**
 * Columns by mean, best first, with the groups they are in: a compact letter display (Piepho 2004, JCGS 13:456), of neighbours. A
 * group is as long a run of them as has no two that are told apart; groups are numbered from 0, and a column may be in several.
 */
export function groupsOf(
  columns: readonly (ColumnName & { readonly mean: number })[],
  pairs: readonly Pick<ColumnPair, 'a' | 'b' | 'pHolm'>[],
  alpha: number,
): Ranking['columns'] {
  const sorted = columns.toSorted((a, b) => b.mean - a.mean)
  const apart = new Set(
    pairs.filter(({ pHolm }) => pHolm <= alpha).map(({ a, b }) => pairKey(columnName(a), columnName(b))),
  )
  const names = sorted.map(columnName)
  const runs: (readonly [from: number, to: number])[] = []
  for (let from = 0; from < names.length; from++) {
    const to = endOfRun(names, from, apart)
    // A run within the one before it is no group of its own.
    if (to > (runs.at(-1)?.[1] ?? -1)) runs.push([from, to])
  }
  return sorted.map(({ prompt, provider, mean }, place) => {
    const groups = runs.flatMap(([from, to], group) => (from <= place && place <= to ? [group] : []))
    return { prompt, provider, mean, groups }
  })
}

/** The last column up to which no two, from this one on, are told apart. */
function endOfRun(names: readonly string[], from: number, apart: ReadonlySet<string>): number {
  let to = from
  while (to + 1 < names.length) {
    const next = names[to + 1] as string
    if (names.slice(from, to + 1).some((name) => apart.has(pairKey(name, next)))) break
    to++
  }
  return to
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\0${b}` : `${b}\0${a}`
}
