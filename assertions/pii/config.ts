import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { KINDS, type Kind } from './kinds.ts'

const schema = z.strictObject({
  kinds: z
    .array(z.enum(KINDS as [Kind, ...Kind[]]))
    .min(1)
    .optional(),
  allow: z.unknown().optional(),
  ip: z.enum(['public', 'all']).default('public'),
})

export interface PiiConfig {
  readonly kinds: ReadonlySet<Kind>
  /** Texts or any values, in which what is found is no leak. */
  readonly allow: unknown
  readonly ip: 'public' | 'all'
}

/** @throws ConfigError for the first mistake */
export function readConfig(config: object): PiiConfig {
  const { kinds = KINDS, allow, ip } = readStrictly(schema, config, 'pii')
  return { kinds: new Set(kinds), allow, ip }
}
