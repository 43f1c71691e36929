import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { patternOf } from '../shared/pattern.ts'

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const whole = z.number().int().min(0)
const bounds = z
  .strictObject({ min: whole.optional(), max: whole.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'expected `min`, `max` or both')
  .refine(({ min = 0, max = Infinity }) => min <= max, '`min` is over `max`')

const configSchema = z.strictObject({
  startsWith: texts.optional(),
  endsWith: texts.optional(),
  regex: texts.optional(),
  notRegex: texts.optional(),
  oneOf: z.array(z.string().min(1)).min(2).optional(),
  json: z.literal(true).optional(),
  markdown: z.literal('none').optional(),
  lines: bounds.optional(),
  bullets: bounds.optional(),
  noPreamble: z.literal(true).optional(),
  noClosing: z.literal(true).optional(),
})

export type FormatConfig = z.infer<typeof configSchema>
export type Bounds = z.infer<typeof bounds>

/** @throws {ConfigError} for a mistake, a pattern that is none and a config without a rule included */
export function readConfig(config: object): FormatConfig {
  const read = readStrictly(configSchema, config, 'format')
  if (Object.keys(read).length === 0)
    throw new ConfigError(
      `format: config has no rule`,
      [],
      false,
      `rules: ${Object.keys(configSchema.shape).join(', ')}`,
    )
  for (const key of ['regex', 'notRegex'] as const)
    for (const source of [read[key] ?? []].flat())
      try {
        patternOf(source)
      } catch (error) {
        throw new ConfigError(`format: config.${key}: ${messageOf(error)}`, [key], false)
      }
  return read
}
