import type { Billing } from '../harness/model/billing.ts'
import { billingOfKey } from '../harness/model/billing.ts'
import { HarnessError } from '../harness/model/errors.ts'
import type { CallContext, Provider, ProviderResponse } from '../harness/model/provider.ts'
import { CallError } from './http/call-error.ts'
import type { HttpConfig } from './http/config.ts'
import { forPrompt, readHttpConfig } from './http/config.ts'
import type { Call } from './http/call.ts'
import { makeCall } from './http/call.ts'
import { Connections } from './http/exchange/connections.ts'
import { failureOf } from './http/failure.ts'
import { RequestTemplate } from './http/request/request.ts'
import { conversationOf, idOf, Sessions } from './http/session.ts'
import type { Values } from './http/template/engine.ts'
import { Engine } from './http/template/engine.ts'
import type { ProviderOptions } from './shared/provider-options.ts'
import { environmentOf } from './shared/provider-options.ts'
import { failed } from './shared/response.ts'
import { shownAddress } from './shared/shown-address.ts'

/** Any backend that is asked over HTTP: docs/http-provider.md. */
export default class Http implements Provider {
  label: string | undefined
  readonly config: unknown
  readonly billing: Billing | undefined
  readonly warnings: readonly string[]
  readonly #settings: HttpConfig
  readonly #engine = new Engine()
  readonly #request: RequestTemplate
  readonly #env: Values
  readonly #connections = new Connections()
  readonly #sessions = new Sessions()

  /** @throws {ConfigError} for an unknown key, a wrong value, a path or a template that does not parse */
  constructor(options: ProviderOptions = {}) {
    this.label = options.label
    this.config = options.config
    this.#settings = readHttpConfig(options.config)
    this.#request = new RequestTemplate(this.#settings, this.#engine)
    this.#env = environmentOf(options)
    this.billing = billingOf(this.#settings)
    this.warnings = this.#request.changes
      ? []
      : ['http: nothing in the request names the prompt or a variable, so every call is the same']
  }

  id(): string {
    return `http:${shownAddress(this.#settings.url)}`
  }

  /** @throws HarnessError `suite` that names an environment variable which the request needs and is not set */
  ready(): Promise<void> {
    const missing = this.#request.missing(this.#env)[0]
    if (missing === undefined) return Promise.resolve()
    const { variable, at } = missing
    return Promise.reject(
      new HarnessError('suite', `http: the environment variable ${variable} is not set`, {
        hint: `config.${at.join('.')} needs it: set it, also in a \`.env\` file`,
      }),
    )
  }

  /** Never rejects: what goes wrong is told in `error` and `metadata.failure`. */
  async callApi(
    prompt: string,
    context?: Partial<CallContext>,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ProviderResponse> {
    const means = { connections: this.#connections, clock: performance, signal: options?.abortSignal }
    let call: Call
    try {
      await this.ready()
      call = this.#prepare(prompt, context)
    } catch (error) {
      return failed(failureOf(error, { cut: undefined, timeoutMs: 0, to: this.id(), isAnswered: false }))
    }
    return makeCall(call, means)
  }

  cleanup(): void {
    this.#connections.close()
  }

  #prepare(prompt: string, context: Partial<CallContext> | undefined): Call {
    const config = forPrompt(this.config, context?.prompt?.config) ?? this.#settings
    this.#engine.useFilters(context?.['filters'])
    const conversation = config.session && conversationOf(context)
    const values = this.#values(prompt, context, conversation)
    return {
      config,
      billing: billingOf(config),
      outgoing: this.#request.render(values),
      undefinedNames: this.#request.undefinedNames(values),
      sessionId: values['sessionId'] as string | undefined,
      onSession: (id) => this.#sessions.remember(conversation, id),
    }
  }

  /** The vars are looked at only if they shape the request: a reply is known by them then. */
  #values(
    prompt: string,
    context: Partial<CallContext> | undefined,
    conversation: string | undefined,
  ): Values {
    const { readsVars, readsPromptJson } = this.#request
    const vars = readsVars || this.#settings.session !== undefined ? context?.vars : undefined
    const given = idOf(vars?.['sessionId']) ?? this.#sessions.of(conversation)
    return {
      ...vars,
      ...(readsPromptJson && { promptJson: parsedPrompt(prompt) }),
      ...(given !== undefined && { sessionId: given }),
      env: this.#env,
      prompt,
    }
  }
}

function billingOf({ billing }: HttpConfig): Billing | undefined {
  return billing === undefined ? undefined : billingOfKey(billing)
}

function parsedPrompt(prompt: string): unknown {
  try {
    return JSON.parse(prompt) as unknown
  } catch {
    throw new CallError('invalid', 'the request names `promptJson`, and the prompt is not JSON')
  }
}
