import { gunzipSync } from 'node:zlib'

/** Base64 of what begins like a gzip stream. */
const PACKED = /H4sI[A-Za-z0-9+/]{16,}={0,2}/g

/** The lines of JSON that a page of a run carries as base64 of gzip. Its figures and its code, which it packs as well, are no JSON. */
export function packedLines(text: string): string[] {
  return [...text.matchAll(PACKED)].flatMap(([packed]) => {
    try {
      const lines = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8').split('\n')
      JSON.parse(lines[0] ?? '')
      return lines
    } catch {
      return []
    }
  })
}
