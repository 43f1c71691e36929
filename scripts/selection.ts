import type { Selection } from '../harness/model/plan.ts'
import type { Outcome } from '../harness/model/trial.ts'
import { HarnessError } from '../harness/model/errors.ts'
import { openRun } from '../harness/record/open-run.ts'
import type { Io } from './io.ts'

/** The options that choose a part of a suite, as the command line gives them. */
export interface SelectionOptions {
  readonly filter?: RegExp
  readonly tag: readonly string[]
  readonly provider: readonly string[]
  readonly prompt: readonly string[]
  readonly failed?: string
  readonly errors?: string
  readonly repeat?: number
  readonly sample?: number
  readonly seed?: number
}

/** @throws HarnessError `empty` when --failed or --errors names a run in which no cell did. */
export async function readSelection(options: SelectionOptions, io: Io): Promise<Selection> {
  const { filter, tag, provider, prompt, failed, errors, repeat, sample, seed = 1 } = options
  const cellIds = await cellsOf({ failed, errored: errors }, io)
  return {
    filter,
    repeat,
    ...(tag.length > 0 && { tags: tag }),
    ...(provider.length > 0 && { providers: provider }),
    ...(prompt.length > 0 && { prompts: prompt }),
    ...(sample !== undefined && { sample: { n: sample, seed } }),
    ...(cellIds !== undefined && { cellIds }),
  }
}

/** Ids of the cells that had an outcome in a run: of both lists when both are asked for. */
async function cellsOf(
  runs: Partial<Record<Outcome, string | undefined>>,
  io: Io,
): Promise<ReadonlySet<string> | undefined> {
  const asked = Object.entries(runs).filter(([, run]) => run !== undefined) as [Outcome, string][]
  if (asked.length === 0) return undefined
  const ids = new Set<string>()
  for (const [outcome, name] of asked) {
    const run = await openRun(name, io.cwd, (warning) => io.err(`warning: ${warning}\n`))
    for await (const trial of run.trials()) if (trial.outcome === outcome) ids.add(trial.cell.id)
  }
  if (ids.size > 0) return ids
  const what = asked.map(([outcome, name]) => `no cell ${outcome} in the run ${name}`).join(', and ')
  throw new HarnessError('empty', `${what}: there is nothing to run again`)
}
