import { publishedSchemas } from '../schema/published.ts'

/** Of a line of a cassette, and of the note beside one: formats without a published schema. */
const OTHERS = [
  'v',
  'case',
  'repeat',
  'attempt',
  'key',
  'reply',
  'usage',
  'costUsd',
  'latencyMs',
  'ttftMs',
  'serverMs',
]

let fields: ReadonlySet<string> | undefined

/** Names of the fields of the record, which no pattern may rename. */
export function ownFields(): ReadonlySet<string> {
  if (fields !== undefined) return fields
  const found = new Set(OTHERS)
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    if ('properties' in schema && typeof schema.properties === 'object')
      for (const name of Object.keys(schema.properties ?? {})) found.add(name)
    for (const part of Object.values(schema)) collect(part)
  }
  for (const text of publishedSchemas().values()) collect(JSON.parse(text))
  return (fields = found)
}
