import type { EventSourceMessage } from 'eventsource-parser'
import { createParser } from 'eventsource-parser'
import { backendError } from './backend-error.ts'
import { StreamReader } from './stream-reader.ts'

/** Server-sent events. */
export class EventsReader extends StreamReader {
  protected readonly part = 'an event'
  readonly #parser = createParser({ onEvent: (event) => this.#event(event) })
  #at = 0

  protected feed(text: string, at: number): void {
    this.#at = at
    this.#parser.feed(text)
  }

  /** Many a server leaves out the blank line that ends the last event. */
  protected finish(at: number): void {
    this.take('\n\n', at)
  }

  #event({ event, data }: EventSourceMessage): void {
    if (this.isDone) return
    if (event === 'error') throw backendError(errorIn(data))
    if (this.streamed.ends(data)) return
    if (this.streamed.isPathless) this.streamed.text(data, this.#at)
    else this.streamed.json(data, this.#at)
  }
}

/** `{"error": {…}}`, `{…}`, or words. */
function errorIn(data: string): unknown {
  try {
    const value = JSON.parse(data) as unknown
    const { error } = (value ?? {}) as { error?: unknown }
    return error ?? value
  } catch {
    return data
  }
}
