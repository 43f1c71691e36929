import { messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'

/** Why a text is no JSON. */
export interface JsonMistake {
  /** True where it ended too early. */
  readonly isCutOff: boolean
  /** In the parser's words. */
  readonly said: string
  readonly at: SourceLocation
}

/**
 * @param name what the text is called: a path, or `REV:path`
 * @param cause what `JSON.parse` threw
 */
export function jsonMistake(text: string, name: string, cause: unknown): JsonMistake {
  const [said = '', place] = messageOf(cause).split(' in JSON at position ')
  const position = place === undefined ? 0 : Number.parseInt(place, 10)
  const isCutOff = /^(?:Unexpected end|Unterminated string)/.test(said) || position >= text.trimEnd().length
  return { isCutOff, said, at: placeAt(text, name, isCutOff ? text.length : position) }
}

/** Line and column of an offset. */
export function placeAt(text: string, file: string, offset: number): SourceLocation {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 }
}
