import { ConfigError } from '../../../harness/model/errors.ts'
import { isFields } from '../../shared/fields.ts'

/** What a reply has to conform to. */
export interface OutputSchema {
  /** JSON Schema, as text: Bedrock wants it so. */
  readonly schema: string
  readonly name?: string | undefined
  readonly description?: string | undefined
}

/**
 * A JSON schema as it is, or in the wrapping of OpenAI's `response_format` or of Bedrock's `textFormat`. Undefined for a format
 * that asks for nothing: `{type: text}`.
 * @throws ConfigError
 */
export function outputSchemaOf(written: unknown, path: readonly string[]): OutputSchema | undefined {
  if (!isFields(written)) throw refuse(path)
  const { type, structure, json_schema: wrapped } = written
  if (path.at(-1) === 'outputSchema') return { schema: JSON.stringify(written) }
  if (type === 'text') return undefined
  const inner = isFields(structure) ? structure['jsonSchema'] : isFields(wrapped) ? wrapped : written
  if (type !== 'json_schema' || !isFields(inner)) throw refuse(path)
  const { schema, name, description } = inner
  if (typeof schema !== 'string' && !isFields(schema)) throw refuse(path)
  return {
    schema: typeof schema === 'string' ? schema : JSON.stringify(schema),
    ...(typeof name === 'string' && { name }),
    ...(typeof description === 'string' && { description }),
  }
}

function refuse(path: readonly string[]): ConfigError {
  return new ConfigError(
    `bedrock: config.${path.join('.')}: expected a JSON schema`,
    path,
    false,
    'write `outputSchema: {type: object, …}`, or `{type: json_schema, json_schema: {name, schema}}`',
  )
}
