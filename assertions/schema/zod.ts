import { z } from 'zod'
import { valueAt } from './problem.ts'
import type { Path, Problem, Validator } from './problem.ts'
import { knownFields } from './schema-fields.ts'

type Issue = z.core.$ZodIssue

/** @param schema of zod 4 */
export function zodValidator(schema: z.ZodType): Validator {
  const jsonSchema = asJsonSchema(schema)
  return {
    problemsOf: async (value) => {
      const parsed = await schema.safeParseAsync(value)
      return parsed.success ? [] : problemsIn(parsed.error.issues, { value, jsonSchema }, [])
    },
    jsonSchema,
  }
}

interface Judged {
  readonly value: unknown
  readonly jsonSchema: unknown
}

function problemsIn(issues: readonly Issue[], judged: Judged, above: Path): readonly Problem[] {
  return issues.flatMap((issue) => problemOf(issue, judged, [...above, ...stepsOf(issue.path)]))
}

function problemOf(issue: Issue, judged: Judged, path: Path): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownFields(judged.jsonSchema, path)
    return issue.keys.map((key) => ({ path: [...path, key], fault: { is: 'extra', known } }))
  }
  const isShape =
    issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union'
  if (isShape && valueAt(judged.value, path) === undefined) return [{ path, fault: { is: 'missing' } }]
  if (issue.code === 'invalid_type') return [{ path, fault: { is: 'type', types: [issue.expected] } }]
  if (issue.code === 'invalid_value') return [{ path, fault: { is: 'values', allowed: issue.values } }]
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return [
      { path, fault: { is: 'union', forms: issue.errors.map((form) => problemsIn(form, judged, path)) } },
    ]
  return [{ path, fault: { is: 'rule', says: issue.message } }]
}

function stepsOf(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step))
}

/** Only to count and to name fields: what has no like in JSON Schema may be left out. */
function asJsonSchema(schema: z.ZodType): unknown {
  try {
    return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  } catch {
    return {}
  }
}
