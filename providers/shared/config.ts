import type { z } from 'zod'
import { ConfigError } from '../../harness/model/errors.ts'
import { didYouMean } from '../../harness/model/suggest.ts'

/** Set by whoever loads a provider, or meant for assay: no provider's own, and let through everywhere. */
const NOT_THE_PROVIDERS: ReadonlySet<string> = new Set(['basePath', 'account'])

/**
 * A provider's `config`, checked by a strict zod object.
 * @param name of the provider, as its errors begin: "bedrock"
 * @throws {ConfigError} for the first mistake; an unknown key is answered with the known one it resembles
 */
export function readConfig<T>(schema: z.ZodObject & z.ZodType<T>, config: unknown, name: string): T {
  const given = Object.fromEntries(
    Object.entries((config ?? {}) as Record<string, unknown>).filter(
      ([key, value]) => !NOT_THE_PROVIDERS.has(key) && value !== undefined,
    ),
  )
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
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
