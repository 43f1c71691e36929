import { ownWords } from './prose.ts'
import { REFUSAL_PHRASES } from './refusal-phrases.ts'

/** A sentence that refuses, by its offsets, and the words in it that do. */
export interface Refusal {
  readonly start: number
  readonly end: number
  readonly phrase: string
}

/** A reply that refuses says so early: further in, a refusal is a matter of detail. */
const LOOKED_AT = 8_000
const LONGEST_SENTENCE = 600

const APOSTROPHE = /[’‘‛ʼʹ´′＇]/g
const SENTENCE = /[^.!?\n]+[.!?]*/g
/** "Tell me if I can't help" refuses nothing. */
const CONDITION =
  /\b(?:if|when|whenever|unless|whether|in case|wenn|(?<!\b(?:that|this|it|which|request) )falls|ob|si|se|als|indien)\s+\W?$/iu

/**
 * The words with which a reply refuses to do what it was asked; undefined where it does not. English, German, French, Spanish,
 * Italian, Portuguese and Dutch. Quoted words and code do not count. Not being able to find something is no refusal.
 */
export function refusalIn(text: string): string | undefined {
  return refusalsIn(text)[0]?.phrase
}

/** Every sentence of a reply that refuses, in order. */
export function refusalsIn(text: string): readonly Refusal[] {
  const head = text
    .slice(0, LOOKED_AT)
    .replaceAll(APOSTROPHE, "'")
    .replaceAll(/[\u00a0\u202f\t]/g, ' ')
  return Array.from(wordsOfItsOwn(head).matchAll(SENTENCE)).flatMap(({ 0: sentence, index }) => {
    const at = refusingPart(sentence.slice(0, LONGEST_SENTENCE))
    if (at === undefined) return []
    const phrase = text.slice(index + at.start, index + at.end)
    return [{ start: index, end: index + sentence.length, phrase }]
  })
}

/** A reply that is one quotation or JSON all through is still the model's word. */
function wordsOfItsOwn(text: string): string {
  if (/^\s*[{[]/.test(text)) return text
  const own = ownWords(text)
  return /\p{L}/u.test(own) ? own : text
}

function refusingPart(sentence: string): { readonly start: number; readonly end: number } | undefined {
  for (const phrases of REFUSAL_PHRASES) {
    for (const { 0: phrase, index } of sentence.matchAll(phrases))
      if (!CONDITION.test(sentence.slice(0, index))) return { start: index, end: index + phrase.length }
  }
  return undefined
}
