/** Makes an address one that a script may be loaded from. */
export type TrustedUrl = (address: string) => string

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string }
}

/**
 * The page's one policy of trusted types: it lets through the worker that the page makes of its own text, and the files beside the
 * page that it was told of. Where a browser knows no trusted types, the page's other policy is all there is.
 * @throws Error for any other address
 */
export function trustedUrls(beside: readonly string[]): TrustedUrl {
  const known = new Set(beside)
  const check = (address: string): string => {
    if (address.startsWith('blob:') || known.has(address)) return address
    throw new Error(`The page does not load ${address}.`)
  }
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  const policy = types?.createPolicy('assay', { createScriptURL: check })
  return (address) => policy?.createScriptURL(address) ?? check(address)
}
