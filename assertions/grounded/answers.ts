import { readPath } from '../retrieval/json-path.ts'
import { replyJson } from '../shared/json.ts'
import { replyText } from '../shared/reply-text.ts'

/** An answer in a reply, and how its offsets are those of the reply; `toReply` is absent where it cannot be found there. */
export interface Answer {
  readonly text: string
  readonly toReply: ((offset: number) => number) | undefined
  /** Citations that stand beside it, in a field of their own. */
  readonly cited: readonly string[]
  /** A null in JSON: it says that there is no answer. */
  readonly isNull: boolean
}

interface Found {
  readonly value: unknown
  readonly way: readonly (string | number)[]
}

/**
 * The answers of a reply: all of it, or what stands at paths of its JSON. A citation at `citationPath` belongs to the answers it shares
 * the longest way with: `claims[].sources[]` to the `claims[].text` of the same claim.
 */
export function answersOf(
  output: unknown,
  paths: readonly string[],
  citationPath: string | undefined,
): readonly Answer[] | { readonly problem: string } {
  const reply = replyText(output)
  if (paths.length === 0) return [{ text: reply, toReply: (offset) => offset, cited: [], isNull: false }]
  const json = replyJson(output)
  if ('error' in json) return { problem: json.error }
  const found = paths.map((path) => ({ path, values: valuesAt(json.value, path) }))
  const gap = found.find(({ values }) => values.length === 0)
  if (gap !== undefined) return { problem: `the reply has nothing at ${gap.path}` }
  const answers = found.flatMap(({ values }) => values)
  const citations = citationPath === undefined ? [] : valuesAt(json.value, citationPath).flatMap(listed)
  let from = 0
  return answers.map((answer) => {
    const text = replyText(answer.value)
    const encoded = typeof answer.value === 'string' ? JSON.stringify(text) : text
    const at = reply.indexOf(encoded, from)
    const start = at === -1 ? reply.indexOf(encoded) : at
    if (start !== -1) from = start + encoded.length
    const isText = typeof answer.value === 'string'
    return {
      text,
      toReply:
        start === -1 ? undefined : (offset) => start + (isText ? encodedLength(text, offset) + 1 : offset),
      cited: citations
        .filter((citation) => belongs(citation, answer, answers))
        .map(({ value }) => idOf(value)),
      isNull: answer.value === null,
    }
  })
}

/** @throws Error for what is no path: `$.answer`, `claims[].text` */
export function stepsOf(path: string): ReturnType<typeof readPath> {
  return readPath(path.replace(/^\$\.?/, ''))
}

function valuesAt(value: unknown, path: string): Found[] {
  let found: Found[] = [{ value, way: [] }]
  for (const step of stepsOf(path)) {
    found = found.flatMap(({ value: inner, way }) => {
      if (typeof inner !== 'object' || inner === null) return []
      if (typeof step === 'symbol') return Array.isArray(inner) ? listed({ value: inner, way }) : []
      return Object.hasOwn(inner, step)
        ? [{ value: (inner as Record<string | number, unknown>)[step], way: [...way, step] }]
        : []
    })
  }
  return found
}

function listed({ value, way }: Found): Found[] {
  if (!Array.isArray(value)) return value === null || value === '' ? [] : [{ value, way }]
  return value.map((item: unknown, index) => ({ value: item, way: [...way, index] }))
}

/** A citation may be an object with more to it. */
function idOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { id, source, document, doc } = value as Record<string, unknown>
  const named = id ?? source ?? document ?? doc
  return typeof named === 'string' || typeof named === 'number' ? String(named) : replyText(value)
}

function belongs(citation: Found, answer: Found, answers: readonly Found[]): boolean {
  const longest = Math.max(...answers.map(({ way }) => sharedWay(way, citation.way)))
  return sharedWay(answer.way, citation.way) === longest
}

function sharedWay(a: Found['way'], b: Found['way']): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

/** How many units of JSON the first `count` units of a text are written with. */
function encodedLength(text: string, count: number): number {
  return JSON.stringify(text.slice(0, count)).length - 2
}
