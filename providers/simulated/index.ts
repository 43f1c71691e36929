import { priceCall } from '../../harness/pricing/price-call.ts'
import type { FailureKind } from '../../harness/model/failure.ts'
import { messageOf } from '../../harness/model/errors.ts'
import type { CallContext, Provider, ProviderResponse } from '../../harness/model/provider.ts'
import type { ToolCall } from './answer/tool-call.ts'
import { reply } from './answer/reply.ts'
import type { SimulatedConfig } from './config.ts'
import { readConfig } from './config.ts'
import { drawPace, wait } from './latency.ts'
import { readPrompt } from './prompt/read-prompt.ts'
import type { Random } from './random.ts'
import { hash, seeded } from './random.ts'
import type { Tokenizer } from './tokens.ts'
import { loadTokenizer } from './tokens.ts'

interface ProviderOptions {
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly config?: unknown
}

/** Milliseconds that only ever grow. */
interface Clock {
  now(): number
}

/** No text has so many on average: a prompt beyond that is refused without counting its tokens. */
const MOST_CHARACTERS_A_TOKEN = 20

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

  /** @throws {HarnessError} when the config has an unknown key or a wrong value */
  constructor(options: ProviderOptions = {}, clock: Clock = performance) {
    this.label = options.label
    this.config = options.config
    this.#settings = readConfig(options.config, profileOfId(options.id))
    this.#clock = clock
  }

  id(): string {
    return `simulated:${this.#settings.profile.name}`
  }

  /** Never rejects: what goes wrong is told in `error` and `metadata.failure`. */
  async callApi(
    prompt: string,
    context?: Partial<CallContext>,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ProviderResponse> {
    const tokenizer = await loadTokenizer()
    const started = this.#clock.now()
    const { profile, temperature, maxTokens, timeScale } = this.#settings
    const tooLong = (size: string): ProviderResponse =>
      failure(
        'invalid',
        `the prompt has ${size}, and with ${maxTokens} tokens for the reply that is over the context window of ${profile.contextWindow} tokens of ${this.id()}`,
        400,
      )
    if (prompt.length > profile.contextWindow * MOST_CHARACTERS_A_TOKEN)
      return tooLong(`${prompt.length} characters`)
    const input = tokenizer.count(prompt)
    if (input + maxTokens > profile.contextWindow) return tooLong(`${input} tokens`)
    const said = reply(readPrompt(prompt), {
      profile,
      temperature,
      tools: offeredTools(context) ?? this.#settings.tools,
      random: this.#random(prompt, temperature === 0 ? undefined : (context?.repeatIndex ?? 0)),
    })
    const { output, tokens, finishReason } = finish(said, maxTokens, tokenizer)
    const pace = drawPace(
      profile,
      tokens,
      timeScale,
      this.#random(`pace ${prompt}`, context?.repeatIndex ?? 0),
    )
    const signal = options?.abortSignal
    try {
      await wait(pace.ttftMs, signal)
      const first = this.#clock.now()
      await wait(pace.restMs, signal)
      const cost = priceCall(this.id(), { input, output: tokens })
      return {
        output,
        finishReason,
        tokenUsage: { total: input + tokens, prompt: input, completion: tokens, numRequests: 1 },
        ...(cost === 'unknown' ? {} : { cost }),
        metadata: {
          timing: { ttftMs: first - started, serverMs: this.#clock.now() - started },
          notice: this.notice,
        },
      }
    } catch (thrown) {
      if (signal?.aborted === true)
        return failure('aborted', `the call was aborted: ${messageOf(signal.reason)}`)
      throw thrown
    }
  }

  /** Without a repeat, the stream depends on nothing but the model and the prompt. */
  #random(prompt: string, repeat: number | undefined): Random {
    const { profile, seed } = this.#settings
    const own = hash(prompt, hash(profile.name))
    return seeded(
      repeat === undefined ? own : own + Math.imul(seed, 0x9e3779b1) + Math.imul(repeat, 0x85ebca6b),
    )
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

function finish(
  said: string | ToolCall[],
  maxTokens: number,
  tokenizer: Tokenizer,
): { output: unknown; tokens: number; finishReason: string } {
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  const tokens = tokenizer.count(text)
  if (tokens > maxTokens) {
    return { output: tokenizer.cut(text, maxTokens), tokens: maxTokens, finishReason: 'length' }
  }
  return { output: said, tokens, finishReason: typeof said === 'string' ? 'stop' : 'tool_calls' }
}

function failure(kind: FailureKind, message: string, status?: number): ProviderResponse {
  return {
    error: message,
    metadata: { failure: { kind, message, ...(status === undefined ? {} : { status }) } },
  }
}
