import type { Command } from 'commander'
import { collect, parseAmount, parseCount, parsePort } from '../option-values.ts'
import { comparing, failOnOption, reading, reporterOption, selecting } from '../shared-options.ts'
import type { Lazily } from './lazily.ts'

/** Commands that read suites: `run`, `plan`, `validate`, `resume`. */
export function declareRunning(program: Command, command: Lazily): void {
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
    .option('--watch', 'go on as files of the suite are saved: only what changed is called', false)
    .option('--port <n>', 'of --watch: port of its page (default: a free one)', parsePort)
    .option('--open', 'of --watch: open its page in the browser', false)
    .option('--no-serve', 'of --watch: serve no page')
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
  $ assay run suite.yaml --reporter default --reporter junit=results.xml
  $ assay run suites/*/suite.yaml --reporter junit=results.xml   all of them in one file, and one page
  $ assay run suite.yaml --watch                     again on every save; Ctrl-C ends it`,
    )
    .action(command(async () => (await import('../commands/run.ts')).runCommand))

  program
    .command('watch-round', { hidden: true })
    .description('One round of `run --watch`, in a process of its own: asked for over its IPC channel.')
    .action(command(async () => (await import('../watch/round.ts')).roundCommand))

  selecting(program.command('plan'))
    .argument('<suite>', 'suite file')
    .description('Say what a run would do: cells, calls, tokens, cost, time. Calls nothing.')
    .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
    .option('--as <model>', 'what it would cost on this class or model (repeatable)', collect, [])
    .option('--json', 'print it as JSON', false)
    .addHelpText('after', '\nExample:\n  $ assay plan suite.yaml --repeat 5 --as sonnet-class')
    .action(command(async () => (await import('../commands/plan.ts')).planCommand))

  reading(
    program
      .command('validate')
      .argument('<suite...>', 'suite files')
      .description('Check suites, prompts, datasets, providers and assertions. Calls nothing.'),
  )
    .option('--json', 'print it as JSON', false)
    .addHelpText('after', '\nExample:\n  $ assay validate suites/*/suite.yaml')
    .action(command(async () => (await import('../commands/validate.ts')).validateCommand))

  reading(
    program
      .command('resume')
      .argument('<run>', 'a run folder, or "last"')
      .description('Finish a run that was cut short: only what is missing, or has changed since, is called.')
      .option('--errors', 'call the cells that errored once more', false)
      .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
      .option(
        '--max-cost <usd>',
        'the budget of the whole run, what it has cost so far included',
        parseAmount,
      )
      .addOption(reporterOption()),
  )
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay resume last\n  $ assay resume runs/sentiment/20260504-100000-000-1a2b --max-cost 5',
    )
    .action(command(async () => (await import('../commands/resume.ts')).resumeCommand))
}
