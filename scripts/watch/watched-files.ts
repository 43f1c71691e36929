import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file's content, and what tells without reading it that it is still the same. */
interface Known {
  /** Undefined for a file that is not there. */
  readonly digest: string | undefined
  readonly stamp: string
}

const ABSENT: Known = { digest: undefined, stamp: 'absent' }

/** The files that a round rests on, as it has read them. */
export class WatchedFiles {
  #known: ReadonlyMap<string, Known> = new Map()

  get size(): number {
    return this.#known.size
  }

  get folders(): readonly string[] {
    return [...new Set([...this.#known.keys()].map((path) => dirname(path)))]
  }

  /** Takes files as they are now, before a round reads them. What was not saved since it was taken is not read again. */
  async take(paths: Iterable<string>): Promise<void> {
    const taken = await Promise.all(
      [...new Set(paths)].map(async (path) => [path, await this.#look(path)] as const),
    )
    this.#known = new Map(taken)
  }

  /**
   * Takes the files that a round has read. One that was saved meanwhile counts as it was read, so that it is found changed if that
   * was not the last save.
   * @param read absolute paths, with the digests of their content where the round tells them
   */
  async takeRead(read: ReadonlyMap<string, string | undefined>): Promise<void> {
    const taken = await Promise.all(
      [...read].map(async ([path, digest]) => {
        const before = this.#known.get(path)
        const now = await this.#look(path)
        // The round's digest may be of a text, without a byte order mark: where nothing was saved, our own counts.
        if (before !== undefined && before.stamp === now.stamp) return [path, before] as const
        return [path, digest === undefined ? (before ?? now) : { digest, stamp: '' }] as const
      }),
    )
    this.#known = new Map(taken)
  }

  /** The files that are others now than when they were taken. */
  async changed(): Promise<string[]> {
    const looked = await Promise.all(
      [...this.#known].map(async ([path, { digest }]) =>
        (await this.#look(path)).digest === digest ? undefined : path,
      ),
    )
    return looked.filter((path) => path !== undefined)
  }

  async #look(path: string): Promise<Known> {
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() !== true) return ABSENT
    const { ino, size, mtimeMs, ctimeMs } = found
    const stamp = [ino, size, mtimeMs, ctimeMs].join(' ')
    const known = this.#known.get(path)
    if (known?.stamp === stamp) return known
    return { digest: await digestOf(path), stamp }
  }
}

/** Undefined for a file that went away meanwhile. */
async function digestOf(path: string): Promise<string | undefined> {
  const sha256 = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) sha256.update(chunk as Buffer)
  } catch {
    return undefined
  }
  return sha256.digest('hex')
}
