import { StreamReader } from './stream-reader.ts'

/** JSON values, one a line. */
export class LinesReader extends StreamReader {
  protected readonly part = 'a line'
  #rest = ''

  protected feed(text: string, at: number): void {
    this.#rest += text
    // A long line comes in many pieces: it is not looked through for each of them.
    if (!text.includes('\n')) return
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line, at)
  }

  protected finish(at: number): void {
    const line = this.#rest
    this.#rest = ''
    this.#line(line, at)
  }

  #line(line: string, at: number): void {
    if (line.trim() === '' || this.isDone || this.streamed.ends(line)) return
    this.streamed.json(line, at)
  }
}
