import type { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'

/** Set by whoever loads a provider, or meant for assay: no provider's own, and let through everywhere. */
const NOT_THE_PROVIDERS: ReadonlySet<string> = new Set(['basePath', 'account'])

/**
 * A provider's `config`, checked by a strict zod object.
 * @param name of the provider, as its errors begin: "bedrock"
 * @throws {ConfigError} for the first mistake; an unknown key is answered with the known one it resembles
 */
export function readConfig<T>(schema: z.ZodObject & z.ZodType<T>, config: unknown, name: string): T {
  const given = Object.entries((config ?? {}) as Record<string, unknown>).filter(
    ([key, value]) => !NOT_THE_PROVIDERS.has(key) && value !== undefined,
  )
  return readStrictly(schema, Object.fromEntries(given), name)
}
