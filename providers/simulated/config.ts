import { z } from 'zod'
import { readConfig as readStrictly } from '../shared/config.ts'
import type { Profile } from './profile.ts'
import type { Prefix } from './prompt-cache.ts'
import { CACHE_MIN_TOKENS } from './prompt-cache.ts'
import { PROFILES } from './profile.ts'

/**
 * Times are cut to a twentieth, so that a suite of a couple of thousand calls takes seconds. At 1 a call takes about as long
 * as one to a hosted model of the profile's class.
 */
const DEFAULT_TIME_SCALE = 0.05
const DEFAULT_MAX_TOKENS = 512

const schema = z.strictObject({
  profile: z.enum(['flash', 'sonnet', 'local-q4']).default('flash'),
  seed: z.int().default(0),
  temperature: z.number().min(0).max(2).default(0.7),
  maxTokens: z.int().min(1).optional(),
  max_tokens: z.int().min(1).optional(),
  timeScale: z.number().min(0).default(DEFAULT_TIME_SCALE),
  tools: z.array(z.unknown()).optional(),
  promptCache: z
    .union(
      [
        z.boolean(),
        z.strictObject({ ttl: z.enum(['5m', '1h']).default('5m'), minTokens: z.int().min(1).optional() }),
      ],
      'expected true, false or an object: `ttl` 5m or 1h, `minTokens` a whole number from 1',
    )
    .optional(),
})

/** What a suite may set under `config`. */
export interface SimulatedConfig {
  readonly profile: Profile
  readonly seed: number
  /** 0 is deterministic, whatever the seed and the repeat. */
  readonly temperature: number
  /** Longest reply, in tokens. */
  readonly maxTokens: number
  /** Factor on every waiting time: 0 waits for nothing. */
  readonly timeScale: number
  readonly tools: readonly unknown[]
  /** Keeps what prompts begin with; undefined where every token is read anew. */
  readonly promptCache: { readonly ttl: Prefix['ttl']; readonly minTokens: number } | undefined
}

/**
 * @param profile what the id of the provider says, unless the config says something else
 * @throws {ConfigError} for the first mistake
 */
export function readConfig(config: unknown, profile?: string): SimulatedConfig {
  const given = profile === undefined ? config : { profile, ...(config as object | undefined) }
  const read = readStrictly(schema, given, 'simulated model')
  const { seed, temperature, maxTokens, max_tokens, timeScale, tools } = read
  return {
    profile: PROFILES[read.profile],
    seed,
    temperature,
    maxTokens: maxTokens ?? max_tokens ?? DEFAULT_MAX_TOKENS,
    timeScale,
    tools: tools ?? [],
    promptCache: cacheOf(read.promptCache),
  }
}

function cacheOf(written: z.infer<typeof schema>['promptCache']): SimulatedConfig['promptCache'] {
  if (written === undefined || written === false) return undefined
  const { ttl = '5m', minTokens = CACHE_MIN_TOKENS } = written === true ? {} : written
  return { ttl, minTokens }
}
