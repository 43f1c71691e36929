import { absent, elsewhere } from './absence.ts'
import type { Clause } from './clause.ts'
import { nearestTo, shared } from './nearest.ts'
import type { Source, SourceSentence } from './source.ts'

/** A name must be in the passage, or in its document where the passage names nobody else. */
export function nameProblems(
  claim: Clause,
  stated: readonly Clause[],
  window: readonly SourceSentence[],
  source: Source,
): string[] {
  const document = window[0]?.document ?? 0
  const named = source.namesOf(claim.names)
  const all = named.flatMap(({ name }) => [name, ...source.aliasesOf(name)])
  const own = new Set(all.flatMap((calling) => calling.split(' ')))
  const rest = [...claim.terms].filter((term) => ![...own].some((word) => word.startsWith(term)))
  const nearest = nearestTo(rest, stated, source)
  const rival = source
    .namesOf(nearest?.part.names ?? [])
    .find(({ name }) => !name.split(' ').some((word) => own.has(word)))
  return named.flatMap(({ name, text }) => {
    const callings = [name, ...source.aliasesOf(name)]
    const holders = window.filter(({ line }) => callings.some((calling) => line.includes(` ${calling} `)))
    const isKnown = holders.length > 0 || source.hasName(name, document)
    if (!isKnown) return source.hasName(name) ? [elsewhere('name', text)] : [absent('name', text)]
    if (nearest === undefined || nearest.weight === 0 || rival === undefined) return []
    const here = holders.flatMap(({ clauses }) => clauses).filter((clause) => names(clause, callings))
    if (here.includes(nearest.part)) return []
    const isTaken = here.every((clause) => shared(rest, clause, source) < nearest.weight)
    return isTaken ? [`where it names ${text}, the context names ${rival.text}`] : []
  })
}

function names({ line }: Clause, callings: readonly string[]): boolean {
  return callings.some((calling) => line.includes(` ${calling} `))
}
