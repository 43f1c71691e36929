import { join } from 'node:path'
import type { Analysis } from '../model/analysis.ts'
import type { Plan } from '../model/plan.ts'
import type { AccountSkew, Manifest, Run } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { JournalLine, Trial } from '../model/trial.ts'
import type { Verdict } from '../model/verdict.ts'
import { syncFolder, writeJson } from './atomic-file.ts'
import type { Journal } from './journal.ts'
import { openJournal } from './journal.ts'
import type { RunLock } from './lock.ts'
import { lockRun } from './lock.ts'
import type { ChildOf } from './manifest.ts'
import { makeManifest, mergeAccounts, resumedManifest } from './manifest.ts'
import { openRun } from './open-run.ts'
import { readProvenance } from './provenance.ts'
import type { Redactor } from './redact.ts'
import { createRunFolder } from './run-folder.ts'
import { suiteRedactor } from './suite-redactor.ts'

export interface RecorderOptions {
  readonly plan: Plan
  /** Cells the run is to account for. */
  readonly planned: number
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly random: () => number
  readonly wallClock: () => Date
  /** The folder itself (`--out`); by default `runs/<suite>/<id>`. */
  readonly out?: string | undefined
  readonly seed?: number | undefined
  readonly command: readonly string[]
  readonly notices: ReadonlyMap<string, string>
  /** What was asked for, to be resumed. */
  readonly options?: RunOptions | undefined
  /** Id of the run whose stored replies are checked again. */
  readonly verifies?: string | undefined
  readonly graders?: Manifest['graders'] | undefined
  readonly judges?: Manifest['judges'] | undefined
  /** Of a run that belongs to another. */
  readonly child?: ChildOf | undefined
  readonly baseline?: Manifest['baseline']
}

interface Findings {
  readonly analysis: Analysis
  readonly verdict: Verdict
}

/** How a run ended, for its manifest. */
interface Ending {
  readonly accounts?: readonly AccountSkew[] | undefined
  readonly interrupted?: boolean | undefined
  readonly incomplete?: Manifest['incomplete'] | undefined
  readonly lag?: Manifest['lag'] | undefined
  readonly warnings: readonly string[]
}

/** A run folder that is locked, to be written. */
interface LockedFolder {
  readonly id: string
  readonly dir: string
  readonly lock: RunLock
  readonly startedAt: Date
  /** As an earlier session of the run left it. */
  readonly earlier?: Manifest | undefined
}

/** Writes a run folder from its first line to its verdict. Everything passes the redactor. */
export class Recorder {
  readonly dir: string
  readonly id: string
  readonly redact: Redactor
  /** Absolute path of `trials.jsonl`. */
  readonly journalFile: string
  readonly #journal: Journal
  readonly #manifest: Manifest
  readonly #lock: RunLock
  readonly #wallClock: () => Date
  readonly #changed: WeakMap<JournalLine, string>
  #ended = false

  private constructor(
    { dir, lock }: LockedFolder,
    manifest: Manifest,
    journal: Journal,
    redact: Redactor,
    changed: WeakMap<JournalLine, string>,
    wallClock: () => Date,
  ) {
    this.dir = dir
    this.id = manifest.id
    this.redact = redact
    this.journalFile = join(dir, 'trials.jsonl')
    this.#journal = journal
    this.#manifest = manifest
    this.#lock = lock
    this.#changed = changed
    this.#wallClock = wallClock
  }

  /** Makes the folder and writes its manifest. @throws HarnessError `usage` when it exists or cannot be written. */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const { plan, cwd, random, wallClock, out } = options
    // A pattern of the suite's that cannot be used is told before there is a folder.
    const redact = suiteRedactor(plan.suite, options.env)
    const startedAt = wallClock()
    const folder = await createRunFolder({ suite: plan.suite.name, cwd, out, now: startedAt, random })
    const lock = await lockRun(folder.dir, wallClock)
    return Recorder.#begin({ ...folder, lock, startedAt }, options, redact)
  }

  /**
   * Goes on with a run in its own folder, which the caller has locked: the lock is the recorder's from now on. The manifest
   * is rewritten for the suite as it stands now.
   */
  static async reopen(
    { dir, lock, earlier }: { readonly dir: string; readonly lock: RunLock; readonly earlier: Manifest },
    options: RecorderOptions,
  ): Promise<Recorder> {
    const { id } = earlier
    return Recorder.#begin(
      { id, dir, lock, startedAt: options.wallClock(), earlier },
      options,
      suiteRedactor(options.plan.suite, options.env),
    )
  }

  static async #begin(folder: LockedFolder, options: RecorderOptions, redact: Redactor): Promise<Recorder> {
    const { id, dir, lock, startedAt, earlier } = folder
    try {
      const { root, prices } = options.plan.suite
      const provenance = await readProvenance(root, prices)
      const now = makeManifest({ ...options, id, provenance, startedAt })
      const manifest = earlier === undefined ? now : resumedManifest(now, earlier)
      await writeJson(dir, 'manifest.json', manifest, redact)
      const changed = new WeakMap<JournalLine, string>()
      const journal = await openJournal(join(dir, 'trials.jsonl'), {
        redact(json, line) {
          const clean = redact(json)
          if (clean !== json) changed.set(line, clean)
          return clean
        },
        append: earlier !== undefined,
      })
      await syncFolder(dir)
      return new Recorder(folder, manifest, journal, redact, changed, options.wallClock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** As it is on record: without secrets. */
  get manifest(): Manifest {
    return JSON.parse(this.redact(JSON.stringify(this.#manifest))) as Manifest
  }

  /** Resolves with the line's place in the journal once it is safe on disk. */
  write(line: JournalLine): ReturnType<Journal['write']> {
    return this.#journal.write(line)
  }

  /**
   * A trial that was written as it is on record: without secrets. What is made of it may cut its texts, and half a secret is not
   * known for one any more. Its names stay those of the plan.
   */
  asRecorded(trial: Trial): Trial {
    const json = this.#changed.get(trial)
    if (json === undefined) return trial
    const { cell, ...recorded } = JSON.parse(json) as Trial
    const { id, caseId, prompt, provider } = trial.cell
    return { ...recorded, cell: { ...cell, id, caseId, prompt, provider } }
  }

  /** Closes the journal, says in the manifest how the run ended, and lets others have the folder. */
  async close(ending: Ending): Promise<Run> {
    this.#ended = true
    try {
      await this.#journal.close()
      await this.#writeEnding(ending)
    } finally {
      await this.#lock.release()
    }
    return openRun(this.dir, this.dir)
  }

  /** Lets go of a run that something broke: what is on record stays, to be resumed. Nothing happens after `close`. */
  async abandon(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    // What broke is told already; a disk that is full refuses here as well.
    await this.#journal.close().catch(() => undefined)
    await this.#writeEnding({ interrupted: true, warnings: [] }).catch(() => undefined)
    await this.#lock.release()
  }

  async #writeEnding({ accounts, interrupted, incomplete, lag, warnings }: Ending): Promise<void> {
    const before = this.#manifest
    const said = [...new Set([...(before.warnings ?? []), ...warnings])]
    const manifest: Manifest = {
      ...before,
      endedAt: this.#wallClock().toISOString(),
      ...(accounts !== undefined && { accounts: mergeAccounts(before.accounts ?? [], accounts) }),
      ...(interrupted === true && { interrupted }),
      ...(incomplete !== undefined && incomplete.length > 0 && { incomplete }),
      ...(lag !== undefined && { lag }),
      ...(said.length > 0 && { warnings: said }),
    }
    await writeJson(this.dir, 'manifest.json', manifest, this.redact)
  }

  /** Writes what a run came to, and returns it as it is on record: without secrets, fit to be shown. */
  async writeFindings(analysis: Analysis, verdict: Verdict): Promise<Findings> {
    const findings = JSON.parse(this.redact(JSON.stringify({ analysis, verdict }))) as Findings
    await writeJson(this.dir, 'analysis.json', findings.analysis, this.redact)
    await writeJson(this.dir, 'verdict.json', findings.verdict, this.redact)
    return findings
  }
}
