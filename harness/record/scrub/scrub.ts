import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { cassetteDir } from '../cassette/folder.ts'
import { HarnessError, messageOf } from '../../model/errors.ts'
import { errorCode } from '../disk-error.ts'
import { lockRun, writerOf } from '../lock.ts'
import { openRun } from '../open-run.ts'
import type { Place } from './find-places.ts'
import { findPlaces } from './find-places.ts'
import { noteInCassette, noteInRun, scrubbingOf } from './note.ts'
import { purgeBaseline } from './purge-baseline.ts'
import type { HitCounts } from './purge-file.ts'
import { addCounts, purgeFile } from './purge-file.ts'
import type { FileHits } from './scan-file.ts'
import { scanFile } from './scan-file.ts'
import type { ScrubRules } from './scrubber.ts'
import { Scrubber } from './scrubber.ts'

interface ScrubOptions {
  readonly rules: ScrubRules
  /** What to look at; by default all there is (see `findPlaces`). */
  readonly paths: readonly string[]
  readonly cwd: string
  readonly cacheDir: string
  /** Takes out what is found; else it is only told. */
  readonly purge: boolean
  readonly wallClock: () => Date
  /** Told of each file that something was found in, as it is. */
  readonly onFile?: ((found: FileHits) => void) | undefined
  /**
   * Called for a run that something was found in, once all of them are clean (a report shows runs beside its own), while nobody else
   * may write it.
   */
  readonly onRun?: ((dir: string) => Promise<void>) | undefined
}

/** What is left as it was, and why. */
interface Skipped {
  readonly path: string
  readonly why: string
}

export interface Scrubbed {
  readonly files: readonly FileHits[]
  /** Files that were looked at. */
  readonly looked: number
  /** Files that were changed, or, of the cache, removed. */
  readonly purged: readonly string[]
  readonly skipped: readonly Skipped[]
}

/**
 * Looks for secrets in what was recorded, and takes them out if asked to. A run that is being written is left alone, with the
 * cassette it may be writing.
 * @throws HarnessError `usage` for a path that is not there
 */
export async function scrub(options: ScrubOptions): Promise<Scrubbed> {
  const places = await findPlaces(options.paths, options)
  const scrubbing = new Scrubbing(options, await busyIn(places, options.cwd))
  for (const place of places) await scrubbing.take(place)
  await scrubbing.finishRuns()
  return scrubbing
}

class Scrubbing implements Scrubbed {
  readonly files: FileHits[] = []
  readonly purged: string[] = []
  readonly skipped: Skipped[] = []
  looked = 0
  readonly #options: ScrubOptions
  readonly #scrubber: Scrubber
  readonly #busy: ReadonlyMap<string, string>
  readonly #runs: { readonly dir: string; readonly found: readonly FileHits[] }[] = []

  constructor(options: ScrubOptions, busy: ReadonlyMap<string, string>) {
    this.#options = options
    this.#scrubber = new Scrubber(options.rules)
    this.#busy = busy
  }

  async take(place: Place): Promise<void> {
    const found: FileHits[] = []
    for (const file of place.files) {
      this.looked++
      const hits = await scanFile(file, this.#scrubber).catch((error: unknown) => {
        this.skipped.push({ path: file, why: `it cannot be read: ${messageOf(error)}` })
      })
      if (hits === undefined || hits.count === 0) continue
      found.push(hits)
      this.files.push(hits)
      this.#options.onFile?.(hits)
    }
    if (!this.#options.purge || found.length === 0) return
    const writer = busyWriter(place.dir, this.#busy)
    if (writer !== undefined)
      return void this.skipped.push({ path: place.dir, why: `it is being written by ${writer}` })
    await this.#orSkip(place.dir, async () => {
      await this.#purge(place, found)
      if (place.kind === 'run') this.#runs.push({ dir: place.dir, found })
      else await this.#check(found)
    })
  }

  /** Has the reports made again of the runs that something was found in. */
  async finishRuns(): Promise<void> {
    const { wallClock, onRun } = this.#options
    for (const { dir, found } of this.#runs) {
      await this.#orSkip(dir, () => locked(dir, wallClock, async () => onRun?.(dir)))
      await this.#check(found)
    }
  }

  async #orSkip(dir: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof HarnessError) && errorCode(error) === undefined) throw error
      this.skipped.push({ path: dir, why: messageOf(error) })
    }
  }

  /** Whatever was written since, nothing may be left. */
  async #check(found: readonly FileHits[]): Promise<void> {
    for (const { file } of found) {
      if (!this.purged.includes(file) || !existsSync(file)) continue
      const { count } = await scanFile(file, this.#scrubber)
      if (count > 0)
        this.skipped.push({
          path: file,
          why: `${count === 1 ? '1 hit is' : `${count} hits are`} left in it: remove it`,
        })
    }
  }

  async #purge(place: Place, found: readonly FileHits[]): Promise<void> {
    const { wallClock } = this.#options
    if (place.kind === 'cache') return this.#remove(place.dir, found)
    if (place.kind === 'baseline') {
      for (const { file } of found) await purgeBaseline(file, this.#scrubber, wallClock())
      this.purged.push(...found.map(({ file }) => file))
      return
    }
    if (place.kind !== 'run') {
      const counts = await this.#purgeFiles(found)
      if (place.kind === 'cassette' && counts.size > 0)
        await noteInCassette(place.dir, scrubbingOf(counts, wallClock()))
      return
    }
    await locked(place.dir, wallClock, async () => {
      const counts = await this.#purgeFiles(found)
      if (counts.size > 0) await noteInRun(place.dir, scrubbingOf(counts, wallClock()))
    })
  }

  async #purgeFiles(found: readonly FileHits[]): Promise<HitCounts> {
    const counts: HitCounts = new Map()
    for (const { file, binary } of found) {
      if (binary) {
        this.skipped.push({ path: file, why: 'it is no text: remove it' })
        continue
      }
      addCounts(counts, await purgeFile(file, this.#scrubber))
      this.purged.push(file)
    }
    return counts
  }

  /** What is in the cache can be had again; a baseline out of git is there as a whole or not at all. */
  async #remove(cacheDir: string, found: readonly FileHits[]): Promise<void> {
    for (const { file } of found) {
      const [folder = '', name = ''] = path.relative(cacheDir, file).split(path.sep)
      const removed = folder === 'baselines' ? path.join(cacheDir, folder, name) : file
      await rm(removed, { force: true, recursive: true })
      this.purged.push(file)
    }
  }
}

async function locked(dir: string, wallClock: () => Date, work: () => Promise<void>): Promise<void> {
  const lock = await lockRun(dir, wallClock)
  try {
    await work()
  } finally {
    await lock.release()
  }
}

/** Folders that a run in progress writes, or may write at its end: its own and the cassette of its suite; with who writes them. */
async function busyIn(places: readonly Place[], cwd: string): Promise<Map<string, string>> {
  const busy = new Map<string, string>()
  for (const { kind, dir } of places) {
    const writer = kind === 'run' ? await writerOf(dir) : undefined
    if (writer === undefined) continue
    busy.set(dir, writer)
    const run = await openRun(dir, dir).catch(() => undefined)
    // Its paths start from where it was started: here, or above its `runs/`.
    for (const base of run === undefined ? [] : [cwd, path.resolve(dir, '../../..')])
      busy.set(path.resolve(base, cassetteDir(run?.manifest.suite.file ?? '')), writer)
  }
  return busy
}

/** A run that belongs to one in progress lies below it. */
function busyWriter(dir: string, busy: ReadonlyMap<string, string>): string | undefined {
  for (const [folder, writer] of busy) if (dir === folder || dir.startsWith(folder + path.sep)) return writer
  return undefined
}
