import { z } from 'zod'
import { ConfigError } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'

const whole = z.number().int().min(0)
const bounds = z
  .strictObject({ min: whole.optional(), max: whole.min(1).optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'expected `min`, `max` or both')
  .refine(({ min = 0, max = Infinity }) => min <= max, '`min` is over `max`')
  .optional()

const configSchema = z.strictObject({
  characters: bounds,
  words: bounds,
  sentences: bounds,
  lines: bounds,
  tokens: bounds,
})

type Config = z.infer<typeof configSchema>
export type Unit = keyof Config
export type Bounds = NonNullable<Config[Unit]>

/** @throws {ConfigError} for a mistake, a config without a unit included */
export function readConfig(config: object): readonly (readonly [Unit, Bounds])[] {
  const read = Object.entries(readStrictly(configSchema, config, 'length')) as [Unit, Bounds][]
  if (read.length > 0) return read
  const units = Object.keys(configSchema.shape).join(', ')
  throw new ConfigError('length: config names no unit', [], false, `units: ${units}`)
}
