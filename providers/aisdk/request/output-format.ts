import { ConfigError } from '../../../harness/model/errors.ts'
import type { Config } from '../config/spellings.ts'
import type { ResponseFormat } from '../language-model.ts'
import type { Vendor } from '../vendor.ts'
import { isPlain } from './body.ts'

/** What form a reply is to have. */
export interface OutputFormat {
  readonly format: ResponseFormat
  /** True where the reply is a JSON value, not the text of one. */
  readonly isParsed: boolean
}

type JsonFormat = Extract<ResponseFormat, { type: 'json' }>

/**
 * Our `outputSchema` and `responseFormat`, for the AI SDK to put into the vendor's words.
 * @throws ConfigError for a format that is none
 */
export function outputFormatOf(
  { outputSchema, responseFormat }: Config,
  vendor: Vendor,
): OutputFormat | undefined {
  if (outputSchema !== undefined) return withSchema(outputSchema, {}, ['outputSchema'], vendor)
  if (responseFormat === undefined || responseFormat === 'text') return undefined
  if (responseFormat === 'json') return { format: { type: 'json' }, isParsed: false }
  const fields = isPlain(responseFormat) ? responseFormat : {}
  const { type, json_schema: wrapped } = fields
  if (type === 'text') return undefined
  const inner = isPlain(wrapped) ? wrapped : fields
  if (inner['schema'] !== undefined) return withSchema(inner['schema'], inner, ['responseFormat'], vendor)
  if (type === 'json' || type === 'json_object') return { format: { type: 'json' }, isParsed: false }
  throw refuse(['responseFormat'], vendor)
}

function withSchema(
  schema: unknown,
  { name, description }: Config,
  path: readonly string[],
  vendor: Vendor,
): OutputFormat {
  if (!isPlain(schema)) throw refuse(path, vendor)
  const format: JsonFormat = {
    type: 'json',
    schema,
    ...(typeof name === 'string' && { name }),
    ...(typeof description === 'string' && { description }),
  }
  return { format, isParsed: true }
}

function refuse(path: readonly string[], vendor: Vendor): ConfigError {
  return new ConfigError(
    `${vendor}: config.${path.join('.')}: expected a JSON schema`,
    path,
    false,
    'write `outputSchema: {type: object, …}`, or `responseFormat: json`',
  )
}
