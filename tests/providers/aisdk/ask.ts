import type { CallContext, ProviderResponse } from '../../../harness/model/provider.ts'
import AiSdk from '../../../providers/aisdk.ts'
import type { Received, Script, VendorServer } from './vendor-server.ts'

interface Asked {
  readonly request: Received
  readonly response: ProviderResponse
}

interface More {
  readonly context?: Partial<CallContext>
  readonly env?: Record<string, string>
}

const VENDORS = ['OPENAI', 'GOOGLE', 'GEMINI', 'PALM', 'ANTHROPIC', 'OLLAMA']
const VARIABLES = [
  'API_KEY',
  'BASE_URL',
  'API_BASE_URL',
  'API_HOST',
  'TEMPERATURE',
  'MAX_TOKENS',
  'ORGANIZATION',
]

/** No variable of the machine's own may have a say. */
const NO_ENV = Object.fromEntries(
  VENDORS.flatMap((vendor) => VARIABLES.map((name) => [`${vendor}_${name}`, undefined] as const)),
)

/** A provider that knows of no variables but these. */
export function bare(
  id: string | undefined,
  config: object = {},
  env: Readonly<Record<string, string>> = {},
): AiSdk {
  return new AiSdk({ id, config, env: { ...NO_ENV, ...env } })
}

/** The same with its address. */
export function provider(
  server: VendorServer,
  id: string,
  config: object = {},
  env: Readonly<Record<string, string>> = {},
): AiSdk {
  const path = id.startsWith('openai') ? '/v1' : ''
  return bare(id, { baseUrl: `${server.url}${path}`, ...config }, env)
}

/** One call, which must be one request. */
export async function ask(
  server: VendorServer,
  id: string,
  config: object,
  prompt: string,
  script: Script,
  { context, env }: More = {},
): Promise<Asked> {
  server.answer(script)
  const before = server.received.length
  const response = await provider(server, id, config, env).callApi(prompt, context)
  const [request, ...others] = server.received.slice(before)
  if (request === undefined || others.length > 0)
    throw new Error(`${server.received.length - before} requests were made: ${JSON.stringify(response)}`)
  return { request, response }
}
