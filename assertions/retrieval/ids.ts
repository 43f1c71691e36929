import type { CheckContext } from '../../harness/model/custom-check.ts'
import { fromVars } from '../shared/from-vars.ts'
import { replyJson } from '../shared/json.ts'
import { quoted } from '../shared/quote.ts'
import { replyText } from '../shared/reply-text.ts'
import type { Place } from './config.ts'
import { valuesAt } from './json-path.ts'
import type { Grades } from './metrics.ts'
import { matchesOf } from '../shared/pattern.ts'

/** Ids in the order they were retrieved, or why the reply gives none. */
export type Retrieved = { readonly ids: readonly string[] } | { readonly problem: string }

/**
 * The relevant ids and their grades: a list, a map of id to grade, or a text that is JSON of one of these or a list with commas. Grade 0
 * is not relevant.
 * @throws Error for anything else
 */
export function gradesOf(relevant: unknown): Grades {
  const value = typeof relevant === 'string' ? listed(relevant) : relevant
  if (Array.isArray(value)) return new Map((value as unknown[]).map((id) => [idOf(id), 1]))
  if (typeof value !== 'object' || value === null)
    throw new TypeError('retrieval: `relevant` must be a list of ids, or a map of id to grade')
  const graded = Object.entries(value).map(([id, grade]): [string, number] => {
    const number = typeof grade === 'string' && grade.trim() !== '' ? Number(grade) : grade
    if (typeof number !== 'number' || !Number.isFinite(number) || number < 0)
      throw new TypeError(`retrieval: the grade of ${JSON.stringify(id)} must be a number from 0 on`)
    return [id.trim(), number]
  })
  return new Map(graded.filter(([, grade]) => grade > 0))
}

/** @throws Error where ids come from the metadata, a variable or the prompt, and there are none to read: no fault of the reply's */
export function retrievedIds(place: Place, output: unknown, context: CheckContext): Retrieved {
  if (place === undefined) return fromReply(output)
  if (typeof place === 'string' || Array.isArray(place)) return given(fromVars(place, context.vars))
  if ('path' in place) return fromReply(output, place.path)
  if ('regex' in place) return { ids: matchesOf(place.regex, replyText(output)).map((id) => id.trim()) }
  if ('prompt' in place) {
    if (typeof context.prompt !== 'string') throw new Error('retrieval: there is no prompt to read ids from')
    return { ids: matchesOf(place.prompt, context.prompt).map((id) => id.trim()) }
  }
  const found = valuesAt(context.providerResponse?.metadata, place.metadata)
  if (found.length === 0) throw new Error(`retrieval: the response's metadata has no \`${place.metadata}\``)
  return { ids: flat(found).map(idOf) }
}

function fromReply(output: unknown, path?: string): Retrieved {
  const json = replyJson(output)
  if ('error' in json) return { problem: json.error }
  const found = path === undefined ? [json.value] : valuesAt(json.value, path)
  if (path === undefined && !Array.isArray(json.value))
    return { problem: 'expected a JSON list of document ids' }
  if (found.length === 0 && !isEmptyList(json.value, path))
    return { problem: `the reply's JSON has nothing at \`${path}\`` }
  const values = flat(found)
  const wrong = values.find((value) => typeof value !== 'string' && typeof value !== 'number')
  if (wrong !== undefined) return { problem: 'expected document ids as text or numbers' }
  return { ids: values.map(idOf) }
}

/** `documents[].id` of `{"documents": []}`: nothing was retrieved, which is an answer. */
function isEmptyList(value: unknown, path: string | undefined): boolean {
  const list = path?.lastIndexOf('[') ?? -1
  if (path === undefined || list === -1) return false
  const found = list === 0 ? [value] : valuesAt(value, path.slice(0, list))
  return found.length > 0 && found.every((inner) => Array.isArray(inner) && inner.length === 0)
}

function given(value: unknown): Retrieved {
  const list = typeof value === 'string' ? listed(value) : value
  if (!Array.isArray(list)) throw new TypeError('retrieval: `retrieved` must be a list of ids')
  return { ids: (list as unknown[]).map(idOf) }
}

/** @throws TypeError for brackets that are no JSON: `[d1, d2]` would else be the ids `[d1` and `d2]` */
function listed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text.split(/[,;\n]/).filter((id) => id.trim() !== '')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new TypeError(`retrieval: ids in brackets must be JSON, got ${quoted(text)}`, { cause: error })
  }
}

function flat(values: readonly unknown[]): unknown[] {
  return values.flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))
}

function idOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return String(value)
  throw new TypeError('retrieval: an id must be a text or a number')
}
