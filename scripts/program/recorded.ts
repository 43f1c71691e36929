import type { Command } from 'commander'
import { collect, parseCount } from '../option-values.ts'
import { comparing, failOnOption, reading, reporterOption } from '../shared-options.ts'
import type { Lazily } from './lazily.ts'

/** Commands on recorded runs: `gate`, `compare`, `accept`, `verify`, `report`, `roll-up`, `review`, `history`. None calls a model. */
export function declareRecorded(program: Command, command: Lazily): void {
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
    .action(command(async () => (await import('../commands/gate.ts')).gateCommand))

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
    .action(command(async () => (await import('../commands/compare.ts')).compareCommand))

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
    .action(command(async () => (await import('../commands/accept.ts')).acceptCommand))

  reading(
    program
      .command('verify')
      .argument('<run>', 'a run folder, or "last"')
      .description("Check a run's stored replies again, after its assertions changed. Calls no model.")
      .option('--out <dir>', 'run folder to create (default: runs/<suite>/<id>)')
      .addOption(reporterOption()),
  )
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay verify last\n  $ assay verify runs/sentiment/2026-05-04T10-00-00-1a2b',
    )
    .action(command(async () => (await import('../commands/verify.ts')).verifyCommand))

  program
    .command('report')
    .argument('<run>', 'a run folder, or "last"')
    .description("Render a run's record again. Calls nothing.")
    .addOption(reporterOption())
    .option(
      '--share',
      'leave out prompts and replies but of the cases that the verdict names: writes report.share.html',
      false,
    )
    .option('--case <id>', 'of --share: the case to show in place of those (repeatable)', collect, [])
    .option(
      '--open',
      'write the page and open it in the browser; where there is none, print its address',
      false,
    )
    .option('--json', 'print one machine-readable summary on stdout', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay report last
  $ assay report last --open
  $ assay report last --reporter html --reporter junit=results.xml
  $ assay report last --share                        for those who may not read the data
  $ assay report last --share --case mail-7 --reporter html=for-review.html`,
    )
    .action(command(async () => (await import('../commands/report.ts')).reportCommand))

  program
    .command('roll-up')
    .argument('<runs...>', 'run folders')
    .description(
      'Make one page, JUnit file and summary of several recorded runs, in runs/roll-up/. Exits as the worst of them. Calls nothing.',
    )
    .addOption(reporterOption())
    .addHelpText(
      'after',
      `
Examples:
  $ assay roll-up runs/sentiment/20260504-100000-000-1a2b runs/support/20260504-100200-000-9z8y
  $ assay roll-up runs/*/20260504-* --reporter junit=results.xml --reporter github`,
    )
    .action(command(async () => (await import('../commands/roll-up.ts')).rollUpCommand))

  program
    .command('review')
    .argument('<run>', 'a run folder, or "last"')
    .argument('[files...]', 'review.json as the page of the run downloads it; "-" for stdin')
    .description(
      'Keep what a reviewer marked in the page of a run: bound to the replies, shown wherever they come again. Without a file: show it. Calls nothing.',
    )
    .option('--export <file>', 'write rows to calibrate a judge on, as JSONL')
    .option('--json', 'print it as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ assay report last --open                         mark cells there, and download review.json
  $ assay review last review.json
  $ assay review last                                what is kept: where checks and reviewer disagree
  $ assay review last --export rows.jsonl`,
    )
    .action(command(async () => (await import('../commands/review.ts')).reviewCommand))

  program
    .command('history')
    .argument('[suite]', "a suite's name, its file, or one of its runs (default: every suite in runs/)")
    .description(
      "List a suite's runs, and tell lasting changes of level; writes runs/<suite>/index.html. Calls nothing.",
    )
    .option('--limit <n>', 'list the newest n runs alone; trends go by all', parseCount)
    .option('--json', 'print the history as JSON', false)
    .addHelpText('after', '\nExamples:\n  $ assay history sentiment\n  $ assay history --limit 20')
    .action(command(async () => (await import('../commands/history.ts')).historyCommand))
}
