import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { Command, CommanderError } from 'commander'
import { claimStdout } from './io.ts'
import type { Io } from './io.ts'
import { collect, parseAmount, parseCount } from './option-values.ts'
import { comparing, failOnOption, reporterOption, selecting } from './shared-options.ts'
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
  /** A command's module is loaded only when that command runs: `--help` stays quick. */
  const command =
    <Args extends unknown[]>(load: () => Promise<(io: Io, ...args: Args) => Promise<number>>) =>
    async (...args: Args): Promise<void> => {
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
  $ assay report last --reporter html               write the last run's page again

Exit codes: 0 pass or warn, 1 gate failed, 2 usage or suite error, 3 run incomplete or invalid,
            4 inconclusive under --strict, 130 interrupted (the run folder keeps what was done).`,
    )

  comparing(selecting(program.command('run')))
    .argument('<suite...>', 'suite files')
    .description('Run suites: call the models, check the replies, record, analyze, decide, report.')
    .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
    .option('--out <dir>', 'run folder to create (default: runs/<suite>/<id>)')
    .option('--max-cost <usd>', 'stop before the run has cost more than this', parseAmount)
    .option('--record', 'keep the replies beside the suite, in its cassette', false)
    .option('--replay', 'answer from the cassette alone: a reply it lacks is an error', false)
    .option('--no-cache', 'ask again what the local cache could answer')
    .option(
      '--baseline <what>',
      'compare with this: baseline.json, a run, REV:path; "none" for no comparison',
    )
    .option('--rerun-baseline', "run the baseline's prompts beside the candidate's", false)
    .option('--settle', 'add repeats to both while the comparison is inconclusive', false)
    .option('--stop-early', 'stop once the gate has decided (cases in random order)', false)
    .addOption(failOnOption())
    .addOption(reporterOption())
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay run suites/sentiment/suite.yaml
  $ assay run suite.yaml --filter refund --provider flash --concurrency 20
  $ assay run suite.yaml --failed last               only what failed last time
  $ assay run suite.yaml --json | jq .decision       several suites give a list
  $ assay run suite.yaml --max-cost 2.50             ends in time, to be resumed
  $ assay run suite.yaml --record                    then --replay: no network, no cost
  $ assay run suite.yaml --baseline main:suites/x/baseline.json --strict
  $ assay run suite.yaml --reporter default --reporter junit=results.xml`,
    )
    .action(command(async () => (await import('./commands/run.ts')).runCommand))

  selecting(program.command('plan'))
    .argument('<suite>', 'suite file')
    .description('Say what a run would do: cells, calls, tokens, cost, time. Calls nothing.')
    .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
    .option('--json', 'print it as JSON', false)
    .addHelpText('after', '\nExample:\n  $ assay plan suite.yaml --repeat 5')
    .action(command(async () => (await import('./commands/plan.ts')).planCommand))

  comparing(program.command('gate'))
    .argument('<run>', 'a run folder, or "last"')
    .description(
      'Decide on a recorded run: compare it with a baseline, by the gate as it stands. Calls nothing.',
    )
    .option(
      '--baseline <what>',
      'baseline.json, a run, or REV:path; "none" for no comparison (default: the suite\'s own)',
    )
    .addOption(failOnOption())
    .addOption(reporterOption())
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay gate last
  $ assay gate last --baseline main:suites/sentiment/baseline.json --strict
  $ assay gate runs/sentiment/20260504-100000-000-1a2b --baseline runs/sentiment/20260503-100000-000-9z8y`,
    )
    .action(command(async () => (await import('./commands/gate.ts')).gateCommand))

  comparing(program.command('compare'))
    .argument('<base>', 'baseline.json, a run folder, or REV:path')
    .argument('<candidate>', 'a run folder, or "last"')
    .description(
      'Show what changed between two runs: every column that both have. Exits 0 whatever that is; calls nothing.',
    )
    .addOption(reporterOption())
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay compare suites/sentiment/baseline.json last
  $ assay compare runs/sentiment/20260503-100000-000-9z8y last --map few-shot=few-shot-v2`,
    )
    .action(command(async () => (await import('./commands/compare.ts')).compareCommand))

  program
    .command('accept')
    .argument('<run>', 'a run folder, or "last"')
    .description(
      'Make a run the baseline of its suite: writes baseline.json and baseline/ beside it, to be committed.',
    )
    .option('--reason <text>', 'why it is accepted: kept in baseline.json')
    .option('--force', 'accept a run that would be refused (needs --reason)', false)
    .option('--no-replies', 'leave the replies out: later reports cannot show what changed in them')
    .option('--json', 'print what was written as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay accept last
  $ assay accept last --force --reason "the new wording is meant to be stricter"`,
    )
    .action(command(async () => (await import('./commands/accept.ts')).acceptCommand))

  program
    .command('validate')
    .argument('<suite...>', 'suite files')
    .description('Check suites, prompts, datasets, providers and assertions. Calls nothing.')
    .option('--env-file <file>', 'read variables from this file besides .env (repeatable)', collect, [])
    .option('--allow-outside', 'let file:// leave the project root', false)
    .option('--json', 'print it as JSON', false)
    .addHelpText('after', '\nExample:\n  $ assay validate suites/*/suite.yaml')
    .action(command(async () => (await import('./commands/validate.ts')).validateCommand))

  program
    .command('resume')
    .argument('<run>', 'a run folder, or "last"')
    .description('Finish a run that was cut short: only what is missing, or has changed since, is called.')
    .option('--errors', 'call the cells that errored once more', false)
    .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
    .option('--max-cost <usd>', 'the budget of the whole run, what it has cost so far included', parseAmount)
    .addOption(reporterOption())
    .option('--env-file <file>', 'read variables from this file besides .env (repeatable)', collect, [])
    .option('--allow-outside', 'let file:// leave the project root', false)
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay resume last\n  $ assay resume runs/sentiment/20260504-100000-000-1a2b --max-cost 5',
    )
    .action(command(async () => (await import('./commands/resume.ts')).resumeCommand))

  program
    .command('verify')
    .argument('<run>', 'a run folder, or "last"')
    .description("Check a run's stored replies again, after its assertions changed. Calls no model.")
    .option('--out <dir>', 'run folder to create (default: runs/<suite>/<id>)')
    .addOption(reporterOption())
    .option('--env-file <file>', 'read variables from this file besides .env (repeatable)', collect, [])
    .option('--allow-outside', 'let file:// leave the project root', false)
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay verify last\n  $ assay verify runs/sentiment/2026-05-04T10-00-00-1a2b',
    )
    .action(command(async () => (await import('./commands/verify.ts')).verifyCommand))

  program
    .command('report')
    .argument('<run>', 'a run folder, or "last"')
    .description("Render a run's record again. Calls nothing.")
    .addOption(reporterOption())
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay report last\n  $ assay report last --reporter html --reporter junit=results.xml',
    )
    .action(command(async () => (await import('./commands/report.ts')).reportCommand))

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
