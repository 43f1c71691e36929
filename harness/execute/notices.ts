import type { Provider } from '../model/provider.ts'

/** What providers want said wherever their figures are shown (a `notice` of their own), by provider key. */
export function noticesOf(providers: ReadonlyMap<string, Provider>): ReadonlyMap<string, string> {
  const notices = new Map<string, string>()
  for (const [key, provider] of providers) {
    const { notice } = provider as { readonly notice?: unknown }
    if (typeof notice === 'string') notices.set(key, notice)
  }
  return notices
}
