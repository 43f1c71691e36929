import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import type { Findings } from './findings.ts'
import type { Reader } from './reader.ts'
import { BrokenPart, Streamed } from './streamed.ts'

/** JSON values, one a line. */
export class LinesReader implements Reader {
  readonly #streamed: Streamed
  #rest = ''
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
    if (this.#beginning === '') this.#beginning = text
    this.#rest += text
    // A long line comes in many pieces: it is not looked through for each of them.
    if (!text.includes('\n')) return
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line, at)
  }

  /** The last line may lack its end. */
  end(at: number): void {
    const line = this.#rest
    this.#rest = ''
    try {
      this.#line(line, at)
    } catch (error) {
      if (!(error instanceof BrokenPart) || !this.#streamed.isBegun) throw error
      throw new CallError('unavailable', `the stream ended within a line: ${error.message}`)
    }
  }

  output(): unknown {
    return this.#streamed.output(this.#beginning)
  }

  #line(line: string, at: number): void {
    if (line.trim() === '' || this.isDone || this.#streamed.ends(line)) return
    this.#streamed.json(line, at)
  }
}
