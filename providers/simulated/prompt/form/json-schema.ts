import type { Choice, Field, Shape } from './shape.ts'
import { OPEN } from './shape.ts'

type Schema = Readonly<Record<string, unknown>>

const DEEPEST = 12

/** The fields of a JSON Schema for an object, or undefined for what is no such schema. */
export function fieldsOfSchema(value: unknown): Field[] | undefined {
  const root = record(value)
  const inner = record(root['schema'])
  const schema = 'properties' in root || !('properties' in inner) ? root : inner
  const shape = shapeOf(schema, schema, 0)
  return shape.kind === 'object' && shape.fields.length > 0 ? [...shape.fields] : undefined
}

function shapeOf(given: Schema, root: Schema, depth: number): Shape {
  const schema = referred(given, root)
  if (depth > DEEPEST) return OPEN
  const choices = choicesOf(schema)
  if (choices.length > 0) return { kind: 'choice', choices }
  const variant = variantsOf(schema).find((one) => one['type'] !== 'null')
  if (variant !== undefined) return shapeOf(variant, root, depth + 1)
  switch (typeOf(schema)) {
    case 'object':
      return { kind: 'object', fields: fieldsOf(schema, root, depth) }
    case 'array':
      return { kind: 'list', of: shapeOf(record(schema['items']), root, depth + 1) }
    case 'number':
    case 'integer':
      return { kind: 'number' }
    case 'boolean':
      return { kind: 'truth' }
    case 'string':
      return isDate(schema) ? { kind: 'date' } : { kind: 'text' }
    default:
      return OPEN
  }
}

function fieldsOf(schema: Schema, root: Schema, depth: number): Field[] {
  return Object.entries(record(schema['properties'])).map(([name, property]) => {
    const own = record(property)
    const description = text(own['description']) || text(referred(own, root)['description'])
    return { name, description, shape: shapeOf(own, root, depth + 1) }
  })
}

/** `enum`, or a list of constants that say what each means. */
function choicesOf(schema: Schema): Choice[] {
  const listed = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : []
  const values = listed.filter((value) => typeof value === 'string')
  if (values.length > 0) return values.map((value) => ({ value, description: '' }))
  return variantsOf(schema).flatMap((variant) =>
    typeof variant['const'] === 'string'
      ? [{ value: variant['const'], description: text(variant['description']) || text(variant['title']) }]
      : [],
  )
}

function variantsOf(schema: Schema): Schema[] {
  const variants = schema['anyOf'] ?? schema['oneOf']
  return Array.isArray(variants) ? variants.map(record) : []
}

function typeOf(schema: Schema): unknown {
  const { type } = schema
  if (Array.isArray(type)) return type.find((one) => one !== 'null')
  return type ?? ('properties' in schema ? 'object' : undefined)
}

function isDate(schema: Schema): boolean {
  const said = `${text(schema['description'])} ${text(schema['pattern'])}`
  return schema['format'] === 'date' || /YYYY-MM-DD|ISO 8601|\\d\{4\}-\\d\{2\}-\\d\{2\}/.test(said)
}

/** What a local `$ref` names. */
function referred(schema: Schema, root: Schema): Schema {
  const reference = text(schema['$ref'])
  if (!reference.startsWith('#/')) return schema
  let found: unknown = root
  for (const key of reference.slice(2).split('/')) found = record(found)[key]
  return record(found)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function record(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {}
}
