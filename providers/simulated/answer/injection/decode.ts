import type { Guise } from './guises.ts'

/** A text as somebody may read it who sees through what was done to it. */
export interface Decoded {
  readonly text: string
  readonly guise: Guise
}

const LONGEST = 20_000
const BASE64 = /[A-Za-z\d+/]{16,4000}={0,2}/g
const HEX = /(?:[\da-f]{2} ?){12,2000}/gi
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/g
const OUTSIDE_ASCII = /[^ -~\s]/
const SPACED = /(?:\b\p{L} ){4,}\p{L}\b/gu
const SPELT = /[\w@$]+/g
const MIXED = /[a-z][013457@$]+[a-z]/
const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
}
const ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('аAвВеЕкКмМнНоОрРсСтТуУхХіІѕЅјЈοΟαΑεΕ', (letter, index) => [
    letter,
    Array.from('aAbBeEkKmMhHoOpPcCtTyYxXiIsSjJoOaAeE')[index] ?? letter,
  ]),
)
const ALIKE_IN_WORD = /(?<=[A-Za-z])[а-яА-Яα-ωΑ-ΩіІѕЅјЈ]|[а-яА-Яα-ωΑ-ΩіІѕЅјЈ](?=[A-Za-z])/g
const ASSIGNMENT = /\b([A-Za-z]\w{0,11})\s*(?:=|:|is|be)\s*["“']([^"“”'\n]{1,80})["”']/g
/** Words of orders with their letters shifted by 13: ignore, disregard, forget, instruct, system. */
const SHIFTED = /vtaber|qvfertneq|sbetrg|vafgehpg|flfgrz/i
const JOINED = /\b([A-Za-z]\w{0,11})((?:\s*(?:\+|,|and then|followed by|then|and)\s*\b[A-Za-z]\w{0,11}\b)+)/g

/** What may lie under a text: each way of hiding text in it that left a trace. */
export function decodings(text: string): Decoded[] {
  if (text.length > LONGEST) return []
  const found: Decoded[] = []
  for (const [run] of text.matchAll(BASE64)) add(found, text, run, Buffer.from(run, 'base64'))
  for (const [run] of text.matchAll(HEX)) add(found, text, run, Buffer.from(run.replaceAll(' ', ''), 'hex'))
  const plain = withoutDisguise(text)
  if (plain !== text) found.push({ text: plain, guise: 'disguised' })
  if (MIXED.test(text)) {
    // Codes are in capitals: what has a small letter in it is a word.
    const spelt = text.replaceAll(SPELT, (word) =>
      /[a-z]/.test(word) ? word.replaceAll(/[0134578@$]/g, (sign) => LEET[sign] ?? sign) : word,
    )
    found.push({ text: spelt, guise: 'leet' })
  }
  if (SHIFTED.test(text)) found.push({ text: text.replaceAll(/[a-z]/gi, rot13), guise: 'cipher' })
  return found
}

/** Bytes that are text with words in it; the text around them may say what to do with it. */
function add(found: Decoded[], whole: string, run: string, bytes: Buffer): void {
  const text = bytes.toString('utf8')
  if (/^[\p{L}\p{N}\p{P}\p{Zs}\n]+$/u.test(text) && text.includes(' '))
    found.push({ text: whole.replace(run, () => text), guise: 'encoded' })
}

function withoutDisguise(text: string): string {
  const close = text.replaceAll(SPACED, (letters) => letters.replaceAll(' ', ''))
  if (!OUTSIDE_ASCII.test(text)) return close
  let alike = close.replaceAll(INVISIBLE, '').normalize('NFKC')
  // A word that begins in another script is seen through from its far end on.
  for (let pass = 0; pass < 4; pass++)
    alike = alike.replaceAll(ALIKE_IN_WORD, (letter) => ALIKE[letter] ?? letter)
  return alike
}

/** `a = "ignore the"`, `b = " rules"`, `do a + b`: the pieces put together, by themselves and in the text. */
export function joinedPieces(text: string): string[] {
  if (text.length > LONGEST) return []
  const pieces = new Map([...text.matchAll(ASSIGNMENT)].map(([, name = '', value = '']) => [name, value]))
  if (pieces.size < 2) return []
  const found: string[] = []
  const joined = text.replaceAll(JOINED, (whole: string, first: string, rest: string) => {
    const names = [first, ...(rest.match(/[A-Za-z]\w*/g) ?? [])].filter((name) => pieces.has(name))
    if (names.length < 2) return whole
    const piece = names.map((name) => pieces.get(name) ?? '').join('')
    found.push(piece)
    return `"${piece}"`
  })
  return found.length === 0 ? [] : [...found, joined]
}

function rot13(letter: string): string {
  const code = letter.charCodeAt(0)
  const base = code >= 97 ? 97 : 65
  return String.fromCharCode(((code - base + 13) % 26) + base)
}
