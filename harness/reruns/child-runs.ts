import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenedBaseline } from '../baseline/open-baseline.ts'
import type { BudgetLimits } from '../execute/budget/budget.ts'
import { HarnessError } from '../model/errors.ts'
import type { ExtraColumn, Plan } from '../model/plan.ts'
import type { ChildName } from '../model/run.ts'
import type { Spent } from '../model/spent.ts'
import { Resumption } from '../record/resumption.ts'
import type { RecordedRun, RunRequest, RunResult } from '../run-request.ts'
import type { RunEvents } from '../run-events.ts'
import type { World } from '../world.ts'
import { baselineColumn } from './baseline-columns.ts'
import type { Rerun, RerunColumn, Reruns } from './rerun.ts'

/** Makes a run: `run` itself, which this is a part of. */
export type MakeRun = (request: RunRequest, world: World, events: RunEvents) => Promise<RunResult>

export interface ChildRunsOptions {
  readonly run: MakeRun
  readonly request: RunRequest
  readonly world: World
  readonly events: RunEvents
  readonly plan: Plan
  readonly baseline: OpenedBaseline
  readonly parent: { readonly id: string; readonly dir: string }
  /** What the run and those that belong to it may take together, and what is taken. */
  readonly budget: () => BudgetLimits | undefined
  readonly spent: () => Spent
  /** Told of each that has ended. */
  readonly onEnded: (child: RunResult) => void
  readonly onWarning: (message: string) => void
}

/**
 * Runs columns again in runs of their own, in folders below that of the run they belong to. One that an earlier session began is
 * gone on with. They take what is left of the run's budget, and are never answered from the local cache.
 */
export class ChildRuns {
  /** True once one of them was interrupted, or not begun for it. */
  interrupted = false
  readonly #options: ChildRunsOptions

  constructor(options: ChildRunsOptions) {
    this.#options = options
  }

  readonly rerun: Reruns = async ({ name, columns, repeats }) => {
    const { plan } = this.#options
    if (plan.suite.serial) return { why: 'its cases depend on each other' }
    const extra = this.#extras(columns, ({ role }) => repeats[role])
    return typeof extra === 'string' ? { why: extra } : this.make(name, extra)
  }

  /** The columns as a plan takes them; a clause where one of them cannot be run. */
  extrasOf(
    columns: readonly RerunColumn[],
    repeats: ExtraColumn['repeats'],
  ): readonly ExtraColumn[] | string {
    return this.#extras(columns, () => repeats)
  }

  /**
   * Makes the run, or finishes it.
   * @param record answers models in place of calls
   */
  async make(name: ChildName, extra: readonly ExtraColumn[], record?: RecordedRun): Promise<Rerun> {
    const { world, parent, onEnded } = this.#options
    if (world.stop?.aborted === true || world.abort?.aborted === true)
      return { why: 'the run was interrupted' }
    const dir = join(parent.dir, name)
    const resumption = await this.#begin(dir)
    try {
      const child = await this.#run(name, extra, { dir, resumption, record })
      onEnded(child)
      this.interrupted ||= child.run.manifest.interrupted === true
      const { interrupted, incomplete: [missing] = [] } = child.run.manifest
      const why =
        missing?.message.replace(/\.$/, '') ?? (interrupted === true ? 'it was interrupted' : undefined)
      return { run: child.run, ...(why !== undefined && { why }) }
    } catch (error) {
      // Every cell of it is one whose checks compare columns.
      if (error instanceof HarnessError && error.code === 'empty')
        return { why: 'its checks compare columns' }
      throw error
    } finally {
      await resumption?.end()
    }
  }

  #run(
    name: ChildName,
    extra: readonly ExtraColumn[],
    {
      dir,
      resumption,
      record,
    }: {
      readonly dir: string
      readonly resumption: Resumption | undefined
      readonly record: RecordedRun | undefined
    },
  ): Promise<RunResult> {
    const { run, request, world, events, plan, baseline, parent, budget, spent } = this.#options
    const { onStart, onChild, ...told } = events
    void onStart
    return run(
      {
        suite: request.suite,
        allowOutside: request.allowOutside,
        concurrency: request.concurrency,
        cassette: request.cassette,
        envFiles: request.envFiles,
        command: request.command,
        cache: false,
        selection: { extra, onlyExtra: true },
        out: dir,
        ...(record !== undefined && { record }),
        ...(resumption !== undefined && { resume: { resumption, errors: request.resume?.errors ?? false } }),
        child: {
          name,
          parent: parent.id,
          suite: plan.suite,
          budget: budget(),
          spent: spent(),
          baseline: { name: baseline.name, run: baseline.arm.about.runId },
        },
      },
      world,
      { ...told, onStart: (childPlan, _dir, onRecord) => onChild?.(name, childPlan, onRecord) },
    )
  }

  /** What an earlier session began; a folder that it had no time to write anything into is made anew. */
  async #begin(dir: string): Promise<Resumption | undefined> {
    if (!existsSync(dir)) return undefined
    const { world, parent } = this.#options
    if (existsSync(join(dir, 'manifest.json'))) return Resumption.begin(dir, world.clock.wallClock, parent.id)
    await rm(dir, { recursive: true })
    return undefined
  }

  #extras(
    columns: readonly RerunColumn[],
    repeatsOf: (column: RerunColumn) => ExtraColumn['repeats'],
  ): readonly ExtraColumn[] | string {
    const { plan, baseline, world, onWarning } = this.#options
    const extras: ExtraColumn[] = []
    for (const column of columns) {
      const { role, name, like, cases } = column
      const own = plan.columns.find(
        ({ prompt, provider }) => prompt.key === like.prompt && provider.key === like.provider,
      )
      if (own === undefined) return `${like.prompt} on ${like.provider} was not run`
      const common = { role, repeats: repeatsOf(column), ...(cases !== undefined && { cases }) }
      if (role === 'candidate') {
        extras.push({ ...common, prompt: own.prompt, provider: own.provider })
        continue
      }
      const found = baselineColumn(name, own, { baseline, suite: plan.suite, env: world.env })
      if (typeof found === 'string') return found
      const { prompt, provider, warning } = found
      if (warning !== undefined) onWarning(warning)
      extras.push({ ...common, prompt, provider, baseline: name })
    }
    return extras
  }
}
