import type { ErrorObject } from 'ajv'
import { isRecord } from '../../harness/model/failures/thrown.ts'
import type { Problem } from './problem.ts'

export interface Kept {
  readonly error: ErrorObject
  readonly problem: Problem
}

/** Of each form of a union, how the paths of its schema begin. */
type Forms = readonly (readonly string[])[]

/** The forms of which none fits; undefined for an error of no union, or of one that several forms fit. */
export function formsOf({ keyword, schemaPath, schema, params }: ErrorObject): Forms | undefined {
  const isUnion = keyword === 'anyOf' || (keyword === 'oneOf' && params['passingSchemas'] === null)
  if (!isUnion || !Array.isArray(schema)) return undefined
  return schema.map((form: unknown, index) => {
    const ref = isRecord(form) ? form['$ref'] : undefined
    return [`${schemaPath}/${index}/`, ...(typeof ref === 'string' ? [`${ref}/`] : [])]
  })
}

/**
 * Takes the problems of a union's forms off the end of what was kept, where the validator leaves them, form after form. One behind a further `$ref`
 * does not tell its form: it goes with the one before it, or with the first form that would have none.
 */
export function takeForms(kept: Kept[], union: ErrorObject, forms: Forms): readonly (readonly Problem[])[] {
  const taken = forms.map((): Problem[] => [])
  let astray: Kept[] = []
  for (let last = kept.at(-1); last !== undefined && isWithin(last, union); last = kept.at(-1)) {
    kept.pop()
    const { schemaPath } = last.error
    const form = forms.findIndex((prefixes) => prefixes.some((prefix) => schemaPath.startsWith(prefix)))
    if (form < 0) astray.push(last)
    else {
      taken[form]?.push(...astray.map(({ problem }) => problem), last.problem)
      astray = []
    }
  }
  const without = taken.find((form) => form.length === 0)
  if (without === undefined) kept.push(...astray.toReversed())
  else without.push(...astray.map(({ problem }) => problem))
  return taken.map((form) => form.toReversed())
}

function isWithin({ error }: Kept, union: ErrorObject): boolean {
  return error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)
}
