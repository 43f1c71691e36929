import { isRecord } from '../../harness/model/failures/thrown.ts'
import type { Path } from './problem.ts'

/** A schema may hold itself. */
const DEEPEST = 12

/** Keywords that may say more of an object's fields. */
const ELSEWHERE = [
  'patternProperties',
  'unevaluatedProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  '$dynamicRef',
]

/** How many leaves a missing field must have had, as far as its JSON Schema says; at least 1. */
export function requiredFields(root: unknown, path: Path): number {
  let node: unknown = root
  for (const step of path) node = below(root, node, String(step))
  return count(root, node, 0)
}

function count(root: unknown, node: unknown, depth: number): number {
  const schema = resolved(root, node)
  if (schema === undefined || depth > DEEPEST || !Array.isArray(schema['required'])) return 1
  const fields = schema['required'].map((name) => count(root, below(root, schema, String(name)), depth + 1))
  return Math.max(
    1,
    fields.reduce((sum, leaves) => sum + leaves, 0),
  )
}

/** The fields that a schema lists of the object at a path. */
export function knownFields(root: unknown, path: Path): readonly string[] {
  const node = path.reduce<unknown>((at, step) => below(root, at, String(step)), root)
  return Object.keys(resolved(root, node)?.['properties'] ?? {})
}

/** Whether a schema lists the fields of its objects, without this one: such a field is allowed, but none of the schema's. */
export function isUnlisted(root: unknown, node: unknown, name: string): boolean {
  const schema = resolved(root, node)
  const properties = schema?.['properties']
  if (schema === undefined || !isRecord(properties) || Object.hasOwn(properties, name)) return false
  return !isRecord(schema['additionalProperties']) && !ELSEWHERE.some((keyword) => keyword in schema)
}

/** The schema of a field or an item; undefined where it takes more than looking it up. */
export function below(root: unknown, node: unknown, step: string): unknown {
  const schema = resolved(root, node)
  const properties = schema?.['properties']
  if (isRecord(properties) && Object.hasOwn(properties, step)) return properties[step]
  return /^\d+$/.test(step) ? schema?.['items'] : undefined
}

/** Behind `$ref`s into the same schema. */
function resolved(root: unknown, node: unknown): Record<string, unknown> | undefined {
  let found = node
  for (let hops = 0; hops < DEEPEST && isRecord(found); hops++) {
    const ref = found['$ref']
    if (typeof ref !== 'string') return found
    if (!ref.startsWith('#')) return undefined
    found = ref
      .split('/')
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, step) => (isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined), root)
  }
  return undefined
}
