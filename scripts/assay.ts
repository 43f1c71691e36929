import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { Command, CommanderError } from 'commander'
import { claimStdout } from './io.ts'
import type { Io } from './io.ts'
import { declareRecorded } from './program/recorded.ts'
import { declareRunning } from './program/running.ts'
import { declareTools } from './program/tools.ts'
import type { Lazily } from './program/lazily.ts'
import { detailOf, tellError } from './tell-error.ts'

const io = claimStdout()
// Left alone, Node would end with 1, which says that a gate failed.
process.on('uncaughtException', (thrown) => {
  io.err(`\nerror: thrown where nothing waits for it:\n${detailOf(thrown)}\n`)
  io.err("hint: have the suite's code await its promises; what was recorded is kept\n")
  process.exit(3)
})
process.exit(await main(process.argv.slice(2), io))

async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0
  const command: Lazily =
    (load) =>
    async (...args) => {
      exitCode = await (await load())(io, ...args)
    }

  const program = new Command('assay')
    .description('Runs promptfoo suites, verifies every reply, and says whether a change made things worse.')
    .version(version())
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    // An empty list and "off" are no defaults worth telling.
    .configureHelp({
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'number' ? `${description} (default: ${defaultValue})` : description,
    })
    .showHelpAfterError('(run "assay --help" or "assay <command> --help" for what there is)')
    .addHelpText(
      'after',
      `
Examples:
  $ assay run suites/sentiment/suite.yaml           run a suite, print the table, keep the record
  $ assay run suite.yaml --tag critical --repeat 5  part of a suite, more often
  $ assay plan suite.yaml                           cells, calls, tokens and cost; calls nothing
  $ assay accept last                               make the last run the baseline that later ones are compared with
  $ assay gate last                                 decide once more on a recorded run; calls nothing
  $ assay verify last                               check the stored replies again after editing assertions
  $ assay report last --open                        write the last run's page again, and open it
  $ assay history                                   the runs so far, and what drifted

Exit codes: 0 pass or warn, 1 gate failed, 2 usage or suite error, 3 run incomplete or invalid,
            4 inconclusive under --strict, 130 interrupted (the run folder keeps what was done).`,
    )

  declareRunning(program, command)
  declareRecorded(program, command)
  declareTools(program, command)

  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2
    return tellError(io, thrown)
  }
}

function version(): string {
  const file = findPackageJSON('.', import.meta.url)
  return file === undefined
    ? 'unknown'
    : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
