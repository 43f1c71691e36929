import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunOptions } from '../run-options.ts'
import { FolderWatch } from './folders.ts'
import type { EndedRound, OtherFile, PreviousRound, ReadFiles, RoundMessage } from './messages.ts'
import { lookAround, type Nearby } from './nearby.ts'
import { Saves } from './saves.ts'
import { type RoundOutcome, type RunningRound, startRound } from './start-round.ts'
import { WatchedFiles } from './watched-files.ts'

interface LoopOptions {
  /** As it was named on the command line. */
  readonly suite: string
  /** Its folder. */
  readonly dir: string
  readonly options: RunOptions
  readonly command: readonly string[]
  /** Absolute paths of files that matter though the suite does not name them. */
  readonly besides: readonly string[]
  /** A path as a person would type it. */
  readonly shownAs: (path: string) => string
  readonly events: LoopEvents
}

export interface LoopEvents {
  /** A round was started, or tells how it goes. */
  readonly onRound: (message: RoundMessage | { readonly is: 'planning' }) => void
  /** It is over, and the next save is waited for. */
  readonly onIdle: (outcome: RoundOutcome, files: number) => void
  readonly onWarning: (message: string) => void
}

/** What asks for a round. */
interface Cause {
  /** Absolute paths. */
  readonly changed: readonly string[]
  /** A file that the suite may name, or match by a pattern: worth a look, and maybe no round. */
  readonly isGuess: boolean
}

/** Rounds of one suite, one after the other, each asked for by what was saved since the one before it began. */
export class WatchLoop {
  readonly #options: LoopOptions
  readonly #files = new WatchedFiles()
  readonly #saves = new Saves()
  readonly #folders: FolderWatch
  readonly #stop = new AbortController()
  #nearby: Nearby = { folders: [], files: new Set() }
  #round: RunningRound | undefined
  /** What the last round has read that could read the suite. */
  #read: ReadFiles | undefined
  #others: readonly OtherFile[] = []
  #previous: PreviousRound | undefined
  /** False while the suite cannot be read. */
  #isRead = false
  #error: string | undefined
  #mustRecheck = false
  #number = 0

  constructor(options: LoopOptions) {
    this.#options = options
    this.#folders = new FolderWatch(this.#saves.add, (error) => {
      if (this.#saves.poll())
        options.events.onWarning(
          `a folder cannot be watched, so files are looked at every second: ${String(error)}`,
        )
    })
  }

  /** Ends it once nothing runs any more; a round is interrupted as a run is. */
  interrupt(): void {
    this.#round?.interrupt()
    this.#stop.abort()
  }

  /** Runs rounds until it is interrupted. @returns the exit code of the last one that came to an end */
  async run(): Promise<number | undefined> {
    let exitCode: number | undefined
    let cause: Cause | undefined = { changed: [], isGuess: false }
    try {
      while (cause !== undefined && !this.#stop.signal.aborted) {
        const outcome = await this.#runRound(cause)
        if (outcome.is !== 'unchanged') exitCode = outcome.exitCode
        if (this.#stop.signal.aborted) break
        this.#options.events.onIdle(outcome, this.#files.size)
        cause = await this.#nextCause()
      }
      return exitCode
    } finally {
      this.#saves.close()
      this.#folders.close()
    }
  }

  async #runRound({ changed, isGuess }: Cause): Promise<RoundOutcome> {
    const { suite, options, command, events } = this.#options
    if (!isGuess) events.onRound({ is: 'planning' })
    this.#noteImports(changed)
    await this.#look()
    // There was no round yet to interrupt.
    if (this.#stop.signal.aborted) return { is: 'unchanged' }
    const wasRead = this.#isRead
    this.#isRead = false
    this.#round = startRound(
      {
        suite,
        options,
        command,
        number: this.#number + 1,
        changed: isGuess ? [] : changed,
        readBefore: this.#read?.files,
        recheck: this.#mustRecheck,
        previous: this.#basis(),
        unless: isGuess ? { hash: wasRead ? this.#read?.hash : undefined, error: this.#error } : undefined,
      },
      (message) => {
        if (message.is === 'begun') this.#takeBegun(message)
        events.onRound(message)
      },
    )
    const outcome = await this.#round.ended
    this.#round = undefined
    if (outcome.is === 'unchanged') this.#isRead = wasRead
    else {
      this.#number++
      this.#error = outcome.is === 'broken' ? outcome.error : undefined
    }
    if (outcome.is === 'ended') this.#takeEnded(outcome)
    // Of a suite that could not be read all that lies around it is watched.
    if (this.#isRead) await this.#files.takeRead(this.#rests())
    this.#folders.sync([...this.#files.folders, ...this.#nearby.folders])
    return outcome
  }

  /** What is worth a round, as soon as there is something; undefined once interrupted. */
  async #nextCause(): Promise<Cause | undefined> {
    // It may have been saved while the round ran, or before its folder was watched.
    for (
      let goesOn = !this.#stop.signal.aborted;
      goesOn;
      goesOn = await this.#saves.next(this.#stop.signal)
    ) {
      const rests = this.#rests()
      const saved = await this.#files.changed()
      const changed = saved.filter((path) => rests.has(path))
      if (changed.length > 0) return { changed, isGuess: false }
      const [before, now] = [this.#nearby.files, lookAround(this.#options.dir).files]
      const moved = [...before, ...now].filter((path) => !before.has(path) || !now.has(path))
      const others = [...new Set([...saved, ...moved])]
      if (others.length > 0) return { changed: others, isGuess: true }
    }
    return undefined
  }

  /** Takes everything as it is before a round reads it, and watches where it lies. */
  async #look(): Promise<void> {
    this.#nearby = lookAround(this.#options.dir)
    await this.#files.take([...this.#rests().keys(), ...this.#nearby.files])
    this.#folders.sync([...this.#files.folders, ...this.#nearby.folders])
  }

  /** Files that a round rests on, as far as they are known, with what was read of them. */
  #rests(): Map<string, string | undefined> {
    const besides = [...this.#options.besides, ...this.#others.map(({ path }) => path)]
    return new Map<string, string | undefined>([
      ...besides.map((path) => [path, undefined] as const),
      ...(this.#read?.files ?? []),
    ])
  }

  /** The run folder may have been removed: then the round is a run of its own. */
  #basis(): PreviousRound | undefined {
    const { dir } = this.#previous ?? {}
    return dir !== undefined && existsSync(join(dir, 'manifest.json')) ? this.#previous : undefined
  }

  /** What checks import is no part of what they are known by, so all are made again. */
  #noteImports(changed: readonly string[]): void {
    const { shownAs, events } = this.#options
    const imported = this.#others.filter(
      ({ path, importedBy }) => importedBy !== undefined && changed.includes(path),
    )
    if (imported.length > 0) this.#mustRecheck = true
    for (const { path, importedBy } of imported)
      if (importedBy === 'provider')
        events.onWarning(
          `a provider imports ${shownAs(path)}: its replies on record stand until the provider itself is edited`,
        )
  }

  #takeBegun({ dir, hash, files }: ReadFiles & { readonly dir: string }): void {
    this.#read = { hash, files }
    this.#isRead = true
    this.#previous = { outcomes: new Map(), spentUsd: 0, ...this.#basis(), dir }
  }

  #takeEnded({ dir, word, outcomes, spentUsd, others }: EndedRound): void {
    this.#previous = { dir, word, outcomes, spentUsd }
    this.#others = others
    this.#mustRecheck = false
  }
}
