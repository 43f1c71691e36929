import type { Body } from './body.ts'
import { isPlain } from './body.ts'

/**
 * A schema as JSON Schema has it. Gemini's dialect differs in little: types are in capitals, and what may be null says so by
 * `nullable`. JSON Schema itself comes out as it went in.
 */
export function jsonSchemaOf(schema: Body): Body {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'nullable') continue
    result[key] = key === 'properties' && isPlain(value) ? eachOf(value) : converted(key, value)
  }
  const { type } = result
  if (schema['nullable'] === true && typeof type === 'string') result['type'] = [type, 'null']
  return result
}

function eachOf(properties: Body): Body {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      isPlain(property) ? jsonSchemaOf(property) : property,
    ]),
  )
}

function converted(key: string, value: unknown): unknown {
  if (key === 'type' && typeof value === 'string') return /^[A-Z]+$/.test(value) ? value.toLowerCase() : value
  if ((key === 'items' || key === 'additionalProperties') && isPlain(value)) return jsonSchemaOf(value)
  if (/^(?:any|one|all)Of$/.test(key) && Array.isArray(value)) {
    return (value as unknown[]).map((each) => (isPlain(each) ? jsonSchemaOf(each) : each))
  }
  return value
}
