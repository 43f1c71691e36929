import { fromVars } from '../shared/from-vars.ts'
import { sentencesOf } from '../shared/sentences.ts'
import { contentWordsOf } from '../shared/words.ts'

/** Texts of supplied documents, by id. */
export type Documents = ReadonlyMap<string, string>

/** Of a sentence's content words, how many a document must share to be what it says. */
const SHARED = 0.6
const FEWEST_WORDS = 3
/** Longer ones are cut: enough for any answer, and bounded time. */
const LONGEST_ANSWER = 100_000
const LONGEST_CITATION = 80

/**
 * A map of id to text, a list of texts (their ids are "1", "2", …), or a list of `{id, text}`.
 * @throws Error for anything else
 */
export function readDocuments(
  value: unknown,
  vars: Readonly<Record<string, unknown>> | undefined,
): Documents {
  const given = fromVars(value, vars)
  const parsed = typeof given === 'string' ? parsedJson(given) : given
  if (typeof parsed !== 'object' || parsed === null) throw wrong()
  if (!Array.isArray(parsed)) return new Map(Object.entries(parsed).map(([id, text]) => [id, textOf(text)]))
  return new Map(
    (parsed as unknown[]).map((item, index): [string, string] => {
      if (typeof item === 'string') return [String(index + 1), item]
      const { id, text } = (item ?? {}) as { id?: unknown; text?: unknown }
      if (typeof id !== 'string' && typeof id !== 'number') throw wrong()
      return [String(id), textOf(text)]
    }),
  )
}

/**
 * Which documents an answer uses: those it cites as `[id]`, and for each sentence the ones that share the most of its content words, if
 * these are at least three and three fifths.
 */
export function usedDocuments(answer: string, documents: Documents): ReadonlySet<string> {
  const said = answer.slice(0, LONGEST_ANSWER)
  const used = new Set<string>()
  for (const [, cited = ''] of said.matchAll(/\[([^[\]]+)\]/g)) {
    if (cited.length > LONGEST_CITATION) continue
    for (const id of cited.split(/[,;]/)) if (documents.has(id.trim())) used.add(id.trim())
  }
  const contents = [...documents].map(([id, text]) => ({ id, words: new Set(contentWordsOf(text)) }))
  for (const { text } of sentencesOf(said.replaceAll(/\[[^[\]]{1,80}\]/g, ' '))) {
    const words = [...new Set(contentWordsOf(text))]
    if (words.length < FEWEST_WORDS) continue
    const shared = contents.map((content) => words.filter((word) => content.words.has(word)).length)
    const most = shared.reduce((top, count) => Math.max(top, count), 0)
    if (most < FEWEST_WORDS || most < SHARED * words.length) continue
    for (const [index, { id }] of contents.entries()) if (shared[index] === most) used.add(id)
  }
  return used
}

/** A cell of a CSV is text. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw wrong()
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw wrong()
  return value
}

function wrong(): TypeError {
  return new TypeError('retrieval: `documents` must be a map of id to text, or a list of {id, text}')
}
