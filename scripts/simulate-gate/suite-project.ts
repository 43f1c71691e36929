import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ReportInput } from '../../harness/model/report.ts'
import { run } from '../../harness/run.ts'
import type { World } from '../../harness/world.ts'
import type { RunRequest } from '../../harness/run-request.ts'
import { acceptCommand } from '../commands/accept.ts'
import type { Io } from '../io.ts'
import { realWorld } from '../world.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** What a suite of this repository may point at, and what that imports. */
const COPIED = ['providers', 'assertions', 'harness', 'package.json']

const ACCEPTED = { force: true, reason: 'simulated', replies: true, json: false }

/** A copy of a suite and of what it needs, to be run as often as it takes, with any seed, changed in any way. */
export class SuiteProject {
  /** The copy's root. */
  readonly dir: string
  /** The copy of the suite file. */
  readonly suite: string
  readonly #written: string
  readonly #timeScale: number

  private constructor(dir: string, suite: string, written: string, timeScale: number) {
    this.dir = dir
    this.suite = suite
    this.#written = written
    this.#timeScale = timeScale
  }

  /** @param timeScale factor on how long the simulated models take; without it they answer at once */
  static async copyOf(file: string, { timeScale = 0 } = {}): Promise<SuiteProject> {
    const written = await readFile(file, 'utf8')
    const dir = await mkdtemp(path.join(tmpdir(), 'assay-simulate-'))
    const suiteDir = path.join(dir, 'suites', path.basename(path.dirname(path.resolve(file))))
    await cp(path.dirname(file), suiteDir, { recursive: true, filter: isInput })
    for (const name of COPIED) await cp(path.join(ROOT, name), path.join(dir, name), { recursive: true })
    await symlink(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'))
    return new SuiteProject(dir, path.join(suiteDir, path.basename(file)), written, timeScale)
  }

  /** Runs the suite with a seed of its simulated models. No reply comes from a cache. */
  async run(
    seed: number,
    request: Partial<RunRequest> = {},
    world: Partial<World> = {},
  ): Promise<ReportInput> {
    await writeFile(this.suite, reseeded(this.#written, seed, this.#timeScale))
    const { suite } = this
    return run(
      { suite, selection: {}, cache: false, allowOutside: false, command: ['simulate-gate'], ...request },
      { ...realWorld(this.#io()), ...world },
    )
  }

  /** Makes a run the suite's baseline. */
  async accept({ run: { dir } }: ReportInput): Promise<void> {
    const code = await acceptCommand(this.#io(), dir, ACCEPTED)
    if (code !== 0) throw new Error(`the run was not accepted (exit ${code})`)
  }

  /** Changes a file beside the suite. */
  async edit(name: string, change: (text: string) => string): Promise<void> {
    const file = path.join(path.dirname(this.suite), name)
    await writeFile(file, change(await readFile(file, 'utf8')))
  }

  /** Forgets the runs so far, not the baseline. */
  async forgetRuns(): Promise<void> {
    await rm(path.join(this.dir, 'runs'), { recursive: true, force: true })
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true })
  }

  /** Says nothing; not in CI, where nothing is accepted by accident. */
  #io(): Io {
    const quiet = (): void => undefined
    const env = { ...process.env, CI: undefined }
    return {
      out: quiet,
      err: quiet,
      env,
      cwd: this.dir,
      live: false,
      terminal: { columns: 80, color: false },
    }
  }
}

/** Baselines, runs and recordings of the real suite stay behind. */
function isInput(source: string): boolean {
  return !/^(baseline.*|runs|cassette)$/.test(path.basename(source))
}

/** Another seed for every simulated model. */
function reseeded(written: string, seed: number, timeScale: number): string {
  const text = written.replaceAll(/\bseed: *\d+/g, `seed: ${seed}, timeScale: ${timeScale}`)
  if (text === written) throw new Error('the suite has no simulated model with a seed')
  return text
}
