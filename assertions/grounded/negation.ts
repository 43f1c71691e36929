import { wordsOf } from '../shared/words.ts'
import type { Clause } from './clause.ts'
import { termOf } from './terms.ts'

/** Turns of phrase with a "not" that denies nothing, or denies a limit. */
const IDIOMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:no|not) (?:later|longer) than\b/g, ' by '],
  [/\b(?:no|not) (?:more|greater|higher) than\b|\bnot (?:to )?exceed(?:ing)?\b|\bup to\b/g, ' atmost '],
  [/\b(?:no|not) (?:less|fewer|lower) than\b/g, ' atleast '],
  [
    /\bnot only\b|\bwhether or not\b|\bno\.\s?(?=\d)|\bnot limited to\b|\bno doubt\b|\bnotwithstanding\b/g,
    ' ',
  ],
  [
    /\b(?:is|are) (?:(?!not\b)\w+ ){0,2}free(?: of charge)?\b(?! (?:to|from|of)\b)|\bcosts? nothing\b|\bat no (?:extra |additional )?(?:cost|charge)\b/g,
    ' gratis ',
  ],
  [/(?<!\p{L})(\p{L}{1,30})-free\b/gu, ' no $1 '],
]
const NEGATORS: ReadonlySet<string> = new Set(
  'not no never none neither nor cannot nobody nothing'.split(' '),
)
/** Deny all of their clause, what stands before them too. */
const DENIALS: ReadonlySet<string> = new Set(
  `prohibit prohibits prohibited forbid forbids forbidden bar barred ban banned unable exempt exempted excluded excludes exclude refuses
  refused denied denies void invalid waived waives lacks lack fails failed impossible`.split(/\s+/),
)
const STOPS: ReadonlySet<string> = new Set(['but', 'however', 'although', 'because', 'and'])
/** Denied by "free" and "costs nothing". */
const COST = termOf('cost')
/** How many words of matter a "not" reaches. */
const REACH = 3

/** What a clause denies. */
export interface Polarity {
  /** Denied an odd number of times. */
  readonly isNegative: boolean
  readonly denied: ReadonlySet<string>
  /** What stands right behind a "not". */
  readonly heads: ReadonlySet<string>
  /** What stands right behind a "no": there is none of it. */
  readonly none: ReadonlySet<string>
}

const AFFIRMED: Polarity = { isNegative: false, denied: new Set(), heads: new Set(), none: new Set() }
const MAYBE =
  /free|nothing|n't\b|\bno|never|\bneither|without|cannot|prohibit|forbid|\bbar|\bban|unable|exempt|exclude|refuse|denie|void|invalid|waive|lack|fail|impossible/

/** @param isMatter whether a word carries matter, by its term */
export function polarityOf(clause: string, terms: ReadonlySet<string>): Polarity {
  const lower = clause.toLowerCase().replaceAll('’', "'")
  const words = MAYBE.test(lower) ? wordsOf(withoutIdioms(lower)) : []
  if (words.length === 0) return AFFIRMED
  const denied = new Set<string>()
  const [heads, none] = [new Set<string>(), new Set<string>()]
  let last = ''
  let [count, reach] = [0, 0]
  for (const word of words) {
    if (word === 'without') [count, reach] = [count + 1, 1]
    else if (NEGATORS.has(word) || word.endsWith("n't")) [count, reach, last] = [count + 1, REACH, word]
    else if (word === 'gratis') {
      count++
      if (terms.has(COST)) toggle(denied, COST)
    } else if (STOPS.has(word)) reach = 0
    else if (DENIALS.has(word)) {
      count++
      for (const term of terms) toggle(denied, term)
    } else if (reach > 0) {
      const term = termOf(word)
      if (!terms.has(term)) continue
      if (reach === REACH) heads.add(term)
      if (reach === REACH && last === 'no') none.add(term)
      toggle(denied, term)
      reach--
    }
  }
  return { isNegative: count % 2 === 1, denied, heads, none }
}

/** Whether two clauses about the same deny different things. */
export function contradicts(
  claim: Polarity,
  claimTerms: ReadonlySet<string>,
  stated: Polarity,
  statedTerms: ReadonlySet<string>,
): boolean {
  if (claim === AFFIRMED && stated === AFFIRMED) return false
  const differs = (term: string): boolean => claim.denied.has(term) !== stated.denied.has(term)
  if (claim.isNegative !== stated.isNegative) {
    return [...claimTerms].some((term) => statedTerms.has(term) && differs(term))
  }
  const isTurned = [...claim.heads].some((head) => statedTerms.has(head) && !stated.denied.has(head))
  return isTurned && [...stated.heads].every((head) => !claim.denied.has(head))
}

/** Where a passage says that there is none of what a claim speaks of, in whatever clause: "no dogs" for "keep a dog". */
export function denialOf(claim: Clause, stated: readonly Clause[]): Clause | undefined {
  const isGone = (term: string): boolean =>
    claim.terms.has(term) &&
    !claim.polarity.denied.has(term) &&
    stated.every(({ terms, polarity }) => !terms.has(term) || polarity.denied.has(term))
  return stated.find(({ polarity }) => polarity.none.size > 0 && [...polarity.none].some(isGone))
}

function withoutIdioms(text: string): string {
  let made = text
  for (const [idiom, plain] of IDIOMS) made = made.replaceAll(idiom, plain)
  return made
}

function toggle(set: Set<string>, term: string): void {
  if (!set.delete(term)) set.add(term)
}
