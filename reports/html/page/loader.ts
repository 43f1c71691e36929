import { BLOCK_IDS } from '../data/ids.ts'

/**
 * The only script that stands in the page as it is: unpacks the page's own, which takes half the room in gzip, and runs it. The
 * page's policy names the hash of what comes out.
 */
async function load(): Promise<void> {
  const block = document.getElementById(BLOCK_IDS.client)?.textContent ?? ''
  const packed = Uint8Array.from(atob(block), (unit) => unit.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  const source = await new Response(stream).text()
  const script = document.createElement('script')
  script.textContent = trusted(source)
  document.head.append(script)
}

/** As browsers with trusted types demand it. */
function trusted(source: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('assay-loader', { createScript: (text) => text })
  return policy?.createScript(source) ?? source
}

/** What TypeScript's DOM does not know yet. A trusted script is an object that stands for its text. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScript: (text: string) => string },
  ): { createScript(text: string): string }
}

load().catch((error: unknown) => {
  const sentence = document.createElement('p')
  sentence.setAttribute('role', 'alert')
  sentence.textContent = `All cells: the page’s script could not be unpacked (${String(error)}). The file may be damaged, this browser too old, or whoever serves the file may forbid it.`
  document.getElementById('cells')?.replaceChildren(sentence)
})
