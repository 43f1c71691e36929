import type { Billing } from '../../model/billing.ts'
import type { Attempt } from '../../model/trial.ts'
import type { Cost, Usage } from '../../model/usage.ts'
import { totalTokens } from '../../model/usage.ts'
import { billingOfProvider } from '../../pricing/billing-of-provider.ts'
import type { Prices } from '../../pricing/open-prices.ts'
import type { ModelRequest } from '../call.ts'
import { maxTokensOf } from './max-tokens.ts'

/**
 * Bytes of UTF-8 to a token before a provider has told what it counts: English prose has about four, JSON and code about
 * three, and a Chinese character is three bytes and about one token.
 */
const BYTES_PER_TOKEN = 3

/** Tokens of a reply of which nothing is known: no `max_tokens` is set, and none has been seen. */
const UNKNOWN_REPLY = 1_000

/** Replies after which twice the longest of them is expected, instead of a `max_tokens` that is far above it. */
const ENOUGH_REPLIES = 30

/** How much more than its estimate a call may well take, where its longest reply is set and where it is not. */
const SPREAD_WITH_MAX = 1.25
const SPREAD = 2

/** What a call is expected to take, before it is made. */
export interface Estimate {
  readonly inputTokens: number
  /** The longest reply there may be: what a server sets aside of a limit in tokens a minute. */
  readonly outputTokens: number
  /** Prompt and reply together: a budget's tokens. */
  readonly tokens: number
  /** Of `tokens`, in USD. `unknown` while there is neither a price nor a call that told its cost. */
  readonly costUsd: Cost
  /** A call may take up to so many times its estimate. */
  readonly spread: number
  /** True while no call of the provider was answered, and its price or the length of its replies is not known either. */
  readonly isGuess: boolean
}

/** Learns what the calls of each provider take from those that were made. */
export interface Estimates {
  of(request: ModelRequest): Estimate
  /** What a call took, where it tells: its tokens (counted by its texts where no usage is told) and its cost. */
  observe(request: ModelRequest, attempt: Attempt): { readonly tokens: number; readonly costUsd: Cost }
}

/** What is known of a provider. */
interface Known {
  /** As what it goes by in the price table; undefined where that is not known. */
  readonly billing: Billing | undefined
  replies: number
  /** Of the prompts whose tokens were told. */
  bytes: number
  inputTokens: number
  longestReply: number
  /** The dearest call, in USD a token: replies cost more than prompts, so a mean would be too low for a long one. */
  usdPerToken: Cost
}

/**
 * @param prices without them only calls that told their cost tell what the next one will
 * @param wallClock the day whose prices hold
 */
export function createEstimates(prices?: Prices, wallClock = () => new Date()): Estimates {
  const providers = new Map<string, Known>()

  function knownOf({ spec, provider }: ModelRequest): Known {
    let known = providers.get(spec.key)
    if (known === undefined) {
      const billing = billingOfProvider(provider, spec.model ?? spec.id)
      known = { billing, replies: 0, bytes: 0, inputTokens: 0, longestReply: 0, usdPerToken: 'unknown' }
      providers.set(spec.key, known)
    }
    return known
  }

  /** By the price table, else by what calls of the provider cost. */
  function costOf(usage: Usage, { billing, usdPerToken }: Known): Cost {
    const priced = billing === undefined ? undefined : prices?.cost(billing, usage, wallClock())
    if (priced !== undefined && priced !== 'unknown') return priced
    return usdPerToken === 'unknown' ? 'unknown' : totalTokens(usage) * usdPerToken
  }

  return {
    of(request) {
      const known = knownOf(request)
      const { provider, spec, shape, prompt } = request
      // A prompt's own config goes before its provider's.
      const max = maxTokensOf(shape.options) ?? maxTokensOf(provider.config) ?? maxTokensOf(spec.config)
      const inputTokens = inputOf(prompt, known)
      const seen = known.replies === 0 ? UNKNOWN_REPLY : known.longestReply
      const likely = known.replies < ENOUGH_REPLIES ? (max ?? seen) : Math.min(max ?? seen, 2 * seen)
      const costUsd = costOf({ input: inputTokens, output: likely }, known)
      return {
        inputTokens,
        outputTokens: max ?? seen,
        tokens: inputTokens + likely,
        costUsd,
        spread: likely === max ? SPREAD_WITH_MAX : SPREAD,
        isGuess: known.replies === 0 && (max === undefined || costUsd === 'unknown'),
      }
    },

    observe(request, attempt) {
      const { reply, usage, costUsd } = attempt
      // A provider's own cache answered: nothing was spent, and nothing is to be learned.
      if (reply?.cached === true) return { tokens: 0, costUsd: 0 }
      const known = knownOf(request)
      if (reply === undefined) {
        if (usage === undefined) return { tokens: 0, costUsd }
        return { tokens: totalTokens(usage), costUsd: costUsd === 'unknown' ? costOf(usage, known) : costUsd }
      }
      const used = usage ?? { input: inputOf(request.prompt, known), output: tokensIn(reply.output) }
      const tokens = totalTokens(used)
      known.replies++
      known.longestReply = Math.max(known.longestReply, used.output)
      if (usage !== undefined) {
        known.bytes += Buffer.byteLength(request.prompt)
        known.inputTokens += tokens - used.output
      }
      if (costUsd === 'unknown') return { tokens, costUsd: costOf(used, known) }
      const { usdPerToken } = known
      const rate = costUsd / Math.max(1, tokens)
      known.usdPerToken = usdPerToken === 'unknown' ? rate : Math.max(usdPerToken, rate)
      return { tokens, costUsd }
    },
  }
}

function inputOf(prompt: string, { bytes, inputTokens }: Known): number {
  const tokensPerByte = bytes === 0 ? 1 / BYTES_PER_TOKEN : inputTokens / bytes
  return Math.ceil(Buffer.byteLength(prompt) * tokensPerByte)
}

function tokensIn(output: unknown): number {
  const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN)
}
