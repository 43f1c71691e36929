import { simulatedCost } from '../../harness/pricing/simulated-prices.ts'
import type { FailureKind } from '../../harness/model/failure.ts'
import { messageOf } from '../../harness/model/errors.ts'
import type { CallContext, Provider, ProviderResponse } from '../../harness/model/provider.ts'
import type { Usage } from '../../harness/model/usage.ts'
import type { SimulatedConfig } from './config.ts'
import { readConfig } from './config.ts'
import { wait } from './latency.ts'
import { PromptCache } from './prompt-cache.ts'
import { cachedPrefixes } from './prompt/cached-prefixes.ts'
import { countPrompt, respond } from './respond.ts'
import type { Tokenizer } from './tokens.ts'
import { loadTokenizer } from './tokens.ts'

interface ProviderOptions {
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly config?: unknown
}

/** Of the time to the first token: what goes into reading the prompt, and is saved of what the cache has read before. */
const PREFILL_SHARE = 0.6

/** Milliseconds that only ever grow. */
interface Clock {
  now(): number
}

/**
 * A stand-in for the endpoint of a language model, for suites, tests and benchmarks that must run without a key. It is
 * not a language model: it reads the prompt with a few simple rules and a small word list (docs/simulated-models.md).
 * The same prompt, config and repeat always get the same reply.
 */
export default class SimulatedModel implements Provider {
  /** For reports: what these figures are worth. */
  readonly notice = 'simulated, not a language model'
  /** Asking again costs nothing, and then its latency is measured. */
  readonly cacheable = false
  readonly label: string | undefined
  readonly config: unknown
  readonly #settings: SimulatedConfig
  readonly #clock: Clock
  readonly #cache = new PromptCache()

  /** @throws {HarnessError} when the config has an unknown key or a wrong value */
  constructor(options: ProviderOptions = {}, clock: Clock = performance) {
    this.label = options.label
    this.config = options.config
    this.#settings = readConfig(options.config, profileOfId(options.id))
    this.#clock = clock
  }

  id(): string {
    return `simulated:${this.#settings.profile.model}`
  }

  /** Never rejects: what goes wrong is told in `error` and `metadata.failure`. */
  async callApi(
    prompt: string,
    context?: Partial<CallContext>,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ProviderResponse> {
    const tokenizer = await loadTokenizer()
    const started = this.#clock.now()
    const { profile, maxTokens } = this.#settings
    const input = countPrompt(prompt, profile.contextWindow, tokenizer)
    if (input === undefined || input + maxTokens > profile.contextWindow) {
      const size = input === undefined ? `${prompt.length} characters` : `${input} tokens`
      return failure(
        'invalid',
        `the prompt has ${size}, and with ${maxTokens} tokens for the reply that is over the context window of ${profile.contextWindow} tokens of ${this.id()}`,
        400,
      )
    }
    const tools = offeredTools(context) ?? this.#settings.tools
    const repeat = context?.repeatIndex ?? 0
    const said = respond(prompt, { ...this.#settings, tools, repeat }, tokenizer)
    const { output, tokens, finishReason, pace } = said
    const usage = this.#usageOf(prompt, input, tokens, tokenizer)
    const { cacheRead = 0 } = usage
    const signal = options?.abortSignal
    try {
      await wait(pace.ttftMs * (1 - (PREFILL_SHARE * cacheRead) / Math.max(1, input)), signal)
      const first = this.#clock.now()
      await wait(pace.restMs, signal)
      const cost = simulatedCost(profile.model, usage)
      return {
        output,
        finishReason,
        tokenUsage: { total: input + tokens, prompt: input, completion: tokens, numRequests: 1 },
        ...(cost === 'unknown' ? {} : { cost }),
        metadata: {
          timing: { ttftMs: first - started, serverMs: this.#clock.now() - started },
          ...(this.#settings.promptCache !== undefined && { usage }),
          notice: this.notice,
        },
      }
    } catch (thrown) {
      if (signal?.aborted === true)
        return failure('aborted', `the call was aborted: ${messageOf(signal.reason)}`)
      throw thrown
    }
  }

  /** Tokens in the classes that are priced apart: of the prompt, what was in the cache and what went into it. */
  #usageOf(prompt: string, input: number, output: number, tokenizer: Tokenizer): Usage {
    const { promptCache } = this.#settings
    if (promptCache === undefined) return { input, output }
    const { ttl, minTokens } = promptCache
    const count = (text: string): number => Math.min(input, tokenizer.count(text))
    const prefixes = cachedPrefixes(prompt, ttl)
    const { read, write, write1h } = this.#cache.use('', prefixes, count, minTokens, this.#clock.now())
    return {
      input: input - read - write,
      output,
      cacheRead: read,
      cacheWrite: write,
      ...(write1h > 0 && { cacheWrite1h: write1h }),
    }
  }
}

/** `simulated:sonnet`, for whoever runs this by its id instead of its file: the id names the profile. */
function profileOfId(id: string | undefined): string | undefined {
  return /^simulated:(.*)$/s.exec(id ?? '')?.[1]
}

/** Tools may also be offered with the prompt. */
function offeredTools(context: Partial<CallContext> | undefined): readonly unknown[] | undefined {
  const config = context?.prompt?.config
  const tools =
    typeof config === 'object' && config !== null ? (config as { tools?: unknown }).tools : undefined
  return Array.isArray(tools) ? tools : undefined
}

function failure(kind: FailureKind, message: string, status?: number): ProviderResponse {
  return {
    error: message,
    metadata: { failure: { kind, message, ...(status === undefined ? {} : { status }) } },
  }
}
