import { contentWords, sentencesOf } from './text.ts'

/** What can be seen of an answer without understanding it. */
export interface Signs {
  /** Share of the telling words of the reference, else of the question, that it has: 0 to 1. */
  readonly coverage: number
  /** Numbers it gives that neither reference nor question has. */
  readonly strayNumbers: readonly string[]
  /** Clauses that say the opposite of one of the reference: negated where that is not, or the other way round. */
  readonly opposed: number
  /** Courtesies: 0 to 1. */
  readonly courtesy: number
  /** Doublings of length beyond 200 characters; negative below. */
  readonly doublings: number
}

/** Words of the reference that the question has already tell less. */
const ASKED_ALREADY = 0.25
/** Two people say the same with about this share of the same words. */
const SAME_IN_OTHER_WORDS = 0.75
const SAME_CLAUSE = 0.6
const FEWEST_WORDS = 2
const USUAL_LENGTH = 200

const NEGATION = /\b(?:no|not|never|none|cannot|without|neither|nor)\b|n['’]t\b/i
const COURTESY =
  /\b(?:thank(?:s| you)|please|sorry|apologi[sz]e|apologies|happy to|glad to|welcome|appreciate|kind|dear|hello|hi|pleasure|hope (?:this|that))\b/gi

export function readSigns(answer: string, question: string, reference: string): Signs {
  const asked = new Set(contentWords(question))
  const wanted = new Set(contentWords(reference === '' ? question : reference))
  const said = new Set(contentWords(answer))
  let [covered, whole] = [0, 0]
  for (const word of wanted) {
    const weight = reference !== '' && asked.has(word) ? ASKED_ALREADY : 1
    whole += weight
    if (said.has(word)) covered += weight
  }
  const known = new Set(numbersOf(`${reference} ${question}`))
  return {
    coverage: whole === 0 ? 0 : Math.min(1, covered / whole / SAME_IN_OTHER_WORDS),
    strayNumbers: reference === '' ? [] : numbersOf(answer).filter((number) => !known.has(number)),
    opposed: opposedClauses(answer, reference),
    courtesy: Math.min(1, (answer.match(COURTESY) ?? []).length / 3),
    doublings: Math.log2(Math.max(20, answer.length) / USUAL_LENGTH),
  }
}

function opposedClauses(answer: string, reference: string): number {
  const theirs = clausesOf(reference)
  const isOpposed = (clause: Clause): boolean => {
    const alike = theirs
      .map((other) => ({ other, share: shared(clause.words, other.words) }))
      .toSorted((a, b) => b.share - a.share)[0]
    return alike !== undefined && alike.share >= SAME_CLAUSE && alike.other.negated !== clause.negated
  }
  return clausesOf(answer).filter(isOpposed).length
}

interface Clause {
  readonly words: ReadonlySet<string>
  readonly negated: boolean
}

function clausesOf(text: string): Clause[] {
  return sentencesOf(text)
    .flatMap((sentence) => sentence.split(/[,;:]\s/))
    .map((clause) => ({ words: new Set(contentWords(clause)), negated: NEGATION.test(clause) }))
    .filter(({ words }) => words.size >= FEWEST_WORDS)
}

/** Of the shorter one's words. */
function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const both = [...left].filter((word) => right.has(word)).length
  return both / Math.max(1, Math.min(left.size, right.size))
}

function numbersOf(text: string): string[] {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((number) => number.replaceAll(',', ''))
}
