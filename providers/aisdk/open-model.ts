import type { Endpoint } from './endpoint.ts'
import type { LanguageModel } from './language-model.ts'
import type { Vendor } from './vendor.ts'

interface Connection {
  readonly endpoint: Endpoint
  readonly organization?: string | undefined
  readonly fetch: typeof fetch
}

/** Makes the AI SDK's model for one call: its `fetch` is the call's own. It costs a few microseconds. */
export type OpenModel = (model: string, connection: Connection) => LanguageModel

/** For the AI SDK, which wants one: what is sent without a key is sent without the header. */
const NO_KEY = 'none'

const LOADERS: Readonly<Record<Vendor, () => Promise<OpenModel>>> = {
  openai: async () => {
    const { createOpenAI } = await import('@ai-sdk/openai')
    return (model, { endpoint, organization, fetch }) =>
      createOpenAI({
        ...settingsOf(endpoint),
        fetch,
        ...(organization !== undefined && { organization }),
      }).chat(model)
  },
  google: async () => {
    const { createGoogle } = await import('@ai-sdk/google')
    return (model, { endpoint, fetch }) => createGoogle({ ...settingsOf(endpoint), fetch })(model)
  },
  anthropic: async () => {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    return (model, { endpoint, fetch }) => createAnthropic({ ...settingsOf(endpoint), fetch })(model)
  },
  'openai-compatible': loadCompatible,
  ollama: loadCompatible,
}

/** Loads the AI SDK's package for a vendor, once a process. */
export function loadModels(vendor: Vendor): Promise<OpenModel> {
  return LOADERS[vendor]()
}

async function loadCompatible(): Promise<OpenModel> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  return (model, { endpoint, fetch }) =>
    createOpenAICompatible({
      ...settingsOf(endpoint),
      name: 'openaiCompatible',
      fetch,
      includeUsage: true,
      supportsStructuredOutputs: true,
    }).chatModel(model)
}

function settingsOf({ baseUrl, apiKey }: Endpoint): { baseURL: string; apiKey: string } {
  return { baseURL: baseUrl, apiKey: apiKey ?? NO_KEY }
}
