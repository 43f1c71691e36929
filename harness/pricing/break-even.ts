import type { Cost, Usage } from '../model/usage.ts'

/** A prompt whose beginning may be cached, in tokens. */
export interface CachedCall {
  /** What every request begins with. */
  readonly prefix: number
  /** What comes after it, and is another each time. */
  readonly rest: number
  readonly output: number
  /** Kept for an hour, which costs more to write. */
  readonly forAnHour?: boolean | undefined
  /**
   * Whether the provider counts what it writes. Caches that fill themselves (OpenAI's, Gemini's) do not: what they did not hold is input, and
   * where writing has no price of its own that is what it costs. Default: true.
   */
  readonly isWritten?: boolean | undefined
}

/**
 * The number of requests from which caching the prefix costs less than sending it each time, all of them within its time to live. With w
 * for a request that writes the cache, r for one that reads it, and p for a plain one (USD), n requests cost w + (n − 1)·r against n·p,
 * so that n > (w − r) / (p − r). At 1.25 times the input to write and 0.1 times to read that is the second request, at 2 times to write
 * the third: after one read and after two, as Anthropic's documentation of prompt caching has it.
 * @param price USD of one call; costs may rise with the length of the prompt
 * @returns null where it never pays, and where a class of tokens has no known price
 */
export function breakEven(price: (usage: Usage) => Cost, call: CachedCall): number | null {
  const { prefix, rest: input, output, forAnHour = false, isWritten = true } = call
  if (prefix <= 0) return null
  const plain = price({ input: input + prefix, output })
  const read = price({ input, output, cacheRead: prefix })
  const priced = price({ input, output, cacheWrite: prefix, ...(forAnHour && { cacheWrite1h: prefix }) })
  const write = priced === 'unknown' && !isWritten ? plain : priced
  if (plain === 'unknown' || read === 'unknown' || write === 'unknown' || read >= plain) return null
  // Sums of prices are doubles: a tie must not come out as a gain.
  return Math.max(1, Math.floor((write - read) / (plain - read) + 1e-9) + 1)
}
