import type { AnthropicConfig } from '../config/read.ts'
import type { Message } from '../language-model.ts'
import { markOf } from './prompt.ts'

/** How long what stands before a cache point is kept; five minutes where nothing is said. */
interface Mark {
  readonly ttl?: '5m' | '1h' | undefined
}

/**
 * Cache points by the part of the request that each stands after; `shared` stands after what the cases of a suite have in
 * common: the system prompt, else the whole prompt.
 */
export type CachePoints = Readonly<Partial<Record<'tools' | 'system' | 'messages' | 'shared', Mark>>>

export function cachePointsOf(written: AnthropicConfig['cachePoint']): CachePoints | undefined {
  if (written === undefined || written === false) return undefined
  if (written === true) return { shared: {} }
  if (typeof written === 'string') return { shared: { ttl: written } }
  const points: Partial<Record<keyof CachePoints, Mark>> = {}
  for (const { after = 'shared' as const, ttl } of [written].flat())
    for (const part of [after].flat()) points[part] = ttl === undefined ? {} : { ttl }
  return points
}

/** Puts the marks onto a prompt's messages. */
export function markPrompt(
  messages: readonly Message[],
  { system, messages: all, shared }: CachePoints,
): void {
  const lastSystem = messages.findLast(({ role }) => role === 'system')
  const last = messages.at(-1)
  const afterSystem = system ?? (lastSystem && shared)
  const afterAll = all ?? (lastSystem === undefined ? shared : undefined)
  if (lastSystem !== undefined && afterSystem !== undefined) lastSystem.providerOptions = markOf(afterSystem)
  if (last !== undefined && afterAll !== undefined) last.providerOptions = markOf(afterAll)
}
