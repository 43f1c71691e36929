import type { z } from 'zod'
import { ConfigError } from './errors.ts'
import { didYouMean } from './suggest.ts'

/**
 * The `config` of a provider or a check, read by a strict zod object.
 * @param name of whose config it is, as its errors begin: "bedrock"
 * @throws {ConfigError} for a mistake, an unknown key before others; it is answered with the known one it resembles
 */
export function readStrictly<T>(schema: z.ZodObject & z.ZodType<T>, config: object, name: string): T {
  const parsed = schema.safeParse(config)
  if (parsed.success) return parsed.data
  // A key that is misspelt is also missed: its spelling is the mistake.
  const { issues } = parsed.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol')
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = path.length === 0 ? Object.keys(schema.shape) : []
    const hint = didYouMean(key, known) ?? (known.length === 0 ? undefined : `keys: ${known.join(', ')}`)
    throw new ConfigError(
      `${name} knows no config key \`${[...path, key].join('.')}\``,
      [...path, key],
      true,
      hint,
    )
  }
  const where = path.length === 0 ? 'config' : `config.${path.join('.')}`
  throw new ConfigError(`${name}: ${where}: ${issue?.message ?? 'not valid'}`, path, false)
}
