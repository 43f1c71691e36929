import { HarnessError } from '../../harness/model/errors.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { run } from '../../harness/run.ts'
import { loadEnvFiles } from '../env-file.ts'
import { concludeRuns, showRun } from '../finish-run.ts'
import { inspectSuite } from '../inspect-suite.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { parseReporters } from '../reporters.ts'
import type { SelectionOptions } from '../selection.ts'
import { readSelection } from '../selection.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'

interface RunOptions extends SelectionOptions {
  readonly concurrency?: number
  readonly out?: string
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
}

/** `assay run SUITE…`: each suite in turn; the exit code is the worst of them. */
export async function runCommand(io: Io, suites: readonly string[], options: RunOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { concurrency, out, allowOutside, json } = options
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
  const selection = await readSelection(options, io)
  // A mistake in the last suite is told before the first calls a model.
  if (suites.length > 1)
    for (const suite of suites) await inspectSuite(suite, { allowOutside, selection }, realWorld(io))
  const interrupts = listenForInterrupts(io)
  const world = realWorld(io, interrupts)
  const command = ['assay', ...process.argv.slice(2)]
  const results: ReportInput[] = []
  try {
    for (const suite of suites) {
      const watch = watchRun(io, world.clock.now)
      const request = { suite, selection, concurrency, out, allowOutside, command }
      const result = await run(request, world, watch.events).finally(watch.stop)
      results.push(result)
      await showRun(result, reporters, json, io)
      if (interrupts.stop.aborted) break
    }
  } finally {
    interrupts.forget()
  }
  return concludeRuns(results, { suites: suites.length, json }, io)
}
