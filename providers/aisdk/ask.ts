import type { CallOptions, LanguageModel, SdkWarning, StreamPart } from './language-model.ts'
import type { Reader, Sdk, SdkToolCall } from './reply/reading.ts'

/** What the AI SDK made of a reply that came to its end. */
export interface Asked {
  readonly sdk: Sdk
  /** What the AI SDK did not put into the request, or could not read in the reply. */
  readonly warnings: readonly SdkWarning[]
}

/** The stream ended, and the reply had not. */
export class CutStreamError extends Error {
  override readonly name = 'CutStreamError'
}

/**
 * Asks once, as a stream: everything the vendor sends goes to `reader`, and what the AI SDK makes of it comes back.
 * @param onOutput called with every event that holds output
 * @throws whatever the SDK throws or the vendor sends as an error; CutStreamError
 */
export async function askStreamed(
  model: LanguageModel,
  options: CallOptions,
  reader: Reader,
  onOutput: () => void,
): Promise<Asked> {
  const { stream } = await model.doStream({ ...options, includeRawChunks: true })
  const gathered = new Gathered()
  const parts = stream.getReader()
  try {
    for (let next = await parts.read(); !next.done; next = await parts.read()) {
      const part = next.value
      if (part.type === 'raw') {
        if (reader.event(part.rawValue)) onOutput()
      } else gathered.add(part)
    }
  } finally {
    // Frees the connection where the rest of the stream is not wanted.
    parts.cancel().catch(() => undefined)
  }
  if (!reader.isComplete)
    throw gathered.unknownForm ?? new CutStreamError('the stream ended before the reply did')
  return gathered
}

/** Asks once, for the whole reply. @throws whatever the SDK throws */
export async function askWhole(model: LanguageModel, options: CallOptions, reader: Reader): Promise<Asked> {
  const { content, response, warnings } = await model.doGenerate(options)
  reader.whole(response?.body)
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const calls = content.filter((part) => part.type === 'tool-call')
  return { sdk: { text, calls }, warnings }
}

class Gathered implements Asked {
  readonly warnings: SdkWarning[] = []
  /** Of an event that the AI SDK has no word for. */
  unknownForm: Error | undefined
  #text = ''
  readonly #calls: SdkToolCall[] = []

  get sdk(): Sdk {
    return { text: this.#text, calls: this.#calls }
  }

  /** @throws what the vendor sent as an error */
  add(part: StreamPart): void {
    const { type } = part
    if (type === 'stream-start') this.warnings.push(...part.warnings)
    else if (type === 'text-delta') this.#text += part.delta
    else if (type === 'tool-call') this.#calls.push(part)
    else if (type === 'error') this.#objection(part.error)
  }

  /**
   * The AI SDK objects to forms that it does not know, and to a stream without a proper end. The vendor may have news in its
   * protocol: whether the reply is there, the reader knows.
   */
  #objection(error: unknown): void {
    const name = error instanceof Error ? error.name : ''
    if (name === 'AI_InvalidResponseDataError') return
    if (name !== 'AI_TypeValidationError') throw error
    this.unknownForm ??= error as Error
  }
}
