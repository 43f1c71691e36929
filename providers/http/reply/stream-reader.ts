import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import type { Findings } from './findings.ts'
import type { Reader } from './reader.ts'
import { BrokenPart, Streamed } from './streamed.ts'

/** A reply that comes in parts, whatever tells them apart. */
export abstract class StreamReader implements Reader {
  protected readonly streamed: Streamed
  /** What a part is called. */
  protected abstract readonly part: string
  #beginning = ''

  constructor(config: HttpConfig, findings: Findings) {
    this.streamed = new Streamed(config, findings)
  }

  get firstAt(): number | undefined {
    return this.streamed.firstAt
  }

  get isDone(): boolean {
    return this.streamed.isDone
  }

  take(text: string, at: number): void {
    if (this.#beginning === '') this.#beginning = text
    this.feed(text, at)
  }

  /** A last part that is broken was cut, where others came before it. */
  end(at: number): void {
    try {
      this.finish(at)
    } catch (error) {
      if (!(error instanceof BrokenPart) || !this.streamed.isBegun) throw error
      throw new CallError('unavailable', `the stream ended within ${this.part}: ${error.message}`)
    }
  }

  output(): unknown {
    return this.streamed.output(this.#beginning)
  }

  protected abstract feed(text: string, at: number): void
  /** The last part may lack its end. */
  protected abstract finish(at: number): void
}
