import { sentencesOf } from '../shared/sentences.ts'
import { wordsOf } from '../shared/words.ts'
import type { Unit } from './config.ts'
import { tokensIn } from './tokens.ts'

/** How long a text is, in each unit. */
export const COUNTS: Readonly<Record<Unit, (text: string) => number | Promise<number>>> = {
  characters: codePoints,
  words: (text) => wordsOf(text).length,
  sentences: (text) => sentencesOf(text).length,
  lines: (text) => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length,
  tokens: tokensIn,
}

/** Unicode code points, the blanks around the text left out. */
function codePoints(text: string): number {
  const trimmed = text.trim()
  return trimmed.length - (trimmed.match(/[\u{10000}-\u{10ffff}]/gu)?.length ?? 0)
}
