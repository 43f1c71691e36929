import { contentWordsOf } from '../shared/words.ts'
import type { Clause } from './clause.ts'
import { nearestTo } from './nearest.ts'
import type { Source } from './source.ts'
import { termOf, termsOf } from './terms.ts'

/** What a clause begins with, in order, and how much of that it says something of: "The Landlord shall insure" speaks of the landlord. */
export interface Beginning {
  readonly terms: readonly string[]
  /** Terms before the first auxiliary verb; undefined where there is none to tell. */
  readonly subject: ReadonlySet<string> | undefined
}

/** What may stand before a subject: a joint, a condition. */
const LEAD =
  /^\W*(?:(?:and|or|but|while|whereas|although|though|however)\s+)?(?:(?:if|when|where|once|after|before|unless|until|for|on|in|at|during|upon|under|to|with|without)\b[^,]{1,300},\s+)?/i
const VERB =
  /\s(?:is|are|was|were|may|must|shall|will|can|could|should|would|cannot|has|have|had|does|do|did|needs?|(?:is|are|wo|ca|do|does|must|should)n['’]t)\b/i
const SUBORDINATE = /\b(?:once|if|that|which|who|when|where|unless|until|because)\b/i
/** A longer one is no mere subject. */
const LONGEST = 60

export function beginningOf(clause: string): Beginning {
  const text = clause.replace(LEAD, '')
  const end = text.search(VERB)
  const before = text.slice(0, Math.max(0, end))
  const isSubject = before !== '' && before.length <= LONGEST && !SUBORDINATE.test(before)
  return { terms: [...termsOf(text)], subject: isSubject ? termsOf(before) : undefined }
}

/**
 * What the context says of another: both know the deed, and what does it differs. Names have a rule of their own, and a word that the
 * context does not know may be another one for the same.
 */
export function subjectProblems(claim: Clause, stated: readonly Clause[], source: Source): string[] {
  const { terms, subject } = claim.beginning
  const rest = terms.slice(1).filter((term) => subject?.has(term) !== true)
  const nearest = nearestTo(rest, stated, source)
  if (nearest === undefined || nearest.weight === 0) return []
  const own = differing(claim, nearest.part, source)
  if (own.length === 0 || own.some((term) => source.places(term).length === 0)) return []
  const other = differing(nearest.part, claim, source)
  if (other.length === 0) return []
  return [`what it says of "${worded(own, claim)}", the context says of "${worded(other, nearest.part)}"`]
}

/** The part of a clause's subject that another clause has not, where that is all that comes before what both have. */
function differing(
  { beginning: { terms, subject }, names }: Clause,
  { terms: others }: Clause,
  source: Source,
): readonly string[] {
  const end = terms.findIndex((term) => others.has(term))
  const own = terms.slice(0, Math.max(0, end))
  const isSubject = subject === undefined ? isThing(own, source) : own.every((term) => subject.has(term))
  if (own.length === 0 || !isSubject) return []
  const named = source.namesOf(names).flatMap(({ name }) => name.split(' '))
  return own.some((term) => named.some((word) => word.startsWith(term))) ? [] : own
}

/** One word, or two that the context has in a row: more may be a thing and a deed. */
function isThing([first = '', second, ...more]: readonly string[], source: Source): boolean {
  return more.length === 0 && (second === undefined || source.hasPair(first, second))
}

/** As the clause writes them. */
function worded(terms: readonly string[], { text }: Clause): string {
  return contentWordsOf(text)
    .filter((word) => terms.includes(termOf(word)))
    .join(' ')
}
