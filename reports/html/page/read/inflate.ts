/** Bytes of a text in base64. @throws Error where it is none */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (typeof Uint8Array.fromBase64 === 'function') return Uint8Array.fromBase64(text)
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

function inflated(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))
}

/** @throws Error where the bytes are damaged, or not all there */
export async function inflateText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return inflated(bytes).text()
}

/** @throws Error where the bytes are damaged, or not all there */
export async function inflateBytes(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return inflated(bytes).arrayBuffer()
}
