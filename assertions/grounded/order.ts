import type { Clause } from './clause.ts'
import type { Source } from './source.ts'
import { termsOf } from './terms.ts'

/** Neither side is first in what these say. */
const MUTUAL = /\b(?:and|or|with|versus|vs)\b|[&,/]/i
const PASSIVE = /\bby\b|\bfrom\b/i

/** Whether two names of a clause stand the other way round in another, about the same deed: "Beta acquired Acme" of "Acme acquired Beta". */
export function areSwapped(claim: Clause, stated: Clause, source: Source): boolean {
  const [first, second, ...more] = source.namesOf(claim.names)
  if (first === undefined || second === undefined || more.length > 0) return false
  const { line } = stated
  const [at, to] = [placeOf(first.name, line, source), placeOf(second.name, line, source)]
  if (at === undefined || to === undefined || to.end > at.start + 1) return false
  const said = claim.text.slice(first.end, second.start)
  const other = line.slice(to.end, at.start)
  if (MUTUAL.test(said) || MUTUAL.test(other) || PASSIVE.test(said) !== PASSIVE.test(other)) return false
  const deed = termsOf(other)
  return [...termsOf(said)].some((term) => deed.has(term))
}

/** Where a line has a name, or what the context also calls it. */
function placeOf(
  name: string,
  line: string,
  source: Source,
): { readonly start: number; readonly end: number } | undefined {
  for (const calling of [name, ...source.aliasesOf(name)]) {
    const start = line.indexOf(` ${calling} `)
    if (start !== -1) return { start, end: start + calling.length + 1 }
  }
  return undefined
}
