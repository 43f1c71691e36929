import { sentencesOf } from '../shared/sentences.ts'
import { comparable, holds } from './answer.ts'
import type { Random } from './random.ts'
import { seededBy, shuffled } from './random.ts'
import { tokensOf } from './tokens.ts'

export interface ContextOptions {
  /** Paragraphs of prose; those that hold the needle or its answer are left out. */
  readonly pool: readonly string[]
  /** The sentence that holds the answer. */
  readonly needle: string
  /** Texts that no other sentence of the context may hold. */
  readonly answers: readonly string[]
  /** Where the needle is to stand: 0 is the beginning of the context, 1 its end. */
  readonly depth: number
  /** How many. */
  readonly documents: number
  /** The whole context is as long as whole paragraphs allow, and no longer, in tokens of `tokensOf`. */
  readonly tokens: number
  /** Sentences that resemble the needle and do not answer its question, strewn in at places that do not depend on the depth. */
  readonly distractors?: readonly string[]
  /** The same seed gives the same documents, whatever the depth. */
  readonly seed: string
}

/** A document of a context: its id is its place, `d01` to `d50`. */
export interface ContextDocument {
  readonly id: string
  readonly text: string
}

/** Tokens of a document besides its text: its tags and line feeds, at the most. */
const FRAME = 16
/** Less than this share of what was asked for is no context of that size. */
const LEAST_FILLED = 0.9

/** Id of the document in which a context has its needle. */
export function needleDocument(depth: number, documents: number): string {
  return idOf(Math.min(documents - 1, Math.floor(depth * documents)), documents)
}

/**
 * Documents of about the same length, made of a pool's paragraphs, each used at most once, with a needle at a depth.
 * @throws RangeError where the pool is too small for the tokens, or the tokens for the documents, or the depth is none
 */
export function makeContext(options: ContextOptions): readonly ContextDocument[] {
  const { needle, depth, documents, distractors = [], seed } = options
  if (!(depth >= 0 && depth <= 1)) throw new RangeError(`a depth is from 0 to 1, got ${depth}`)
  const random = seededBy(seed)
  const filled = ordered(fill(options, shuffled(clean(options), random)), random)
  for (const distractor of distractors) {
    const paragraphs = filled[Math.floor(random() * documents)] ?? []
    const at = Math.floor(random() * paragraphs.length)
    paragraphs[at] = insert(paragraphs[at] ?? '', distractor, random())
  }
  const place = Math.min(documents - 1, Math.floor(depth * documents))
  const host = (filled[place] ?? []).join('\n\n')
  return filled.map((paragraphs, index) => ({
    id: idOf(index, documents),
    text: index === place ? insert(host, needle, depth * documents - place) : paragraphs.join('\n\n'),
  }))
}

/** The documents as a prompt shows them. */
export function renderContext(documents: readonly ContextDocument[]): string {
  return documents.map(({ id, text }) => `<document id="${id}">\n${text}\n</document>`).join('\n')
}

/** @throws RangeError for a distractor that gives the answer */
function clean({ pool, needle, answers, distractors = [] }: ContextOptions): string[] {
  const given = [needle, ...answers].map(comparable)
  const gives = (text: string): boolean => given.some((answer) => holds(comparable(text), answer))
  const telling = distractors.find(gives)
  if (telling !== undefined) throw new RangeError(`a distractor gives the answer: ${telling}`)
  return pool.filter((paragraph) => !gives(paragraph))
}

/** As many paragraphs as fit into the whole, the longest first to the shortest document, so that documents come out about equally long. */
function fill(options: ContextOptions, paragraphs: readonly string[]): string[][] {
  const { documents, tokens, needle, distractors = [] } = options
  let left = tokens - documents * FRAME
  for (const sentence of [needle, ...distractors]) left -= tokensOf(` ${sentence}`)
  const taken: { text: string; cost: number }[] = []
  for (const text of paragraphs) {
    const cost = tokensOf(text) + 1
    if (cost > left) continue
    left -= cost
    taken.push({ text, cost })
  }
  if (taken.length < documents)
    throw new RangeError(
      `${tokens} tokens, or ${paragraphs.length} paragraphs, are too few for ${documents} documents`,
    )
  if (left > tokens * (1 - LEAST_FILLED))
    throw new RangeError(`the pool has only ${tokens - left} of the ${tokens} tokens that are asked for`)
  const filled = Array.from({ length: documents }, () => ({ own: [] as string[], length: 0 }))
  for (const { text, cost } of taken.toSorted((a, b) => b.cost - a.cost)) {
    const shortest = filled.reduce((least, document) => (document.length < least.length ? document : least))
    shortest.own.push(text)
    shortest.length += cost
  }
  return filled.map(({ own }) => own)
}

/** One of the longer half beside one of the shorter half, all else by chance: depth by documents is to be depth by length. */
function ordered(documents: readonly string[][], random: Random): string[][] {
  const lengthOf = (paragraphs: readonly string[]): number => paragraphs.join('').length
  const byLength = documents.toSorted((a, b) => lengthOf(b) - lengthOf(a))
  const half = Math.ceil(documents.length / 2)
  const short = shuffled(byLength.slice(half), random)
  return shuffled(byLength.slice(0, half), random)
    .flatMap((long, index) => shuffled([long, ...short.slice(index, index + 1)], random))
    .map((paragraphs) => shuffled(paragraphs, random))
}

/** Between two sentences, at the beginning or at the end: wherever is nearest to the share of the text. */
function insert(text: string, sentence: string, share: number): string {
  const ends = [0, ...sentencesOf(text).map(({ end }) => end)]
  const target = share * text.length
  const at = ends.reduce((best, end) => (Math.abs(end - target) < Math.abs(best - target) ? end : best), 0)
  if (at === 0) return `${sentence} ${text}`
  return `${text.slice(0, at)} ${sentence}${text.slice(at)}`
}

function idOf(index: number, documents: number): string {
  return `d${String(index + 1).padStart(String(documents).length, '0')}`
}
