import { ROWS_PER_TEXT } from '../about.ts'
import type { RowLines } from '../row-lines.ts'
import { gzip } from './gzip.ts'

/** UTF-16 units after which a block ends, however few rows it has: one that is read is held whole. */
const UNITS_PER_TEXT = 4_000_000

/** Blocks that are compressed at a time: as many as there are threads for it. What waits holds memory. */
const AT_ONCE = 4

/** The texts of rows, compressed while they come. */
export class TextBlocks {
  /** The first row of each block. */
  readonly starts: number[] = []
  readonly #blocks: Promise<Buffer>[] = []
  #waiting: RowLines[] = []
  #units = 0
  #rows = 0

  /** Takes the text of the next row. Waits where much is still to be compressed. */
  async add(lines: RowLines): Promise<void> {
    if (this.#waiting.length === 0) this.starts.push(this.#rows)
    this.#waiting.push(lines)
    for (const { length } of lines) this.#units += length
    this.#rows++
    if (this.#waiting.length >= ROWS_PER_TEXT || this.#units >= UNITS_PER_TEXT) await this.#end()
  }

  /** All blocks, compressed. */
  async finish(): Promise<Buffer[]> {
    if (this.#waiting.length > 0) await this.#end()
    return Promise.all(this.#blocks)
  }

  async #end(): Promise<void> {
    const rows = this.#waiting
    this.#waiting = []
    this.#units = 0
    const block = gzip([0, 1, 2].map((line) => rows.map((lines) => `${lines[line]}\n`).join('')).join(''))
    // Whoever waits for it below, or at the end, is told.
    block.catch(() => {})
    this.#blocks.push(block)
    await this.#blocks.at(-AT_ONCE)
  }
}
