import { type FSWatcher, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'

interface Watched {
  readonly watcher: FSWatcher
  /** Tells a folder from one that took its place. */
  readonly inode: number
}

/**
 * Tells that something may have happened in some folders. Files are not watched themselves: editors put a new one in the place of
 * the old.
 */
export class FolderWatch {
  readonly #onEvent: () => void
  readonly #onTrouble: (error: unknown) => void
  readonly #watched = new Map<string, Watched>()

  /** @param onTrouble a folder cannot be watched */
  constructor(onEvent: () => void, onTrouble: (error: unknown) => void) {
    this.#onEvent = onEvent
    this.#onTrouble = onTrouble
  }

  /** Watches these folders and no others. One that is not there is awaited in the nearest one above it that is. */
  sync(folders: Iterable<string>): void {
    const wanted = new Set([...folders].map(nearestFolder))
    for (const [dir, { watcher, inode }] of this.#watched) {
      if (wanted.has(dir) && inodeOf(dir) === inode) continue
      watcher.close()
      this.#watched.delete(dir)
    }
    for (const dir of wanted) if (!this.#watched.has(dir)) this.#add(dir)
  }

  close(): void {
    for (const { watcher } of this.#watched.values()) watcher.close()
    this.#watched.clear()
  }

  #add(dir: string): void {
    const inode = inodeOf(dir)
    if (inode === undefined) return
    try {
      const watcher = watch(dir, this.#onEvent)
      watcher.on('error', this.#onTrouble)
      this.#watched.set(dir, { watcher, inode })
    } catch (error) {
      this.#onTrouble(error)
    }
  }
}

function nearestFolder(dir: string): string {
  const above = dirname(dir)
  return inodeOf(dir) !== undefined || above === dir ? dir : nearestFolder(above)
}

function inodeOf(dir: string): number | undefined {
  const found = statSync(dir, { throwIfNoEntry: false })
  return found?.isDirectory() === true ? found.ino : undefined
}
