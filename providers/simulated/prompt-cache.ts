import { hash } from 'node:crypto'

/** A beginning of a prompt that is to be kept. */
export interface Prefix {
  readonly text: string
  readonly ttl: '5m' | '1h'
}

const TTL_MS: Readonly<Record<Prefix['ttl'], number>> = { '5m': 300_000, '1h': 3_600_000 }
/** Tokens below which no beginning is kept, where nothing is known of the model: as most vendors have it. */
export const CACHE_MIN_TOKENS = 1024

const MOST_ENTRIES = 10_000

/** Tokens of a prompt that came from the cache, and that went into it. */
export interface CacheUse {
  readonly read: number
  /** All that was written. */
  readonly write: number
  /** Of that: for an hour. */
  readonly write1h: number
}

/** A model's prompt cache: the longest marked beginning that is known is read, and what is marked beyond it is written. */
export class PromptCache {
  /** When an entry ends, by its hash; the oldest first. */
  readonly #ends = new Map<string, number>()

  /**
   * @param count tokens of a text
   * @param least tokens below which a beginning is not cached
   * @param now milliseconds
   */
  use(
    model: string,
    prefixes: readonly Prefix[],
    count: (text: string) => number,
    least: number,
    now: number,
  ): CacheUse {
    const marked = prefixes
      .map((prefix) => ({
        ...prefix,
        key: hash('sha256', `${model}\u0000${prefix.text}`),
        tokens: count(prefix.text),
      }))
      .filter(({ tokens }) => tokens >= least)
    const known = marked.findLast(({ key }) => (this.#ends.get(key) ?? 0) > now)
    const read = known?.tokens ?? 0
    let [write, write1h] = [0, 0]
    for (const { ttl, key, tokens } of marked) {
      if (tokens > read + write) {
        if (ttl === '1h') write1h += tokens - read - write
        write = tokens - read
      }
      this.#keep(key, now + TTL_MS[ttl])
    }
    return { read, write, write1h }
  }

  #keep(key: string, end: number): void {
    this.#ends.delete(key)
    this.#ends.set(key, end)
    if (this.#ends.size <= MOST_ENTRIES) return
    const [oldest = key] = this.#ends.keys()
    this.#ends.delete(oldest)
  }
}
