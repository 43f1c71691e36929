import { z } from 'zod'
import { readConfig as readStrictly } from '../shared/config.ts'
import type { Profile } from './profile.ts'
import { PROFILES } from './profile.ts'

/**
 * Times are cut to a twentieth, so that a suite of a couple of thousand calls takes seconds. At 1 a call takes about as long
 * as one to a hosted model of the profile's class.
 */
const DEFAULT_TIME_SCALE = 0.05
const DEFAULT_MAX_TOKENS = 512

const schema = z.strictObject({
  profile: z.enum(['flash', 'sonnet']).default('flash'),
  seed: z.int().default(0),
  temperature: z.number().min(0).max(2).default(0.7),
  maxTokens: z.int().min(1).optional(),
  max_tokens: z.int().min(1).optional(),
  timeScale: z.number().min(0).default(DEFAULT_TIME_SCALE),
  tools: z.array(z.unknown()).optional(),
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
  }
}
