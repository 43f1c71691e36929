import type { Command } from 'commander'
import { collect, parseAmount, parseCount, parseFactor, parseInteger, parsePort } from '../option-values.ts'
import { reading } from '../shared-options.ts'
import type { Lazily } from './lazily.ts'

/** Commands around runs: `calibrate`, `simulate`, `scrub`. */
export function declareTools(program: Command, command: Lazily): void {
  reading(
    program
      .command('calibrate')
      .argument('<suite>', 'suite file')
      .description(
        'Have the judges of a suite judge answers that people have labelled, and say how far they agree. What comes of it is kept beside the suite: a judge without it may not gate.',
      ),
  )
    .option('--labels <file>', '.csv or .jsonl with `output` and `label`, or rows of `review --export`')
    .option('--metric <name>', 'only the judge of this metric')
    .option('--concurrency <n>', 'calls in flight per provider account', parseCount)
    .option('--out <dir>', 'run folder to create (default: runs/<suite>/calibration/<id>)')
    .option('--max-cost <usd>', 'stop before it has cost more than this', parseAmount)
    .option('--record', "keep the judges' replies beside the suite, in its cassette", false)
    .option('--replay', 'answer from the cassette alone: a reply it lacks is an error', false)
    .option('--no-cache', 'ask again what the local cache could answer')
    .option('--json', 'print it as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay calibrate suite.yaml --labels labels.csv                    every judge of the suite
  $ assay calibrate suite.yaml --labels labels.csv --metric helpful   one of them
  $ assay review last --export rows.jsonl && assay calibrate suite.yaml --labels rows.jsonl
  $ assay calibrate suite.yaml --labels labels.csv --json | jq '.judges[].agreement.alpha'

Columns: \`output\` (the answer), \`label\` (a level of the rubric; passed or failed; win, tie or loss), perhaps \`id\`; any other
one is a variable, as the suite's cases have them (question, reference). It writes calibration/<metric>.json beside the suite.
Exit codes: 0 written, 1 written, and too weak to gate, 2 usage error or mistakes in the labels, 3 too many answers
without a verdict (nothing is written), 130 interrupted.`,
    )
    .action(command(async () => (await import('../commands/calibrate.ts')).calibrateCommand))

  program
    .command('simulate')
    .description(
      'Serve simulated models on loopback, as Bedrock, OpenAI, Gemini and Anthropic do, until Ctrl-C: suites run on them without a key.',
    )
    .option('--port <n>', 'where to listen; 0 takes a port that is free', parsePort, 8417)
    .option('--host <host>', 'address to listen on (default: 127.0.0.1)', '127.0.0.1')
    .option('--faults', 'answer a share of the requests with faults that a retry gets past', false)
    .option('--seed <n>', 'of the replies and the faults', parseInteger, 0)
    .option(
      '--time-scale <x>',
      'factor on the waiting times; 1 is the pace of a hosted model',
      parseFactor,
      0.05,
    )
    .option('--json', 'print where it listens as one line of JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay simulate                                 then, elsewhere, what it prints, and: assay run suite.bedrock.yaml
  $ assay simulate --port 0 --faults --json`,
    )
    .action(command(async () => (await import('../commands/simulate.ts')).simulateCommand))

  program
    .command('scrub')
    .argument(
      '[paths...]',
      'runs, cassettes, baselines or files (default: all below this folder, and the cache)',
    )
    .description(
      'List secrets that were recorded, and with --yes take them out. Without --match and --env: keys of well-known forms, and values of variables whose names say that they are secret.',
    )
    .option('--match <re>', 'look for what this regular expression matches (repeatable)', collect, [])
    .option('--env <name>', 'look for the value of this variable (repeatable)', collect, [])
    .option('--yes', 'replace what is found by [redacted:…], and note that in the record', false)
    .option('--env-file <file>', 'read variables from this file besides .env (repeatable)', collect, [])
    .option('--json', 'print it as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay scrub                                    what is there; exits 1 if anything is
  $ assay scrub --env OPENAI_API_KEY --yes         a key that was recorded before assay knew its name
  $ assay scrub --match 'cust-\\d+' runs/sentiment  one suite's runs only
  $ assay scrub --json | jq '.files[].file'

A run that is being written is left alone. Exit codes: 0 nothing found, or all of it taken out, 1 something is listed,
2 usage error, 3 something was left (a run in progress, a file that cannot be read or written).`,
    )
    .action(command(async () => (await import('../commands/scrub.ts')).scrubCommand))
}
