import { join } from 'node:path'
import type { Analysis } from '../model/analysis.ts'
import type { Plan } from '../model/plan.ts'
import type { AccountSkew, Manifest, Run } from '../model/run.ts'
import type { JournalLine } from '../model/trial.ts'
import type { Verdict } from '../model/verdict.ts'
import { writeJson } from './atomic-file.ts'
import type { Journal } from './journal.ts'
import { openJournal } from './journal.ts'
import { makeManifest } from './manifest.ts'
import { openRun } from './open-run.ts'
import { readProvenance } from './provenance.ts'
import type { Redactor } from './redact.ts'
import { makeRedactor } from './redact.ts'
import { createRunFolder } from './run-folder.ts'
import { secretsInConfig } from './secrets.ts'

interface RecorderOptions {
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
  /** Id of the run whose stored replies are checked again. */
  readonly verifies?: string | undefined
}

interface Findings {
  readonly analysis: Analysis
  readonly verdict: Verdict
}

/** How a run ended, for its manifest. */
interface Ending {
  readonly accounts?: readonly AccountSkew[] | undefined
  readonly interrupted?: boolean | undefined
  readonly warnings: readonly string[]
}

/** Writes a run folder from its first line to its verdict. Everything passes the redactor. */
export class Recorder {
  readonly dir: string
  readonly id: string
  readonly redact: Redactor
  readonly #journal: Journal
  readonly #manifest: Manifest
  readonly #wallClock: () => Date

  private constructor(
    dir: string,
    manifest: Manifest,
    journal: Journal,
    redact: Redactor,
    wallClock: () => Date,
  ) {
    this.dir = dir
    this.id = manifest.id
    this.redact = redact
    this.#journal = journal
    this.#manifest = manifest
    this.#wallClock = wallClock
  }

  /** Makes the folder and writes its manifest. @throws HarnessError `usage` when it exists or cannot be written. */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const { plan, cwd, env, random, wallClock, out, verifies } = options
    const { planned, seed, command, notices } = options
    const { suite } = plan
    const redact = makeRedactor({ env, secrets: secretsInPlan(plan), patterns: suite.assay.redact })
    const provenance = await readProvenance(suite.root)
    const startedAt = wallClock()
    const { id, dir } = await createRunFolder({ suite: suite.name, cwd, out, now: startedAt, random })
    const manifest = makeManifest({
      id,
      plan,
      planned,
      cwd,
      provenance,
      seed,
      command,
      startedAt,
      notices,
      verifies,
    })
    await writeJson(dir, 'manifest.json', manifest, redact)
    const journal = await openJournal(join(dir, 'trials.jsonl'), { redact })
    return new Recorder(dir, manifest, journal, redact, wallClock)
  }

  /** Resolves once the line is safe on disk. */
  write(line: JournalLine): Promise<void> {
    return this.#journal.write(line)
  }

  /** Closes the journal and says in the manifest how the run ended. */
  async close({ accounts, interrupted, warnings }: Ending): Promise<Run> {
    await this.#journal.close()
    const said = [...(this.#manifest.warnings ?? []), ...warnings]
    const manifest: Manifest = {
      ...this.#manifest,
      endedAt: this.#wallClock().toISOString(),
      ...(accounts !== undefined && { accounts }),
      ...(interrupted === true && { interrupted }),
      ...(said.length > 0 && { warnings: said }),
    }
    await writeJson(this.dir, 'manifest.json', manifest, this.redact)
    return openRun(this.dir, this.dir)
  }

  /** Writes what a run came to, and returns it as it is on record: without secrets, fit to be shown. */
  async writeFindings(analysis: Analysis, verdict: Verdict): Promise<Findings> {
    const findings = JSON.parse(this.redact(JSON.stringify({ analysis, verdict }))) as Findings
    await writeJson(this.dir, 'analysis.json', findings.analysis, this.redact)
    await writeJson(this.dir, 'verdict.json', findings.verdict, this.redact)
    return findings
  }
}

function secretsInPlan({ suite, columns }: Plan): Record<string, string> {
  return secretsInConfig([suite.env, columns.map(({ provider }) => [provider.config, provider.env])])
}
