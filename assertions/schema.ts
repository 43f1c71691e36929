import type { z } from 'zod'
import type { CheckContext, CheckVerdict, Configure, CustomCheck } from '../harness/model/custom-check.ts'
import { ConfigError, messageOf } from '../harness/model/errors.ts'
import { readConfig } from './schema/config.ts'
import { judgedBy } from './schema/judge.ts'
import type { SchemaOptions } from './schema/judge.ts'
import { validatorOf } from './schema/load.ts'
import { zodValidator } from './schema/zod.ts'
import { suiteDir } from './shared/suite-dir.ts'

/**
 * Whether the reply is JSON that fits `config.schema`, a JSON Schema or a zod schema. Score 0 to 1: the share of its fields that are right, less a
 * penalty for JSON in a code fence or among words. It does not ask whether what the fields say is true: see `extraction`.
 *
 * It can be wrong: of several JSON values in a reply it takes the longest; whole numbers over 2⁵³ are rounded; a zod schema's own regular expressions
 * and functions take the time they take; with a union, the problems of the nearest form are told, which may not be the one that was meant.
 *
 * @throws Error where the schema cannot be read
 */
export default async function schema(output: unknown, context: CheckContext): Promise<CheckVerdict> {
  const { schema: source, ...options } = readConfig(context.config ?? {})
  return judgedBy(await validatorOf(source, suiteDir(context)), output, options)
}

export const configure: Configure = async (config, { dir }) => {
  const { schema: source } = readConfig(config)
  try {
    await validatorOf(source, dir)
  } catch (error) {
    throw new ConfigError(`schema: config.schema: ${messageOf(error)}`, ['schema'], false)
  }
  return {}
}

/** A check of a zod schema, for a file of a suite's own: `export default schemaCheck(z.object({…}))`. */
export function schemaCheck(zodSchema: z.ZodType, options: SchemaOptions = {}): CustomCheck {
  const validator = zodValidator(zodSchema)
  return (output) => judgedBy(validator, output, options)
}
