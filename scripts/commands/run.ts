import { prepareComparison, refuseApart } from '../../harness/comparing.ts'
import { makeReady } from '../../harness/execute/make-ready.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import { run } from '../../harness/run.ts'
import type { SuiteOutcome } from '../../reports/roll-up/roll-up.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, exitCodeOf, showRun } from '../finish-run.ts'
import { inspectSuite } from '../inspect-suite.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { parseReporters, type ReporterRequest, reportsToShow } from '../reporters.ts'
import { writeRollUp } from '../roll-up/write-roll-up.ts'
import type { CommonRequest, RunOptions } from '../run-options.ts'
import { commonRequest } from '../run-options.ts'
import { SharedBudget } from '../shared-budget.ts'
import { errorText, tellError } from '../tell-error.ts'
import { refuseWithoutWatch } from '../watch/refuse.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

/**
 * `assay run SUITE…`: each suite in turn; the exit code is the worst of them. Several make a roll-up besides. With `--watch` it goes
 * on with the only suite as its files change.
 */
export async function runCommand(io: Io, suites: readonly string[], options: RunOptions): Promise<number> {
  if (options.watch) return (await import('../watch/watch.ts')).watchSuite(io, suites, options)
  refuseWithoutWatch(options)
  loadEnvFiles(io, options.envFile)
  const { out, json } = options
  const reporters = reportsToShow(parseReporters(options.reporter, io.cwd), json)
  if (out !== undefined && suites.length > 1) {
    throw new HarnessError(
      'usage',
      `--out names the folder of one run, but there are ${suites.length} suites`,
      {
        hint: 'run them one by one, or leave --out away',
      },
    )
  }
  const command = ['assay', ...process.argv.slice(2)]
  const common = await commonRequest(options, command, io)
  const isSeveral = suites.length > 1
  // A mistake in the last suite is told before the first calls a model.
  const limits = isSeveral ? await inspectAll(suites, common, io) : new Map<string, number>()
  const interrupts = listenForInterrupts(io)
  const world = realWorld(io, interrupts)
  const startedAt = world.clock.wallClock()
  const budget = new SharedBudget(options.maxCost)
  const outcomes: SuiteOutcome[] = []
  const broken: number[] = []
  for (const suite of suites) {
    if (interrupts.stop.aborted) break
    const watch = watchRun(io, world.clock.now, interrupts.onFolder)
    let outcome: SuiteOutcome | undefined
    try {
      // What is left of the whole may be more than a suite allows itself.
      const request = { ...common, suite, maxCostUsd: budget.left(limits.get(suite)) }
      const input = await run(request, world, watch.events).finally(watch.stop)
      budget.take(input.analysis.spentUsd)
      outcome = { file: suite, is: 'run', input }
      await showRun(input, isSeveral ? reporters.filter(isOfOne) : reporters, io)
    } catch (thrown) {
      // What the suites before it came to is not lost with it.
      if (outcome === undefined) budget.take(watch.spentUsd())
      const exitCode = tellError(io, thrown)
      broken.push(exitCode)
      outcome ??= { file: suite, is: 'broken', message: redacted(errorText(io, thrown), io), exitCode }
    }
    outcomes.push(outcome)
  }
  const ended = { suites: suites.length, begun: outcomes.length, broken }
  const results = outcomes.flatMap((outcome) => (outcome.is === 'run' ? [outcome.input] : []))
  if (isSeveral) {
    const notBegun = suites.slice(outcomes.length).map((file): SuiteOutcome => ({ file, is: 'not_run' }))
    const exitCode = exitCodeOf(results, ended)
    const rollUp = { suites: [...outcomes, ...notBegun], startedAt, command, exitCode, requests: reporters }
    await writeRollUp(rollUp, io, world).catch((thrown: unknown) => broken.push(tellError(io, thrown)))
  }
  interrupts.forget()
  return concludeRuns(results, { ...ended, json }, io)
}

/**
 * Looks at every suite before the first is run.
 * @returns USD that a suite allows itself, by file
 */
async function inspectAll(
  suites: readonly string[],
  { selection, allowOutside, comparison, cassette }: CommonRequest,
  io: Io,
): Promise<Map<string, number>> {
  const limits = new Map<string, number>()
  for (const suite of suites) {
    const { plan, asked } = await inspectSuite(suite, { allowOutside, selection }, realWorld(io))
    const comparing = await prepareComparison(plan.suite, { selection, comparison }, realWorld(io), () => {})
    if (comparing !== undefined) await refuseApart(plan, comparing)
    if (cassette !== 'replay') await makeReady(asked)
    const { usd } = plan.suite.assay.budget ?? {}
    if (usd !== undefined) limits.set(suite, usd)
  }
  return limits
}

/** A file for several suites holds all of them, and is written once they are there; GitHub is told of all at once. */
function isOfOne({ name, file }: ReporterRequest): boolean {
  return file === undefined && name !== 'github'
}

function redacted(text: string, { redact = String }: Io): string {
  return redact(text)
}
