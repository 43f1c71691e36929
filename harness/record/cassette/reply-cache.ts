import path from 'node:path'
import type { ModelRequest } from '../../execute/call.ts'
import { messageOf } from '../../model/errors.ts'
import type { Call } from '../../model/trial.ts'
import { shortDigest } from '../../suite/cases/identity.ts'
import type { Place } from '../read-journal.ts'
import type { CacheEntry } from './cache-index.ts'
import { CacheIndex } from './cache-index.ts'
import { PlacedFile } from './placed-file.ts'
import type { RecordedReply, ReplySource } from './reply-source.ts'

/**
 * How long a reply stands for a new call. Long enough for a day's work on checks and reports, short enough that a
 * model which changed behind its name is noticed the next morning, and that every nightly run measures.
 */
const DEFAULT_TTL_HOURS = 24

const HOUR_MS = 3_600_000
/** Entries held before they are written: a killed process loses these. */
const BATCH = 64
const MAX_OPEN = 32

interface CacheOptions {
  readonly cacheDir: string
  /** Absolute path of the suite file. */
  readonly suiteFile: string
  readonly ttlHours?: number | undefined
  readonly wallClock: () => Date
  readonly onWarning: (message: string) => void
}

/**
 * The local cache: replies of this suite's earlier runs. It stores none itself, but knows where they lie in the
 * journals of those runs. Whatever is not there any more as it was written (a folder that was removed, a journal that
 * was rewritten, a reply past its time or from the future) is a miss. Replies of the run that goes on are not found:
 * its repeats and twins are asked each for itself.
 */
export class ReplyCache implements ReplySource {
  readonly #index: CacheIndex
  readonly #options: CacheOptions
  readonly #ttlMs: number
  readonly #journals = new Map<string, PlacedFile | undefined>()
  #pending: (CacheEntry & { key: string; cellId: string })[] = []
  #broken = false

  constructor(options: CacheOptions) {
    this.#options = options
    this.#ttlMs = (options.ttlHours ?? DEFAULT_TTL_HOURS) * HOUR_MS
    this.#index = new CacheIndex(
      path.join(options.cacheDir, 'replies', `${shortDigest(options.suiteFile)}.index`),
    )
    const isFresh = this.#freshness()
    this.#try(() => this.#index.prune(isFresh))
  }

  get isEmpty(): boolean {
    return this.#index.isEmpty
  }

  /**
   * A provider may opt out with `cacheable = false`; where a check asks how long the call took, it must be made; and so must one
   * that is made to be another than before.
   */
  serves({ provider, timed, fresh }: ModelRequest): boolean {
    return timed !== true && fresh !== true && provider.cacheable !== false
  }

  find(key: string, { cellId }: { readonly cellId: string }): RecordedReply | undefined {
    const isFresh = this.#freshness()
    for (const entry of this.#index.find(key, cellId)) {
      const found = isFresh(entry.at) ? this.#read(entry, key) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  /**
   * Notes where the reply of a call lies, once it is on disk. Failures, and replies out of the provider's own cache,
   * are not for keeping.
   */
  remember(
    call: Call,
    { provider }: Pick<ModelRequest, 'provider'>,
    place: Place & { readonly journal: string },
  ): void {
    const { key, cellId, replayed, result } = call
    if (key === undefined || replayed === true || result.reply === undefined || result.reply.cached === true)
      return
    if (provider.cacheable === false) return
    const { journal, start, bytes } = place
    this.#pending.push({ key, cellId, journal, start, bytes, at: this.#options.wallClock().getTime() })
    if (this.#pending.length >= BATCH) this.#flush()
  }

  close(): void {
    this.#flush()
    this.#index.close()
    for (const file of this.#journals.values()) file?.close()
    this.#journals.clear()
  }

  /** An entry from the future was written before the clock was set back: nobody knows how old it is. */
  #freshness(): (at: number) => boolean {
    const now = this.#options.wallClock().getTime()
    return (at) => at <= now && now - at < this.#ttlMs
  }

  #read({ journal, ...place }: CacheEntry, key: string): RecordedReply | undefined {
    try {
      const call = JSON.parse(this.#open(journal)?.read(place) ?? '') as Call
      const { reply, failure, timing, usage, costUsd } = call.result
      if (call.kind !== 'call' || call.key !== key || reply === undefined || failure !== undefined)
        return undefined
      return { reply, timing, ...(usage && { usage }), costUsd }
    } catch {
      return undefined
    }
  }

  #open(journal: string): PlacedFile | undefined {
    if (this.#journals.has(journal)) return this.#journals.get(journal)
    for (const [oldest, file] of this.#journals) {
      if (this.#journals.size < MAX_OPEN) break
      file?.close()
      this.#journals.delete(oldest)
    }
    let file: PlacedFile | undefined
    try {
      file = new PlacedFile(journal)
    } catch {
      // The folder of the run is gone.
    }
    this.#journals.set(journal, file)
    return file
  }

  #flush(): void {
    const entries = this.#pending
    this.#pending = []
    this.#try(() => this.#index.append(entries))
  }

  /** A cache that cannot be written is no reason to stop: said once. */
  #try(write: () => void): void {
    if (this.#broken) return
    try {
      write()
    } catch (error) {
      this.#broken = true
      this.#options.onWarning(`the cache of replies cannot be written: ${messageOf(error)}`)
    }
  }
}
