import { ConfigError } from '../../../harness/model/errors.ts'
import type { HttpConfig } from '../config.ts'
import { CallError } from '../call-error.ts'
import type { Engine, Place, Template, Values } from '../template/engine.ts'
import type { BodyTemplate } from './body.ts'
import { checkAddition, compileBody } from './body.ts'
import type { HeadersTemplate } from './headers.ts'
import { checkHeaderName, compileHeaders, headerValue } from './headers.ts'
import type { Outgoing } from './outgoing.ts'
import type { UrlTemplate } from './url.ts'
import { compileUrl } from './url.ts'

/** Names that are known without a look at the case's vars. */
const OWN: ReadonlySet<string> = new Set(['prompt', 'promptJson', 'env'])
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** What is sent although no template of the suite's asks for it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  accept: '*/*',
  'accept-encoding': 'gzip, br',
  'user-agent': 'assay',
}

/** The request a suite describes, its templates compiled. */
export class RequestTemplate {
  readonly #method: Template
  readonly #url: UrlTemplate
  readonly #headers: HeadersTemplate
  readonly #body: BodyTemplate | undefined
  readonly #send: NonNullable<HttpConfig['session']>['send']
  readonly #templates: readonly Template[]

  /** @throws {ConfigError} for what is wrong with it whatever it is rendered with */
  constructor(config: HttpConfig, engine: Engine) {
    this.#method = engine.compile(config.method, ['method'])
    this.#url = compileUrl(config, engine)
    this.#headers = compileHeaders(config, engine)
    this.#body =
      config.body === undefined || config.body === null ? undefined : compileBody(config.body, engine)
    this.#send = config.session?.send
    this.#templates = [
      this.#method,
      ...this.#url.templates,
      ...this.#headers.templates,
      ...(this.#body?.templates ?? []),
    ]
    this.#check(config)
  }

  /** True when it asks for more than the prompt and the environment. */
  get readsVars(): boolean {
    return this.#templates.some(({ names }) => [...names].some((name) => !OWN.has(name)))
  }

  get readsPromptJson(): boolean {
    return this.#templates.some(({ names }) => names.has('promptJson'))
  }

  /** False where every call is the same. */
  get changes(): boolean {
    return this.#templates.some(({ names }) => [...names].some((name) => name !== 'env'))
  }

  /** The environment variables it names and cannot do without, that are not set, and where. */
  missing(env: Values): { readonly variable: string; readonly at: Place }[] {
    return this.#templates.flatMap(({ variables, at }) =>
      [...variables].filter((name) => env[name] === undefined).map((variable) => ({ variable, at })),
    )
  }

  /** The variables it prints that are not there: they are sent as nothing, or left out. */
  undefinedNames(values: Values): string[] {
    const printed = new Set(this.#templates.flatMap((template) => [...template.printed]))
    return [...printed].filter((name) => name !== 'sessionId' && values[name] === undefined)
  }

  /** @throws {CallError} `invalid` for what can be no request with these values */
  render(values: Values): Outgoing {
    const sessionId = values['sessionId'] as string | undefined
    const { header, query, cookie, body } = sessionId === undefined ? {} : (this.#send ?? {})
    const id = String(sessionId)
    const url = this.#url.render(values)
    if (query !== undefined) url.searchParams.set(query, id)
    const headers: Record<string, string> = { ...DEFAULTS, ...this.#headers.render(values) }
    if (header !== undefined) headers[header.toLowerCase()] = headerValue(header, id)
    if (cookie !== undefined)
      headers['cookie'] = headerValue(
        'cookie',
        [headers['cookie'], `${cookie}=${id}`].filter(Boolean).join('; '),
      )
    const method = this.#method.render(values).trim().toUpperCase()
    if (!isMethod(method)) throw new CallError('invalid', `no method is called \`${method}\``)
    if (this.#body === undefined || BODILESS.has(method)) return { url, method, headers, body: undefined }
    headers['content-type'] ??= this.#body.contentType
    const added = body === undefined ? {} : { [body]: id }
    return { url, method, headers, body: this.#body.render(values, headers['content-type'], added) }
  }

  #check({ method, body, headers, session }: HttpConfig): void {
    if (this.#method.names.size === 0 && !isMethod(method))
      throw new ConfigError(`http: config.method: no method is called \`${method}\``, ['method'], false)
    if (BODILESS.has(method.toUpperCase()) && this.#body !== undefined)
      throw new ConfigError(
        `http: a ${method.toUpperCase()} request has no body`,
        ['body'],
        true,
        'put it into `query`, or leave `method` out: it is POST then',
      )
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')
    if (type !== undefined && /^\s*multipart\//i.test(String(type[1])))
      throw new ConfigError(
        'http: multipart bodies are not offered',
        ['headers', type[0]],
        false,
        'promptfoo’s own provider has them: use its id `http` or `https://…` instead of this file',
      )
    const send = session?.send
    if (send?.header !== undefined) checkHeaderName(send.header, ['session', 'send', 'header'])
    if (send?.body !== undefined) checkAddition(body)
  }
}

function isMethod(text: string): boolean {
  return /^[A-Za-z]+$/.test(text.trim())
}
