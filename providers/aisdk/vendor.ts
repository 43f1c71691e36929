/** The wire protocols that are spoken here. `ollama` is an OpenAI-compatible server with an address and spellings of its own. */
export type Vendor = 'openai' | 'google' | 'anthropic' | 'openai-compatible' | 'ollama'

export const VENDORS = ['openai', 'google', 'anthropic', 'openai-compatible', 'ollama'] as const

/** As people write it, for messages. */
export const NAMES: Readonly<Record<Vendor, string>> = {
  openai: 'OpenAI',
  google: 'Google',
  anthropic: 'Anthropic',
  'openai-compatible': 'the OpenAI-compatible server',
  ollama: 'Ollama',
}
