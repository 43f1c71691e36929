import type { Billing } from '../harness/model/billing.ts'
import type { CallContext, Provider, ProviderResponse } from '../harness/model/provider.ts'
import type { Prices } from '../harness/pricing/open-prices.ts'
import { openPrices } from '../harness/pricing/open-prices.ts'
import type { Connection } from './bedrock/client/connection.ts'
import { acquire } from './bedrock/client/connection.ts'
import { failureOfSetup } from './bedrock/failure.ts'
import { makeCall } from './bedrock/make-call.ts'
import type { Setup } from './bedrock/setup.ts'
import { setUp, setUpForPrompt } from './bedrock/setup.ts'
import type { ProviderOptions } from './shared/provider-options.ts'
import { failed } from './shared/response.ts'

interface Open {
  readonly connection: Connection
  readonly prices: Prices
  readonly release: () => void
}

const CLOCK = { now: () => performance.now(), wallClock: () => new Date() }

/**
 * Models of Amazon Bedrock, by Converse or InvokeModel, streamed or not: docs/bedrock.md. One call is one request: nothing is
 * tried again here.
 */
export default class Bedrock implements Provider {
  label: string | undefined
  readonly config: unknown
  readonly billing: Billing
  readonly warnings: readonly string[]
  readonly #id: string
  readonly #clock: typeof CLOCK
  readonly #setup: Setup
  readonly #forPrompts = new WeakMap<object, Setup>()
  #opening: Promise<Open> | undefined

  /** @throws {ConfigError} for an unknown key, a wrong value, a model that is missing */
  constructor(options: ProviderOptions = {}, clock = CLOCK) {
    this.label = options.label
    this.config = options.config
    this.#clock = clock
    this.#setup = setUp(options, clock.wallClock())
    const { name, billing, warnings } = this.#setup
    this.billing = billing
    this.warnings = warnings
    this.#id = `bedrock:${name.asked}`
  }

  id(): string {
    return this.#id
  }

  /** @throws HarnessError `suite` where there are no credentials, or no region */
  async ready(): Promise<void> {
    await this.#open()
  }

  /** Never rejects: what goes wrong is told in `error` and `metadata.failure`. */
  async callApi(
    prompt: string,
    context?: Partial<CallContext>,
    options: { abortSignal?: AbortSignal | undefined } = {},
  ): Promise<ProviderResponse> {
    const { billing } = this
    try {
      const setup = this.#setupFor(context?.prompt?.config)
      const { connection, prices } = await this.#open()
      return await makeCall(prompt, setup, {
        connection,
        prices,
        clock: this.#clock,
        signal: options.abortSignal,
      })
    } catch (error) {
      return failed(failureOfSetup(error), { billing })
    }
  }

  /** Closes the connections, unless others use them too. */
  async cleanup(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    await opening?.then(
      ({ release }) => release(),
      () => {},
    )
  }

  /** Once; again after a failure, which may have been put right. */
  #open(): Promise<Open> {
    if (this.#opening === undefined) {
      const opening = open(this.#setup)
      this.#opening = opening
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = undefined
      })
    }
    return this.#opening
  }

  #setupFor(own: unknown): Setup {
    if (typeof own !== 'object' || own === null || Object.keys(own).length === 0) return this.#setup
    const known = this.#forPrompts.get(own)
    if (known !== undefined) return known
    const setup = setUpForPrompt(this.#setup, own)
    this.#forPrompts.set(own, setup)
    return setup
  }
}

async function open({ where }: Setup): Promise<Open> {
  const { connection, release } = acquire(where)
  try {
    const [opened, prices] = await Promise.all([connection, openPrices()])
    return { connection: opened, prices, release }
  } catch (error) {
    release()
    throw error
  }
}
