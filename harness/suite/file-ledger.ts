import { createHash, hash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { SourceLocation } from '../model/source.ts'
import { messageOf } from '../model/errors.ts'
import { fail } from './config/fail.ts'

/** Remembers every file a suite reads, with the sha256 of its content: `Suite.files` and `Suite.hash` are made of it. */
export class FileLedger {
  readonly #root: string
  readonly #digests = new Map<string, string>()

  /** @param root what the recorded paths are relative to */
  constructor(root: string) {
    this.#root = root
  }

  /**
   * A file's text, without its byte order mark.
   * @throws HarnessError `suite` when it cannot be read
   */
  readText(path: string, at?: SourceLocation): string {
    const bytes = this.readBytes(path, at)
    const text = bytes.toString('utf8')
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }

  readBytes(path: string, at?: SourceLocation): Buffer {
    try {
      const bytes = readFileSync(path)
      this.#digests.set(path, hash('sha256', bytes, 'hex'))
      return bytes
    } catch (error) {
      throw fail('suite', `cannot read ${path}: ${messageOf(error)}`, at, undefined, error)
    }
  }

  /** sha256 of a file's content, in hex. Read once. */
  digest(path: string, at?: SourceLocation): string {
    const known = this.#digests.get(path)
    if (known !== undefined) return known
    this.readBytes(path, at)
    return this.digest(path, at)
  }

  /** Records a text that was read elsewhere. */
  record(path: string, text: string): void {
    this.#digests.set(path, hash('sha256', text, 'hex'))
  }

  /** Records a file of any size, without holding it. */
  async recordStreamed(path: string, at?: SourceLocation): Promise<void> {
    const sha256 = createHash('sha256')
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
        sha256.update(chunk as Buffer)
    } catch (error) {
      throw fail('suite', `cannot read ${path}: ${messageOf(error)}`, at, undefined, error)
    }
    this.#digests.set(path, sha256.digest('hex'))
  }

  /** Path (relative to the root, with `/`) → sha256, sorted by path. */
  entries(): Record<string, string> {
    const named = [...this.#digests].map(
      ([path, digest]) => [relative(this.#root, path).split(sep).join('/'), digest] as const,
    )
    return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** sha256 over all the entries: changes when any file does. */
  hash(): string {
    return hash('sha256', JSON.stringify(Object.entries(this.entries())), 'hex')
  }
}
