import { ConfigError } from '../../../harness/model/errors.ts'
import type { Config } from './schema.ts'

/** Of one cache point: how long what stands before it is kept; five minutes where nothing is said. */
interface Mark {
  readonly ttl?: '5m' | '1h' | undefined
}

/** Parts of a request in the order in which a model reads them, and its cache keeps them. */
const PARTS = ['tools', 'system', 'messages'] as const
type CachedPart = (typeof PARTS)[number]

/**
 * Cache points by the part that each stands after; `shared` stands after whatever of the prompt is the same for every case: the
 * system prompt, else the tools, else the messages.
 */
export type CachePoints = Readonly<Partial<Record<CachedPart | 'shared', Mark>>>

/** @throws ConfigError for times to live that grow from one part to the next: Bedrock refuses them */
export function cachePointsOf(written: Config['cachePoint']): CachePoints | undefined {
  if (written === undefined || written === false) return undefined
  if (written === true) return { shared: {} }
  if (typeof written === 'string') return { shared: { ttl: written } }
  const points: Partial<Record<CachedPart | 'shared', Mark>> = {}
  for (const { after, ttl } of [written].flat()) {
    const parts = after === undefined ? (['shared'] as const) : [after].flat()
    for (const part of parts) points[part] = ttl === undefined ? {} : { ttl }
  }
  const marked = PARTS.filter((part) => points[part] !== undefined)
  const grows = marked.findIndex((part, index) => {
    const before = points[marked[index - 1] ?? part]
    return index > 0 && points[part]?.ttl === '1h' && before?.ttl !== '1h'
  })
  if (grows > 0) {
    throw new ConfigError(
      `bedrock: cachePoint: what stands after \`${marked[grows]}\` is kept longer than what stands after \`${marked[grows - 1]}\``,
      ['cachePoint'],
      false,
      'times to live may not grow along tools, system, messages',
    )
  }
  return points
}
