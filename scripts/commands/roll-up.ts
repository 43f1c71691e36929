import { openShown } from '../../harness/open-record.ts'
import type { SuiteOutcome } from '../../reports/roll-up/roll-up.ts'
import { exitCodeOf } from '../finish-run.ts'
import type { Io } from '../io.ts'
import { parseReporters, renderReports, type ReporterRequest, reportsToShow } from '../reporters.ts'
import { writeRollUp } from '../roll-up/write-roll-up.ts'
import { errorText, tellError } from '../tell-error.ts'
import { realWorld } from '../world.ts'

interface RollUpOptions {
  readonly reporter: readonly string[]
}

/**
 * `assay roll-up RUN…`: makes of recorded runs what one `assay run` of their suites makes, in the order they are named. The exit
 * code is the worst of theirs; one that cannot be read is listed as broken.
 */
export async function rollUpCommand(
  io: Io,
  names: readonly string[],
  options: RollUpOptions,
): Promise<number> {
  const requests = reportsToShow(parseReporters(options.reporter, io.cwd), false)
  const world = realWorld(io)
  const startedAt = world.clock.wallClock()
  const suites: SuiteOutcome[] = []
  const broken: number[] = []
  for (const name of names) {
    try {
      const input = await openShown(name, io.cwd, (warning) => io.err(`warning: ${warning}\n`))
      suites.push({ file: input.run.manifest.suite.file, is: 'run', input })
    } catch (thrown) {
      const exitCode = tellError(io, thrown)
      broken.push(exitCode)
      suites.push({ file: name, is: 'broken', message: errorText(io, thrown), exitCode })
    }
  }
  const results = suites.flatMap((suite) => (suite.is === 'run' ? [suite.input] : []))
  const exitCode = exitCodeOf(results, { suites: suites.length, begun: suites.length, broken })
  for (const input of results) await renderReports(input, requests.filter(isPrinted), io)
  const command = ['assay', ...process.argv.slice(2)]
  await writeRollUp({ suites, startedAt, command, exitCode, requests }, io, world)
  return exitCode
}

/** A format of lines for a machine, which no folder keeps. */
function isPrinted({ name, file }: ReporterRequest): boolean {
  return file === undefined && (name === 'json' || name === 'jsonl')
}
