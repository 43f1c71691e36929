import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError } from '../model/errors.ts'
import type { Manifest } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { Spent } from '../model/spent.ts'
import type { JournalLine } from '../model/trial.ts'
import { compactJournal, restoreCalls, SUPERSEDED_FILE } from './compact.ts'
import { openJournal } from './journal.ts'
import type { RunLock } from './lock.ts'
import { lockRun } from './lock.ts'
import { openRun } from './open-run.ts'
import { readJournal } from './read-journal.ts'
import type { PlannedCell, Reconciled, ReconcileOptions } from './reconcile.ts'
import { reconcile } from './reconcile.ts'
import type { RecorderOptions } from './recorder.ts'
import { Recorder } from './recorder.ts'
import { SpentTally } from './spent-tally.ts'
import { StoredReplies } from './stored-replies.ts'

/** What a run that is gone on with has on record. */
export interface Found extends Omit<Reconciled, 'mustCompact' | 'keeps' | 'lacking'> {
  /** What its calls took so far, those of cells that were superseded included. */
  readonly spent: Spent
}

/**
 * A recorded run that is to be gone on with: `begin`, `compare` with what is planned now, `reopen`. From `begin` to the end of
 * its recorder, or to `end`, no other process can write it.
 */
export class Resumption {
  readonly dir: string
  readonly manifest: Manifest
  readonly #lock: RunLock
  readonly #journal: string
  #reconciled: Reconciled | undefined
  #finished: ReadonlySet<string> | undefined
  #replies: StoredReplies | undefined

  private constructor(dir: string, manifest: Manifest, lock: RunLock) {
    this.dir = dir
    this.manifest = manifest
    this.#lock = lock
    this.#journal = path.join(dir, 'trials.jsonl')
  }

  /**
   * Locks the folder, and cuts off what a crash left at the end of its journal.
   * @param parent id of the run it has to belong to
   * @throws HarnessError `usage` when another process writes it, or it is no run that can be resumed
   */
  static async begin(dir: string, wallClock: () => Date, parent?: string): Promise<Resumption> {
    const { manifest: found } = await openRun(dir, dir)
    if (parent === undefined) optionsOf(found)
    else if (found.parent !== parent)
      throw new HarnessError('usage', `${dir} does not belong to the run ${parent}`, {
        hint: 'Move it away: what is needed of it is run again.',
      })
    const lock = await lockRun(dir, wallClock)
    try {
      // Once more: another process may have finished it meanwhile.
      const { manifest } = await openRun(dir, dir)
      const journal = await openJournal(path.join(dir, 'trials.jsonl'), {
        redact: (json) => json,
        append: true,
      })
      await journal.close()
      return new Resumption(dir, manifest, lock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** Finds out what stands of the record; changes nothing. */
  async compare(cells: AsyncIterable<PlannedCell>, options: ReconcileOptions): Promise<Found> {
    this.#reconciled = await reconcile(readJournal(this.#journal), cells, options)
    const { finished, planned, again, superseded, spent } = this.#reconciled
    return { finished, planned, again, superseded, spent: await this.#withSuperseded(spent) }
  }

  /**
   * Takes out of the journal what does not stand, brings back what was taken out and is planned once more, then opens it to go on.
   * `end` is then the recorder's to call.
   */
  async reopen(options: RecorderOptions): Promise<Recorder> {
    if (this.#reconciled === undefined) throw new Error('the run was not compared with the plan yet')
    const { mustCompact, finished, lacking } = this.#reconciled
    if (mustCompact) await compactJournal(this.dir, this.#reconciled.keeps)
    if (lacking.size > 0 && existsSync(path.join(this.dir, SUPERSEDED_FILE)))
      await restoreCalls(this.dir, lacking)
    // What was found out of every cell is not needed any more, and the run may be long.
    this.#reconciled = undefined
    this.#finished = finished
    // They are not those of the run any more.
    for (const name of ['analysis.json', 'verdict.json']) await rm(path.join(this.dir, name), { force: true })
    return Recorder.reopen({ dir: this.dir, lock: this.#lock, earlier: this.manifest }, options)
  }

  /** What stands: trials that are final, and calls. To be read after `reopen`, and before anything is written. */
  lines(): AsyncIterable<JournalLine> {
    return readJournal(this.#journal)
  }

  /** The replies on record of cells that are still to be finished, after `reopen`. Closed by `end`. */
  async replies(): Promise<StoredReplies> {
    return (this.#replies ??= await StoredReplies.open(this.dir, { without: this.#finished }))
  }

  /** Lets go of the folder. Nothing happens the second time. */
  async end(): Promise<void> {
    await this.#replies?.close()
    this.#replies = undefined
    await this.#lock.release()
  }

  async #withSuperseded(spent: Spent): Promise<Spent> {
    const file = path.join(this.dir, SUPERSEDED_FILE)
    if (!existsSync(file)) return spent
    const tally = new SpentTally(spent)
    for await (const line of readJournal(file)) if (line.kind === 'call') tally.add(line)
    return tally.total
  }
}

/**
 * How a run was asked for, if it can be resumed.
 * @throws HarnessError `usage` for one that called no model, and one that does not say how it was asked for
 */
export function optionsOf({ id, verifies, options, child, parent }: Manifest): RunOptions {
  if (child !== undefined)
    throw new HarnessError('usage', `the run ${id} belongs to the run ${parent}: it is not resumed alone`, {
      hint: 'Resume that run: it goes on with this one where it needs to.',
    })
  if (verifies !== undefined)
    throw new HarnessError(
      'usage',
      `the run ${id} checked the replies of ${verifies} again: it called no model`,
      {
        hint: `There is nothing to resume: \`assay verify\` on the run ${verifies} checks them once more.`,
      },
    )
  if (options === undefined)
    throw new HarnessError('usage', `the run ${id} does not say what was asked for: it cannot be resumed`, {
      hint: 'It was recorded by another version of assay: run the suite again.',
    })
  return options
}
