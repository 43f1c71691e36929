import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'

const share = z.number().min(0).max(1)

const configSchema = z.strictObject({
  schema: z.union([z.string().min(1), z.record(z.string(), z.unknown())], {
    error: 'expected a JSON Schema, or the path of a file with one or with a zod schema',
  }),
  strict: z.boolean().optional(),
  penalty: z.strictObject({ fenced: share.optional(), prose: share.optional() }).optional(),
})

export type SchemaConfig = z.infer<typeof configSchema>

/** @throws {ConfigError} for a mistake */
export function readConfig(config: object): SchemaConfig {
  return readStrictly(configSchema, config, 'schema')
}
