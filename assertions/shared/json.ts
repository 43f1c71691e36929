import { MOST_LEVELS, isTooDeep } from './json-depth.ts'
import type { JsonFault } from './json-fault.ts'
import { readJson } from './json-read.ts'
import { longestPiece } from './json-pieces.ts'

/** `strict`: the reply is JSON and nothing else; `fenced`: it stood in a code fence; `prose`: it stood among words. */
export type JsonPlace = 'strict' | 'fenced' | 'prose'

export interface FoundJson {
  readonly value: unknown
  readonly how: JsonPlace
}

export interface NoJson {
  /** Fit to be told to a model: what is wrong, and where. */
  readonly error: string
  /** Offset into the reply, in UTF-16 units. */
  readonly at?: number
}

/**
 * The JSON value in a reply. Among several in fences or in words, the longest decides; a part of a broken one is never taken. Duplicate
 * keys and more than 500 levels are errors. Linear in time, on any text.
 */
export function parseReplyJson(text: string): FoundJson | NoJson {
  if (text.trim() === '') return { error: 'the reply is empty, JSON was expected' }
  const whole = readJson(text)
  if ('value' in whole) return { value: whole.value, how: 'strict' }
  if (whole.fault.isJson) return told(whole.fault, text, 0)
  const piece = longestPiece(text)
  if (piece === undefined)
    return /^\s*[[{]/.test(text) ? told(whole.fault, text, 0) : { error: 'there is no JSON in the reply' }
  const read = readJson(text.slice(piece.start, piece.end))
  return 'value' in read ? { value: read.value, how: piece.how } : told(read.fault, text, piece.start)
}

/** A reply of any type: what a provider handed over as a value is taken as it is. */
export function replyJson(output: unknown): FoundJson | NoJson {
  if (typeof output === 'string') return parseReplyJson(output)
  if (output === undefined || output === null) return parseReplyJson('')
  if (isTooDeep(output)) return { error: `the JSON is nested deeper than ${MOST_LEVELS} levels` }
  return { value: output, how: 'strict' }
}

function told({ says, at }: JsonFault, text: string, start: number): NoJson {
  const offset = start + at
  const before = text.slice(0, offset).split('\n')
  return { error: `${says} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`, at: offset }
}
