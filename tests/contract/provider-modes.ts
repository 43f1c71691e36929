import { globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Provider } from '../../harness/model/provider.ts'
import type { Vendor } from '../../providers/aisdk/vendor.ts'
import type { Api } from '../../providers/bedrock/config/settings.ts'
import type { ProviderOptions } from '../../providers/shared/provider-options.ts'
import type { ProtocolName } from '../../providers/simulated/server/step.ts'

/** One way to use a provider file. */
export interface Mode {
  readonly name: string
  /** In `providers/`. */
  readonly file: string
  /** A key of its config with a slip in it, and the key that is meant. */
  readonly misspelt: readonly [written: string, meant: string]
  readonly env: Readonly<Record<string, string | undefined>>
  /** The vendor's package, which takes its time to load. */
  readonly sdk?: string
  /** @param url of the server, where it asks one */
  config(url: string): Readonly<Record<string, unknown>>
}

/** One that asks a server. */
export interface WireMode extends Mode {
  readonly protocol: ProtocolName
  readonly isStreamed: boolean
  /** True where every frame of a stream has a checksum. */
  readonly isFramed: boolean
  /** True where the adapter knows the protocol's words; false where a suite tells it what to look at. */
  readonly knowsProtocol: boolean
  /** Makes it show a tool call, where it does not by itself. */
  readonly forToolCalls?: Readonly<Record<string, unknown>>
  config(url: string, model?: string): Readonly<Record<string, unknown>>
}

export const PROVIDERS = resolve(import.meta.dirname, '../../providers')

/** Every file that a suite may name. */
export const FILES = globSync(['*.ts', '*/index.ts'], { cwd: PROVIDERS }).toSorted()

/** Variables of the machine's own that may not have a say. */
const NO_ENV: Readonly<Record<string, undefined>> = Object.fromEntries(
  [
    ...namesOf(
      ['AWS'],
      'ACCESS_KEY_ID SECRET_ACCESS_KEY SESSION_TOKEN BEARER_TOKEN_BEDROCK PROFILE ENDPOINT_URL DEFAULT_REGION',
    ),
    ...namesOf(['AWS_BEDROCK'], 'REGION MAX_TOKENS TEMPERATURE TOP_P STOP'),
    ...namesOf(
      ['OPENAI', 'GOOGLE', 'GEMINI', 'PALM', 'ANTHROPIC', 'OLLAMA'],
      'API_KEY BASE_URL API_BASE_URL API_HOST TEMPERATURE MAX_TOKENS ORGANIZATION',
    ),
  ].map((name) => [name, undefined]),
)

function namesOf(prefixes: readonly string[], ends: string): string[] {
  return prefixes.flatMap((prefix) => ends.split(' ').map((end) => `${prefix}_${end}`))
}

/** None of them is anybody's. */
const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIACONTRACTTEST0001',
  AWS_SECRET_ACCESS_KEY: 'contract/Secret/Access/Key/0123456789abcd',
  AWS_SESSION_TOKEN: 'contract-session-token-0123456789',
}
const BEARER = { AWS_BEARER_TOKEN_BEDROCK: 'contract-bearer-token-0123456789' }
const API_KEY = 'sk-contract-0123456789abcdefghijklmnop'

/** Anything of this in a response would be in the record. */
export const SECRETS: readonly string[] = [...Object.values(KEYS), ...Object.values(BEARER), API_KEY]

const APIS: Readonly<Record<Api, Readonly<Record<string, string>>>> = {
  'converse-stream': KEYS,
  converse: KEYS,
  'invoke-stream': BEARER,
  invoke: BEARER,
}

const bedrock: readonly WireMode[] = Object.entries(APIS).map(([api, credentials]) => ({
  name: `bedrock ${api}`,
  file: 'bedrock.ts',
  protocol: 'bedrock',
  isStreamed: api.endsWith('-stream'),
  isFramed: api.endsWith('-stream'),
  knowsProtocol: true,
  misspelt: ['temprature', 'temperature'],
  env: { ...NO_ENV, AWS_REGION: 'us-east-1', ...credentials },
  sdk: '@aws-sdk/client-bedrock-runtime',
  config: (url, model = 'us.anthropic.claude-haiku-4-5-20251001-v1:0') => ({ model, api, endpoint: url }),
}))

interface VendorRow {
  readonly protocol: ProtocolName
  readonly model: string
  /** Of the server's address. */
  readonly path: '' | '/v1'
  readonly key: string
}

const VENDORS: Readonly<Record<Vendor, VendorRow>> = {
  google: { protocol: 'gemini', model: 'gemini-2.5-flash', path: '', key: 'GOOGLE_API_KEY' },
  openai: { protocol: 'openai', model: 'gpt-4o-mini', path: '/v1', key: 'OPENAI_API_KEY' },
  anthropic: { protocol: 'anthropic', model: 'claude-haiku-4-5', path: '', key: 'ANTHROPIC_API_KEY' },
  'openai-compatible': { protocol: 'openai', model: 'qwen2.5:0.5b', path: '/v1', key: 'OWN_KEY' },
  ollama: { protocol: 'openai', model: 'llama3.2:1b', path: '', key: 'OLLAMA_API_KEY' },
}

const aisdk: readonly WireMode[] = Object.entries(VENDORS).flatMap(
  ([vendor, { protocol, path, key, ...row }]) =>
    [true, false].map((isStreamed) => ({
      name: `aisdk ${vendor}${isStreamed ? ' streamed' : ''}`,
      file: 'aisdk.ts',
      protocol,
      isStreamed,
      isFramed: false,
      knowsProtocol: true,
      misspelt: ['temprature', 'temperature'] as const,
      env: { ...NO_ENV, [key]: API_KEY },
      sdk: `@ai-sdk/${vendor === 'ollama' ? 'openai-compatible' : vendor}`,
      config: (url: string, model = row.model) => ({
        vendor,
        model,
        baseUrl: `${url}${path}`,
        stream: isStreamed,
        apiKeyEnvar: key,
      }),
    })),
)

const http: readonly WireMode[] = [true, false].map((isStreamed) => ({
  name: `http ${isStreamed ? 'SSE' : 'JSON'}`,
  file: 'http.ts',
  protocol: 'openai',
  isStreamed,
  isFramed: false,
  knowsProtocol: false,
  forToolCalls: isStreamed ? { delta: 'choices[0].delta' } : { output: 'choices[0].message' },
  misspelt: ['timeoutMS', 'timeoutMs'],
  env: { ...NO_ENV, BACKEND_KEY: API_KEY },
  config: (url, model = 'gpt-4.1-mini') => ({
    url: `${url}/v1/chat/completions`,
    headers: { Authorization: 'Bearer {{env.BACKEND_KEY}}' },
    body: {
      model,
      messages: [{ role: 'user', content: '{{prompt}}' }],
      ...(isStreamed && { stream: true, stream_options: { include_usage: true } }),
    },
    ...(isStreamed
      ? { delta: 'choices[0].delta.content', done: '[DONE]' }
      : { output: 'choices[0].message.content' }),
    finishReason: 'choices[0].finish_reason',
    usage: { input: 'usage.prompt_tokens', output: 'usage.completion_tokens' },
    error: 'error',
    billing: 'openai/gpt-4.1-mini',
  }),
}))

export const WIRE_MODES: readonly WireMode[] = [...bedrock, ...aisdk, ...http]

/** Answers in this process: nothing that goes wrong on a wire goes wrong with it. */
export const SIMULATED: Mode = {
  name: 'simulated',
  file: join('simulated', 'index.ts'),
  misspelt: ['temprature', 'temperature'],
  env: {},
  config: () => ({ profile: 'flash', timeScale: 0 }),
}

export const MODES: readonly Mode[] = [...WIRE_MODES, SIMULATED]

type Constructor = new (options: ProviderOptions) => Provider

const CLASSES = new Map(
  await Promise.all(
    FILES.map(async (file) => {
      const { default: made } = (await import(join(PROVIDERS, file))) as { default: Constructor }
      return [file, made] as const
    }),
  ),
)

/** A provider as a suite's loader makes it, of a file. */
export function make(mode: Mode, config: object, label?: string): Provider {
  const Provider = CLASSES.get(mode.file)
  if (Provider === undefined) throw new Error(`there is no providers/${mode.file}`)
  const id = `file://${join(PROVIDERS, mode.file)}`
  return new Provider({ id, label, config: { basePath: dirname(PROVIDERS), ...config }, env: mode.env })
}
