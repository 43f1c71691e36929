import type { z } from 'zod'
import type { SourceLocation } from '../../../model/source.ts'
import { suggest } from '../../../model/suggest.ts'
import { locate, locateKey } from '../positions.ts'
import { describe } from './describe.ts'
import type { ProblemParams } from './form.ts'

/** One mistake in a value, in words and at its place. */
export interface Problem {
  readonly message: string
  readonly hint?: string | undefined
  readonly at?: SourceLocation | undefined
}

type Path = readonly PropertyKey[]
type Wording = Omit<Problem, 'at'>

/**
 * Mistakes that zod found in `root`, in the order they stand in the file, each once even when aliases repeat it.
 * @param at where `root` comes from, for what no file holds
 */
export function problemsOf(error: z.ZodError, root: unknown, at: SourceLocation | undefined): Problem[] {
  const found = new Map<string, Problem>()
  for (const issue of error.issues) {
    const value = valueAt(root, issue.path)
    const params = paramsOf(issue)
    const missing = value === undefined && issue.code === 'invalid_type' && issue.path.length > 0
    // The misspelt key beside it is told as unknown, and one slip should be told once.
    if (missing && error.issues.some((other) => isSlipFor(other, issue.path))) continue
    const { message, hint }: Wording = missing
      ? { message: `missing \`${String(issue.path.at(-1))}\`` }
      : inWords(issue, value)
    const place = placeOf(root, issue.path, params?.atKey === true) ?? at
    const key = `${place?.file}:${place?.line}:${place?.column}:${message}`
    if (found.has(key)) continue
    const where = pathText(missing || params?.atKey ? issue.path.slice(0, -1) : issue.path)
    found.set(key, {
      message: where === '' ? message : `${where}: ${message}`,
      hint: params?.hint ?? hint,
      at: place,
    })
  }
  return [...found.values()].sort(
    (a, b) =>
      Number(a.at?.file !== at?.file) - Number(b.at?.file !== at?.file) ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      (a.at?.column ?? 0) - (b.at?.column ?? 0),
  )
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
  return value
}

function paramsOf(issue: z.core.$ZodIssue): ProblemParams | undefined {
  return (issue.code === 'custom' ? issue.params : undefined) as ProblemParams | undefined
}

/** The place of the innermost part on the path that a file holds. */
function placeOf(root: unknown, path: Path, atKey: boolean): SourceLocation | undefined {
  let place: SourceLocation | undefined
  let value = root
  for (const [index, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) break
    const member =
      atKey && index === path.length - 1 ? locateKey(value, String(key)) : locate(value, String(key))
    place = member ?? locate(value) ?? place
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return path.length === 0 && typeof root === 'object' && root !== null ? locate(root) : place
}

/** `tests[0].assert[1].threshold` */
function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}

/** True when `issue` is about an unknown key that was probably meant to be the missing one at `path`. */
function isSlipFor(issue: z.core.$ZodIssue, path: Path): boolean {
  if (paramsOf(issue)?.atKey !== true || issue.path.length !== path.length) return false
  if (issue.path.slice(0, -1).some((key, index) => key !== path[index])) return false
  return suggest(String(issue.path.at(-1)), [String(path.at(-1))]) !== undefined
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

function inWords(issue: z.core.$ZodIssue, value: unknown): Wording {
  if (issue.code === 'invalid_type') return expected(TYPES[issue.expected] ?? issue.expected, value)
  if (issue.code === 'invalid_union') return expected('true, false or a map', value)
  if (issue.code === 'too_big') {
    return expected(`a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`, value)
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'array') return expected('a list of at least one', value)
    return expected(`a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`, value)
  }
  return { message: issue.message }
}

function expected(what: string, value: unknown): Wording {
  const message = `expected ${what}, got ${describe(value)}`
  if (value === null) return { message, hint: 'give it a value, or remove the key' }
  if (
    typeof value === 'string' &&
    what.includes('number') &&
    value.trim() !== '' &&
    !Number.isNaN(Number(value))
  ) {
    return { message, hint: `write ${value.trim()} without quotes` }
  }
  if (what === 'text' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { message, hint: `put it in quotes: "${value}"` }
  }
  if (what === 'true or false' && typeof value === 'string')
    return { message, hint: 'write true or false, without quotes' }
  return { message }
}
