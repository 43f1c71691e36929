import type { CitationIds } from './citation-ids.ts'
import type { Span } from './span.ts'

/** A citation in a text: `cited` as it is written, `document` the place of the one it names, undefined where there is none. */
export interface Citation extends Span {
  readonly cited: string
  readonly document: number | undefined
}

/** `[doc-1]`, `[1, 2]`, `【1】`, `(source: terms)`, `(doc-1)`; the text of a link is none. */
const CITATION =
  /\[([^[\]\n]{1,80})\](?!\()|【([^【】\n]{1,80})】|\((?:sources?|citations?|ref(?:erence)?s?):?\s+([^()\n]{1,80})\)|\((?:see\s)?([^()\n]{1,60})\)/gi
const LIKE_AN_ID = /^(?:\^?\d{1,3}|\p{L}+[\s#]{0,2}\d{1,6}|[\p{L}\p{N}]+(?:[-_.:#/][\p{L}\p{N}]+)+)$/u
const RANGE = /^(\d{1,3})\s?[-–]\s?(\d{1,3})$/
const LONGEST_RANGE = 20

/** The citations in a text, in order. In brackets and after "source:", what looks like an id counts, in plain parentheses only one that there is. */
export function citationsIn(text: string, ids: CitationIds): Citation[] {
  if (!/[[(【]/.test(text)) return []
  return Array.from(text.matchAll(CITATION)).flatMap(
    ({ 0: whole, 1: bracket, 2: lens, 3: source, 4: plain, index }) => {
      const cited = partsOf(bracket ?? lens ?? source ?? plain ?? '', ids)
      const isCitation =
        plain === undefined
          ? cited.every(
              (part) => source !== undefined || LIKE_AN_ID.test(part) || ids.resolve(part) !== undefined,
            )
          : cited.every((part) => ids.named(part) !== undefined && !/^\d+$/.test(part))
      if (!isCitation) return []
      const [start, end] = [index, index + whole.length]
      return cited.map((part) => ({ start, end, cited: part, document: ids.resolve(part) }))
    },
  )
}

function partsOf(inner: string, ids: CitationIds): string[] {
  if (ids.named(inner) !== undefined) return [inner.trim()]
  return inner
    .split(/[,;]|\sand\s/)
    .map((part) => part.trim().replace(/^\^/, ''))
    .filter((part) => part !== '')
    .flatMap((part) => (ids.named(part) === undefined ? expanded(part) : [part]))
}

function expanded(part: string): string[] {
  const [, first, last] = RANGE.exec(part) ?? []
  const [from, to] = [Number(first), Number(last)]
  if (!(to > from) || to - from > LONGEST_RANGE) return [part]
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at))
}
