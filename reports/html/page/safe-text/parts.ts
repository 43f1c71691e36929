import { type DataUri, findDataUri } from './data-uri.ts'
import { type Segment, segmentsOf } from './marks.ts'

/** What is laid out at once: UTF-16 units, and marks, each of which is an element. */
const PART = { units: 6_000, marks: 200 }

/** Of a mark, or of data that is folded away, in UTF-16 units of plain text. */
const ELEMENT_COST = 120

/** A piece of a text that is shown in one go: text, or data that is folded away. */
export interface Part {
  readonly from: number
  readonly to: number
  readonly segments: readonly Segment[]
  readonly data?: DataUri
  /** What laying it out takes, in UTF-16 units of plain text. */
  readonly cost: number
}

/** The part of a text that starts at `from`. Ends after a line where one ends in its second half. */
export function partAt(text: string, from: number, foldsData = true): Part {
  const data = foldsData ? findDataUri(text, from, from + PART.units) : undefined
  if (data?.from === from) return { from, to: data.to, segments: [], data, cost: ELEMENT_COST }
  const to = endOf(text, from, Math.min(from + PART.units, data?.from ?? text.length))
  return partOf(from, segmentsOf(text.slice(from, to), PART.marks))
}

/** The parts of a text from `from` on, until they cost as much as `most` or it ends. */
export function partsOf(text: string, from: number, most: number, foldsData = true): Part[] {
  const parts: Part[] = []
  let spent = 0
  for (let at = from; at < text.length && spent < most;) {
    const part = partAt(text, at, foldsData)
    parts.push(part)
    spent += part.cost
    at = part.to
  }
  return parts
}

function endOf(text: string, from: number, most: number): number {
  if (most >= text.length) return text.length
  const line = text.lastIndexOf('\n', most - 1) + 1
  if (line > from + (most - from) / 2) return line
  const splitsPair =
    /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(most))
  return splitsPair && most - 1 > from ? most - 1 : most
}

function partOf(from: number, segments: readonly Segment[]): Part {
  let [to, cost] = [from, 0]
  for (const segment of segments) {
    const { length } = typeof segment === 'string' ? segment : segment.original
    to += length
    cost += typeof segment === 'string' ? length : ELEMENT_COST
  }
  return { from, to, segments, cost }
}
