import type { Mark } from '../../harness/model/evidence.ts'
import { didYouMean } from '../../harness/model/suggest.ts'
import { pointer } from '../shared/json-pointer.ts'
import { spansIn } from '../shared/json-spans.ts'
import { quoted } from '../shared/quote.ts'
import { valueAt } from './problem.ts'
import type { Problem } from './problem.ts'

const MOST_TOLD = 20
const MOST_ALLOWED = 12

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  null: 'null',
}

/** Problems in words for the model that wrote the value: each with its path, at most 20, and how many more there are. */
export function told(problems: readonly Problem[], value: unknown): string {
  const listed = problems.slice(0, MOST_TOLD).map((problem) => `${place(problem)}: ${clause(problem, value)}`)
  const more = problems.length - listed.length
  return more > 0 ? `${listed.join('; ')}; and ${more} more` : listed.join('; ')
}

/** The parts of a reply that the first of the problems are about; what is missing has no part. */
export function marksOf(problems: readonly Problem[], value: unknown, output: unknown): readonly Mark[] {
  const listed = problems.slice(0, MOST_TOLD).filter(({ path }) => path.length > 0)
  const spans = spansIn(
    output,
    listed.map(({ path }) => path),
  )
  return listed.flatMap((problem, index) => {
    const span = spans[index]
    return span === undefined ? [] : [{ ...span, label: 'invalid', note: clause(problem, value) }]
  })
}

function place({ path }: Problem): string {
  return path.length === 0 ? 'the whole' : pointer(path)
}

function clause({ path, fault }: Problem, value: unknown): string {
  const got = valueAt(value, path)
  switch (fault.is) {
    case 'missing':
      return 'is missing'
    case 'extra':
      return `is not in the schema${hint(path.at(-1), fault.known)}`
    case 'type':
      return `expected ${fault.types.map((type) => NAMES[type] ?? type).join(' or ')}, got ${kind(got)}`
    case 'values':
      return `expected ${allowed(fault.allowed)}, got ${kind(got)}`
    case 'union':
      return 'fits none of the forms it may have'
    case 'rule':
    default:
      return `${fault.says}${typeof got === 'object' || got === undefined ? '' : `, got ${kind(got)}`}`
  }
}

function hint(field: string | number | undefined, known: readonly string[]): string {
  if (typeof field !== 'string' || field.length > 60) return ''
  const meant = didYouMean(field, known)
  return meant === undefined ? '' : ` (${meant})`
}

function allowed(values: readonly unknown[]): string {
  const listed = values.slice(0, MOST_ALLOWED).map(kind)
  const rest = values.length > listed.length ? `, … (${values.length} in all)` : ''
  return listed.length === 1 ? (listed[0] ?? '') : `one of ${listed.join(', ')}${rest}`
}

/** A value as a sentence names it, at no length. */
function kind(value: unknown): string {
  if (typeof value === 'string') return quoted(value.slice(0, 200))
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number too large to hold'
  return JSON.stringify(value)
}
