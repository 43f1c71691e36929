import path from 'node:path'
import type { Tape } from '../../execute/replayed.ts'
import { HarnessError } from '../../model/errors.ts'
import type { Suite } from '../../model/suite.ts'
import type { Redactor } from '../redact.ts'
import { Cassette } from './cassette.ts'
import { missExplainer } from './explain-miss.ts'
import { cassetteDir } from './folder.ts'
import { ReplyCache } from './reply-cache.ts'
import { writeCassette } from './write-cassette.ts'

/**
 * What a run does about replies that are on record. `replay`: answers from the cassette alone. `record`: answers from
 * the cassette, and adds to it what it lacks. Neither: the cassette is left alone.
 */
export type CassetteMode = 'replay' | 'record' | undefined

interface OpenOptions {
  readonly suite: Pick<Suite, 'file' | 'assay'>
  readonly mode: CassetteMode
  /** False for `--no-cache`. */
  readonly cache: boolean
  readonly cacheDir: string
  readonly wallClock: () => Date
  readonly onWarning: (message: string) => void
}

/** The recorded replies a run may use, and where its own are noted. */
export class RecordedReplies {
  readonly #cassette: Cassette | undefined
  readonly #cache: ReplyCache | undefined
  readonly #mode: CassetteMode
  readonly #dir: string

  private constructor(
    mode: CassetteMode,
    dir: string,
    cassette: Cassette | undefined,
    cache: ReplyCache | undefined,
  ) {
    this.#mode = mode
    this.#dir = dir
    this.#cassette = cassette
    this.#cache = cache
  }

  /** @throws HarnessError `usage` when there is nothing to replay, or it is damaged */
  static async open(options: OpenOptions): Promise<RecordedReplies> {
    const { suite, mode, cacheDir, wallClock, onWarning } = options
    const dir = cassetteDir(suite.file)
    const cassette = mode === undefined ? undefined : await Cassette.open(dir)
    if (mode === 'replay' && cassette === undefined) {
      throw new HarnessError('usage', `there is nothing to replay: the suite has no cassette at ${dir}`, {
        hint: `Make one with \`assay run ${suite.file} --record\`.`,
      })
    }
    const settings = suite.assay.cache
    const isOn = options.cache && settings !== false && mode !== 'replay'
    const ttlHours = settings === false ? undefined : settings?.ttlHours
    const cache = isOn
      ? new ReplyCache({ cacheDir, suiteFile: path.resolve(suite.file), ttlHours, wallClock, onWarning })
      : undefined
    return new RecordedReplies(mode, dir, cassette, cache)
  }

  /**
   * Undefined where replies are neither looked up nor kept.
   * @param journal absolute path of the run's own journal: where the cache is to look for its replies from now on
   */
  tape({ redact, journal }: { readonly redact: Redactor; readonly journal: string }): Tape | undefined {
    const cassette = this.#cassette
    if (this.#mode === undefined && this.#cache === undefined) return undefined
    return {
      sources: [cassette, this.#cache].filter((source) => source !== undefined),
      redact,
      ...(this.#mode === 'replay' && cassette !== undefined && { explainMiss: missExplainer(cassette) }),
      remember: (call, request, place) => this.#cache?.remember(call, request, { ...place, journal }),
    }
  }

  /**
   * Ends the use of them; under `record` the cassette is written, from the run's journal.
   * @param isWhole true for an unfiltered run in which every cell finished: the cassette then drops what it did not use
   */
  async finish(journal: string, isWhole: boolean): Promise<void> {
    this.close()
    if (this.#mode === 'record') await writeCassette({ dir: this.#dir, journal, isWhole })
  }

  close(): void {
    this.#cassette?.close()
    this.#cache?.close()
  }
}
