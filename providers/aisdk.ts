import type { Billing } from '../harness/model/billing.ts'
import { messageOf } from '../harness/model/errors.ts'
import type { CallContext, Provider, ProviderResponse } from '../harness/model/provider.ts'
import type { Prices } from '../harness/pricing/open-prices.ts'
import { openPrices } from '../harness/pricing/open-prices.ts'
import { makeCall } from './aisdk/call.ts'
import type { Config } from './aisdk/config/spellings.ts'
import { requireKey } from './aisdk/endpoint.ts'
import type { VendorsModel } from './aisdk/model-of.ts'
import { modelOf } from './aisdk/model-of.ts'
import type { OpenModel } from './aisdk/open-model.ts'
import { loadModels } from './aisdk/open-model.ts'
import { renderedSystem } from './aisdk/request/system.ts'
import type { Setup } from './aisdk/setup.ts'
import { setUp, setUpForPrompt } from './aisdk/setup.ts'
import { retirementOf } from './aisdk/warnings.ts'
import { readChat } from './chat/read-chat.ts'
import type { ProviderOptions } from './shared/provider-options.ts'
import { environmentOf } from './shared/provider-options.ts'
import { failed } from './shared/response.ts'

interface CallOptions {
  readonly abortSignal?: AbortSignal | undefined
  readonly includeLogProbs?: boolean | undefined
}

interface Loaded {
  readonly open: OpenModel
  readonly prices: Prices
}

/**
 * Models of OpenAI (chat completions), Google (Gemini API), Anthropic (messages), and of every server that speaks like OpenAI's,
 * through the AI SDK. One call is one request: nothing is tried again here.
 */
export default class AiSdk implements Provider {
  label: string | undefined
  readonly config: unknown
  readonly billing: Billing
  readonly warnings: readonly string[]
  readonly #of: VendorsModel
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #setup: Setup
  readonly #forPrompts = new WeakMap<object, Setup>()
  #loading: Promise<Loaded> | undefined

  /** @throws {ConfigError} for an unknown key, a wrong value, a model that is not said */
  constructor(options: ProviderOptions = {}) {
    const config = (options.config ?? {}) as Config
    this.label = options.label
    this.config = config
    this.#env = environmentOf(options)
    this.#of = modelOf(options.id, config)
    this.#setup = setUp(this.#of, config, this.#env)
    this.billing = this.#setup.billing
    this.warnings = retirementOf(this.#setup.info, this.#of.model, new Date())
  }

  id(): string {
    return `${this.#of.vendor}:${this.#of.model}`
  }

  /** @throws HarnessError `suite` that names the environment variable for a key that is not there */
  async ready(): Promise<void> {
    await this.#load()
  }

  /** Never rejects: what goes wrong is told in `error` and `metadata.failure`. */
  async callApi(
    prompt: string,
    context?: Partial<CallContext>,
    options: CallOptions = {},
  ): Promise<ProviderResponse> {
    let loaded: Loaded | undefined
    try {
      loaded = await this.#load()
      const setup = this.#setUpFor(context?.prompt?.config)
      const { settings } = setup
      const system = await renderedSystem(settings.system, setup.vendor, context?.vars)
      const chat = readChat(prompt, system)
      const means = { ...loaded, clock: performance, signal: options.abortSignal }
      const isAsked = options.includeLogProbs === true && setup.vendor.startsWith('openai')
      const body = isAsked ? { ...settings.body, logprobs: true } : settings.body
      return await makeCall({ ...setup, settings: { ...settings, body }, chat }, means)
    } catch (error) {
      return failed(
        { kind: loaded === undefined ? 'auth' : 'invalid', message: messageOf(error) },
        { billing: this.billing },
      )
    }
  }

  #load(): Promise<Loaded> {
    return (this.#loading ??= this.#open())
  }

  async #open(): Promise<Loaded> {
    requireKey(this.#setup.endpoint, this.#of.vendor)
    const [open, prices] = await Promise.all([loadModels(this.#of.vendor), openPrices()])
    return { open, prices }
  }

  #setUpFor(own: unknown): Setup {
    if (typeof own !== 'object' || own === null || Object.keys(own).length === 0) return this.#setup
    const known = this.#forPrompts.get(own)
    if (known !== undefined) return known
    const setup = setUpForPrompt(this.#of, this.config as Config, own as Config, this.#env)
    this.#forPrompts.set(own, setup)
    return setup
  }
}
