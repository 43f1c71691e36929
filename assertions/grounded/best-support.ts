import { Recent } from '../shared/recent.ts'
import type { Source, SourceSentence } from './source.ts'
import { statementOf, type Statement } from './statement.ts'
import { overlapOf, supportBy, type Support } from './support.ts'

/** Sentences of the context that a claim is compared with closely, with their neighbours. */
const MOST_COMPARED = 5
const MOST_SCANNED = 2000

/** What the context does for a claim. */
export interface Finding {
  readonly isSupported: boolean
  /** A judge decided. */
  readonly isJudged?: boolean
  /** The passage that has most of what the claim is about; absent where none has any. */
  readonly nearest?: Support
  /** The one that has most of those with which the claim has no problem. */
  readonly unopposed?: Support
}

/** Shares of a claim's words, by weight. */
export interface Thresholds {
  /** From here on a passage that the claim has no problem with supports it. */
  readonly overlap: number
  /** From here on such a passage is worth asking a judge about; `overlap` where there is none. */
  readonly unsure: number
}

/** What was found out of a context: columns and repeats of a case often claim the same. */
const known = new WeakMap<Source, Recent<Finding>>()

/**
 * Looks for one to two adjacent sentences that support a claim; where there are none and the claim has several clauses, for such of each.
 * @param document the only one that counts, by its place
 */
export function bestSupport(
  claim: Statement,
  source: Source,
  thresholds: Thresholds,
  document?: number,
): Finding {
  let findings = known.get(source)
  if (findings === undefined) known.set(source, (findings = new Recent(2000)))
  const key = JSON.stringify([document ?? null, thresholds.overlap, thresholds.unsure, claim.text])
  return findings.get(key, () => {
    const whole = lookUp(claim, source, thresholds, document)
    if (whole.isSupported || claim.clauses.length < 2 || hasForeignFact(claim, source)) return whole
    const parts = claim.clauses.map(({ text }) => statementOf(text))
    const isSupported = parts.every((part) => lookUp(part, source, thresholds, document).isSupported)
    return isSupported ? { ...whole, isSupported } : whole
  })
}

/** Whether a document supports a clause of a claim at least. */
export function supportsPart(
  claim: Statement,
  source: Source,
  thresholds: Thresholds,
  document: number,
): boolean {
  return claim.clauses.some(({ text }) => lookUp(statementOf(text), source, thresholds, document).isSupported)
}

function lookUp(
  claim: Statement,
  source: Source,
  { overlap, unsure }: Thresholds,
  document: number | undefined,
): Finding {
  let nearest: Support | undefined
  let unopposed: Support | undefined
  /** Of those that have too little of the claim to matter: the likeliest. */
  let slight: { readonly window: readonly SourceSentence[]; readonly overlap: number } | undefined
  let opposed = 0
  for (const window of windowsFor(claim, source, document)) {
    const share = overlapOf(claim, window, source)
    if (share < unsure) {
      if (slight === undefined || share > slight.overlap) slight = { window, overlap: share }
      continue
    }
    const support = supportBy(claim, window, source, share)
    const hasProblems = support.problems.length > 0
    // A passage that is nearer, and says the opposite, is not outweighed by one that says less of it.
    if (support.isOpposed) opposed = Math.max(opposed, share)
    if (!hasProblems && share >= Math.max(overlap, opposed)) return { isSupported: true, nearest: support }
    if (nearest === undefined || isBetter(support, nearest)) nearest = support
    const isOpen = !hasProblems && share >= opposed
    if (isOpen && (unopposed === undefined || isBetter(support, unopposed))) unopposed = support
  }
  if (nearest === undefined && slight !== undefined)
    nearest = supportBy(claim, slight.window, source, slight.overlap)
  return {
    isSupported: false,
    ...(nearest === undefined ? {} : { nearest }),
    ...(unopposed === undefined ? {} : { unopposed }),
  }
}

function isBetter(a: Support, b: Support): boolean {
  if (a.overlap !== b.overlap) return a.overlap > b.overlap
  return a.problems.length < b.problems.length
}

/** The likeliest sentences first, each alone, then with the one behind and the one before it. */
function* windowsFor(
  claim: Statement,
  source: Source,
  document: number | undefined,
): Generator<readonly SourceSentence[]> {
  const likeliest = candidates(claim, source, document)
  // What states a fact from nowhere is supported by no passage: the nearest is looked up for the note.
  const compared = hasForeignFact(claim, source) ? likeliest.slice(0, 1) : likeliest
  for (const at of compared) {
    const [before, own, behind] = [source.sentences[at - 1], source.sentences[at], source.sentences[at + 1]]
    if (own === undefined) continue
    yield [own]
    if (behind?.document === own.document) yield [own, behind]
    if (before?.document === own.document) yield [before, own]
  }
}

function hasForeignFact({ clauses }: Statement, source: Source): boolean {
  return clauses.some(
    ({ numbers, dates, names }) =>
      numbers.some((number) => !number.isArticle && !source.hasNumber(number)) ||
      dates.some((date) => !source.hasDate(date)) ||
      names.some(({ name, isFirst }) => !isFirst && !source.hasName(name)),
  )
}

function candidates(claim: Statement, source: Source, document: number | undefined): number[] {
  const isMeant = (at: number): boolean =>
    document === undefined || source.sentences[at]?.document === document
  if (claim.terms.size === 0) {
    return source.sentences
      .map((_, at) => at)
      .filter(isMeant)
      .slice(0, MOST_SCANNED)
  }
  const weights = new Map<number, number>()
  for (const term of claim.terms) {
    const weight = source.weight(term)
    for (const at of source.places(term)) if (isMeant(at)) weights.set(at, (weights.get(at) ?? 0) + weight)
  }
  return [...weights]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, MOST_COMPARED)
    .map(([at]) => at)
}
