import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { CallError } from '../call-error.ts'

/** A server that says nothing after its last event has as long to end the response, or loses the connection; milliseconds. */
const DRAIN_MS = 1000

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** The body of a response as its server made it, whatever it was packed in. @throws {CallError} `invalid` */
export function contentOf(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return response
  const decoder = DECODERS[encoding]?.()
  if (decoder === undefined) {
    response.destroy()
    throw new CallError('invalid', `the reply is packed as \`${encoding}\`, which was not asked for`)
  }
  // What goes wrong is thrown to whoever reads.
  return pipeline(response, decoder, () => {}) as unknown as Readable
}

/** Decodes text as it comes. */
export interface Decoder {
  decode(chunk?: Uint8Array): string
}

/** By the charset the response declares, else UTF-8. Bytes that mean nothing become U+FFFD. @throws {CallError} `invalid` */
export function decoderOf({ headers }: IncomingMessage): Decoder {
  const declared = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  try {
    const decoder = new TextDecoder(declared)
    return { decode: (chunk) => decoder.decode(chunk, { stream: chunk !== undefined }) }
  } catch {
    throw new CallError('invalid', `the reply declares the charset \`${declared}\`, which nobody knows`)
  }
}

/** Lets the rest of a body go by, so that its connection can be used again. */
export function drain(content: Readable): void {
  const timer = setTimeout(() => content.destroy(), DRAIN_MS).unref()
  content.on('error', () => {})
  content.once('close', () => clearTimeout(timer))
  content.resume()
}
