import type { Billing } from '../model/billing.ts'
import { billingTold } from '../model/billing.ts'
import type { Provider } from '../model/provider.ts'

/** Schemes of promptfoo's provider ids whose second half names a model as the price table does, to who sends the bill. */
const VENDORS: Readonly<Record<string, string>> = {
  simulated: 'simulated',
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  vertex: 'google',
  bedrock: 'aws',
  mistral: 'mistral',
  groq: 'groq',
  deepseek: 'deepseek',
  xai: 'x-ai',
  cohere: 'cohere',
  perplexity: 'perplexity',
  openrouter: 'openrouter',
}

/** Between scheme and model: which of the vendor's interfaces is asked. */
const INTERFACE = /^(?:chat|completion|responses|messages|converse|embedding|embeddings|text):(?=.)/

/** Settings of providers that speak a vendor's protocol to somebody else's server. */
const OTHER_SERVER = ['apiBaseUrl', 'apiHost', 'baseUrl', 'baseURL', 'base_url']

/**
 * What the calls of a provider are billed as, before one is made: as it tells (one that has the property and leaves it undefined says
 * that it does not know), else by its id where that names a vendor's model. Undefined too for a server of one's own.
 * @param id as the suite names it, for a provider that cannot be asked
 */
export function billingOfProvider(
  provider: Pick<Provider, 'id' | 'billing' | 'config'>,
  id: string,
): Billing | undefined {
  // The provider is the user's: it may throw whatever it is asked.
  try {
    if ('billing' in provider) return billingTold(provider.billing)
    return isElsewhere(provider.config) ? undefined : billingOfId(provider.id())
  } catch {
    return billingOfId(id)
  }
}

/** `openai:chat:gpt-4o` is billed as openai/gpt-4o. Undefined for an id that names no vendor of the price table. */
export function billingOfId(id: string): Billing | undefined {
  const [, scheme = '', rest = ''] = /^(?:promptfoo:)?([\w-]+):(.+)$/s.exec(id) ?? []
  const vendor = Object.hasOwn(VENDORS, scheme) ? VENDORS[scheme] : undefined
  return vendor === undefined ? undefined : { vendor, model: rest.replace(INTERFACE, '') }
}

function isElsewhere(config: unknown): boolean {
  if (typeof config !== 'object' || config === null) return false
  return OTHER_SERVER.some((key) => Boolean((config as Record<string, unknown>)[key]))
}
