import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import { contentOf, decoderOf, drain } from '../exchange/content.ts'
import type { Observed } from '../observed.ts'
import { readerFor } from './reader.ts'

/** Of the body of an error: what may tell why, and no more. */
const MAX_ERROR_BYTES = 64 * 1024

/**
 * Reads a reply to its end, or to where the backend says that it ends.
 * @throws {CallError} for a reply that is too long or means nothing; else what the connection throws
 */
export async function readReply(
  response: IncomingMessage,
  config: HttpConfig,
  observed: Observed,
): Promise<unknown> {
  const { clock, findings } = observed
  const reader = readerFor(response, config, findings)
  observed.reader = reader
  const content = contentOf(response)
  try {
    const decoder = decoderOf(response)
    let bytes = 0
    for await (const chunk of chunksOf(content)) {
      const at = clock.now()
      observed.came(at)
      bytes += chunk.length
      if (bytes > config.maxBytes)
        throw new CallError(
          'invalid',
          `the reply has more than ${config.maxBytes} bytes, which is \`maxBytes\``,
        )
      reader.take(decoder.decode(chunk), at)
      if (reader.isDone) break
    }
    const at = clock.now()
    if (!reader.isDone) observed.came(at)
    reader.take(decoder.decode(), at)
    reader.end(at)
  } catch (error) {
    content.destroy()
    throw error
  }
  if (reader.isDone) drain(content)
  return reader.output()
}

/** What there is of the body of an error: it may be cut or lost, and is an error all the same. */
export async function readError(response: IncomingMessage): Promise<string> {
  let text = ''
  try {
    const content = contentOf(response)
    const decoder = decoderOf(response)
    for await (const chunk of chunksOf(content)) {
      text += decoder.decode(chunk)
      if (text.length <= MAX_ERROR_BYTES) continue
      content.destroy()
      break
    }
  } catch {
    response.destroy()
  }
  return text
}

/** Leaving the loop leaves the stream as it is: its connection may be of use yet. */
function chunksOf(content: Readable): AsyncIterable<Buffer> {
  return content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
}
