import type { Clause } from './clause.ts'
import { dateProblems, numberProblems } from './figure-problems.ts'
import { nameProblems } from './name-problems.ts'
import { nearestTo, type Nearest } from './nearest.ts'
import { modifierProblems } from './modifiers.ts'
import { contradicts, denialOf } from './negation.ts'
import { oppositeIn } from './opposites.ts'
import { areSwapped } from './order.ts'
import { hasQuote } from './quotes.ts'
import type { Source, SourceSentence } from './source.ts'
import type { Statement } from './statement.ts'
import { subjectProblems } from './subject.ts'

/** What a passage of the context does for a claim. */
export interface Support {
  /** 0 to 1: how much of what the claim is about the passage has, by weight. */
  readonly overlap: number
  /** What the claim says and the passage does not, or denies: "the number 45 is not in the context". */
  readonly problems: readonly string[]
  /** The passage denies what the claim says, or says its opposite. */
  readonly isOpposed: boolean
  readonly window: readonly SourceSentence[]
}

/**
 * A claim against one to two sentences of the context. @param overlap what they have of it, as `overlapOf` says
 */
export function supportBy(
  claim: Statement,
  window: readonly SourceSentence[],
  source: Source,
  overlap: number,
): Support {
  const stated = window.flatMap(({ clauses }) => clauses)
  const absences: string[] = []
  const oppositions = modifierProblems(claim, window, source)
  for (const clause of claim.clauses) {
    const nearest = nearestTo(clause.terms, stated, source)
    absences.push(...absencesOf(clause, stated, nearest, window, source))
    if (nearest !== undefined) oppositions.push(...oppositionsOf(clause, nearest.part, stated, source))
  }
  const quotes = claim.quotes
    .filter((quote) => !hasQuote(quote, source.quotable))
    .map(({ text }) => `the words ${text.slice(0, 80)} are not in the context as they are quoted`)
  const problems = [...absences, ...oppositions, ...quotes]
  return { overlap, problems, isOpposed: oppositions.length > 0, window }
}

/** 0 to 1: how much of what a claim is about a passage has, by weight. */
export function overlapOf(claim: Statement, window: readonly SourceSentence[], source: Source): number {
  const [first, second] = window
  let [all, found] = [0, 0]
  for (const term of claim.terms) {
    const weight = source.weight(term)
    all += weight
    if (first?.terms.has(term) === true || second?.terms.has(term) === true) found += weight
    else if (isAlias(term, claim, window, source)) found += weight
  }
  return all === 0 ? 1 : found / all
}

/** A word of a name that the passage has under another: Acme Ltd, where it says "the Supplier". */
function isAlias(term: string, claim: Statement, window: readonly SourceSentence[], source: Source): boolean {
  return claim.clauses.some(({ names }) =>
    names.some(
      ({ name }) =>
        name.split(' ').some((word) => word.startsWith(term)) &&
        source.aliasesOf(name).some((alias) => window.some(({ line }) => line.includes(` ${alias} `))),
    ),
  )
}

/** What the claim says and the passage does not. */
function absencesOf(
  clause: Clause,
  stated: readonly Clause[],
  nearest: Nearest<Clause> | undefined,
  window: readonly SourceSentence[],
  source: Source,
): string[] {
  return [
    ...numberProblems(clause, stated, nearest, source),
    ...dateProblems(clause, stated, nearest, source),
    ...nameProblems(clause, stated, window, source),
  ]
}

/** What the passage says against the claim. */
function oppositionsOf(clause: Clause, nearest: Clause, stated: readonly Clause[], source: Source): string[] {
  const problems = subjectProblems(clause, stated, source)
  const opposed = contradicts(clause.polarity, clause.terms, nearest.polarity, nearest.terms)
    ? nearest
    : denialOf(clause, stated)
  if (opposed !== undefined) problems.push(`the context says the opposite: "${excerpt(opposed.text)}"`)
  // The turn itself is in dispute: it does not tell which clause speaks of the same.
  const isTurned = clause.matter !== clause.terms
  const spoken = isTurned ? (nearestTo(clause.matter, stated, source)?.part ?? nearest) : nearest
  const opposite = oppositeIn(clause.sides, spoken.sides)
  if (opposite !== undefined) problems.push(`it says "${opposite.claimed}", the context "${opposite.stated}"`)
  if (areSwapped(clause, nearest, source)) problems.push('the names have changed places in it')
  return problems
}

function excerpt(clause: string): string {
  const text = clause.replace(/^[\s,;:]+/, '')
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
