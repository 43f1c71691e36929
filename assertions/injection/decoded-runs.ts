import { foldText } from './fold.ts'

/** A run of characters that may be an encoded text, by its offsets. */
export interface DecodedRun {
  readonly start: number
  readonly end: number
  readonly form: 'in base64' | 'in hex'
  readonly text: string
  /** The letters and digits of `text`. */
  readonly folded: string
}

/** Of both alphabets, in lines as long as mail has them; seven characters hold the five letters of the shortest canary. */
const BASE64 = /(?:[A-Za-z\d+/_-]{60,76}\r?\n)*[A-Za-z\d+/_-]{7,}={0,2}/g
/** Pairs, also as `\x41`, `0x41`, `%41`, with a blank, comma or colon between. */
const HEX = /(?:(?:\\x|0x|%)?[\da-f]{2}[ ,:]{0,2}){5,2000}/gi
const BETWEEN_PAIRS = /\\x|0x|[% ,:]/gi

/** Decodes whatever looks encoded; ordinary words do too, and decode to rubbish. */
export function decodedRuns(text: string): DecodedRun[] {
  return [
    ...runsOf(text, BASE64, 'in base64', (run) => Buffer.from(run, 'base64')),
    ...runsOf(text, HEX, 'in hex', (run) => Buffer.from(run.replaceAll(BETWEEN_PAIRS, ''), 'hex')),
  ]
}

function runsOf(
  text: string,
  pattern: RegExp,
  form: DecodedRun['form'],
  decode: (run: string) => Buffer,
): DecodedRun[] {
  return Array.from(text.matchAll(pattern), ({ 0: run, index: start }) => {
    const decoded = decode(run).toString('utf8')
    return { start, end: start + run.length, form, text: decoded, folded: foldText(decoded) }
  })
}
