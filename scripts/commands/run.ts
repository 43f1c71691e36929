import { prepareComparison, refuseApart } from '../../harness/comparing.ts'
import { makeReady } from '../../harness/execute/make-ready.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { ComparisonOptions, FailOn } from '../../harness/model/run-options.ts'
import { run } from '../../harness/run.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, showRun } from '../finish-run.ts'
import { inspectSuite } from '../inspect-suite.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { parseReporters } from '../reporters.ts'
import type { SelectionOptions } from '../selection.ts'
import { readSelection } from '../selection.ts'
import { SharedBudget } from '../shared-budget.ts'
import { tellError } from '../tell-error.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

interface RunOptions extends SelectionOptions {
  readonly concurrency?: number
  readonly out?: string
  readonly maxCost?: number
  readonly record: boolean
  readonly replay: boolean
  readonly cache: boolean
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
  readonly baseline?: string
  readonly map?: Readonly<Record<string, string>>
  readonly rerunBaseline: boolean
  readonly settle: boolean
  readonly stopEarly: boolean
  readonly strict: boolean
  readonly failOn?: FailOn
}

/** `assay run SUITE…`: each suite in turn; the exit code is the worst of them. */
export async function runCommand(io: Io, suites: readonly string[], options: RunOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { concurrency, out, allowOutside, json, envFile: envFiles } = options
  const reporters = parseReporters(options.reporter, io.cwd)
  if (out !== undefined && suites.length > 1) {
    throw new HarnessError(
      'usage',
      `--out names the folder of one run, but there are ${suites.length} suites`,
      {
        hint: 'run them one by one, or leave --out away',
      },
    )
  }
  const chosen = await readSelection(options, io)
  // Another order every time: in one and the same the last cases would never be looked at.
  const shuffle = options.seed ?? Math.floor(realWorld(io).random() * 2 ** 31)
  const selection = options.stopEarly ? { ...chosen, shuffle } : chosen
  const comparison = comparisonOf(options)
  // A mistake in the last suite is told before the first calls a model.
  if (suites.length > 1)
    for (const suite of suites) {
      const { plan, asked } = await inspectSuite(suite, { allowOutside, selection }, realWorld(io))
      const request = { selection, comparison }
      const comparing = await prepareComparison(plan.suite, request, realWorld(io), () => {})
      if (comparing !== undefined) await refuseApart(plan, comparing)
      if (!options.replay) await makeReady(asked)
    }
  const interrupts = listenForInterrupts(io)
  const world = realWorld(io, interrupts)
  const command = ['assay', ...process.argv.slice(2)]
  const common = {
    selection,
    concurrency,
    out,
    allowOutside,
    envFiles,
    command,
    comparison,
    ...repliesOf(options),
  }
  const budget = new SharedBudget(options.maxCost)
  const results: ReportInput[] = []
  const broken: number[] = []
  let begun = 0
  for (const suite of suites) {
    if (interrupts.stop.aborted) break
    begun++
    const watch = watchRun(io, world.clock.now, interrupts.onFolder)
    try {
      const request = { ...common, suite, maxCostUsd: budget.left }
      const result = await run(request, world, watch.events).finally(watch.stop)
      budget.take(result.analysis.spentUsd)
      results.push(result)
      await showRun(result, reporters, json, io)
    } catch (thrown) {
      // What the suites before it came to is not lost with it.
      budget.take(watch.spentUsd())
      broken.push(tellError(io, thrown))
    }
  }
  interrupts.forget()
  return concludeRuns(results, { suites: suites.length, begun, json, broken }, io)
}

/** What was asked for, and nothing else: it is recorded. */
function comparisonOf(options: RunOptions): ComparisonOptions {
  const { baseline, map, rerunBaseline, settle, stopEarly, strict, failOn } = options
  return {
    ...(baseline !== undefined && { baseline }),
    ...(map !== undefined && { renamed: map }),
    ...(rerunBaseline && { rerunBaseline }),
    ...(settle && { settle }),
    ...(stopEarly && { stopEarly }),
    ...(strict && { strict }),
    ...(failOn !== undefined && { failOn }),
  }
}

/** Where replies may come from, and whether they are kept. */
function repliesOf({ record, replay, cache }: RunOptions): {
  cassette?: 'record' | 'replay'
  cache: boolean
} {
  if (record && replay) {
    throw new HarnessError('usage', '--record and --replay exclude each other', {
      hint: '--record answers from the cassette too, and calls what it lacks',
    })
  }
  if (replay) return { cassette: 'replay', cache: false }
  return record ? { cassette: 'record', cache } : { cache }
}
