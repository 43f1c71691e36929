import type { EventSourceMessage } from 'eventsource-parser'
import { createParser } from 'eventsource-parser'
import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import { backendError } from './backend-error.ts'
import type { Findings } from './findings.ts'
import type { Reader } from './reader.ts'
import { BrokenPart, Streamed } from './streamed.ts'

/** Server-sent events. */
export class EventsReader implements Reader {
  readonly #streamed: Streamed
  readonly #parser = createParser({ onEvent: (event) => this.#event(event) })
  #at = 0
  #beginning = ''

  constructor(config: HttpConfig, findings: Findings) {
    this.#streamed = new Streamed(config, findings)
  }

  get firstAt(): number | undefined {
    return this.#streamed.firstAt
  }

  get isDone(): boolean {
    return this.#streamed.isDone
  }

  take(text: string, at: number): void {
    this.#at = at
    if (this.#beginning === '') this.#beginning = text
    this.#parser.feed(text)
  }

  /** Many a server leaves out the blank line that ends the last event. */
  end(at: number): void {
    try {
      this.take('\n\n', at)
    } catch (error) {
      if (!(error instanceof BrokenPart) || !this.#streamed.isBegun) throw error
      throw new CallError('unavailable', `the stream ended within an event: ${error.message}`)
    }
  }

  output(): unknown {
    return this.#streamed.output(this.#beginning)
  }

  #event({ event, data }: EventSourceMessage): void {
    if (this.isDone) return
    if (event === 'error') throw backendError(errorIn(data))
    if (this.#streamed.ends(data)) return
    if (this.#streamed.isPathless) this.#streamed.text(data, this.#at)
    else this.#streamed.json(data, this.#at)
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
