import type { Command } from 'commander'
import { Option } from 'commander'
import { collect, collectRenamed, parseCount, parseInteger, parseRegex } from './option-values.ts'

/** Options of what reads a suite. */
export function reading(target: Command): Command {
  return target
    .option('--env-file <file>', 'read variables from this file besides .env (repeatable)', collect, [])
    .option('--allow-outside', 'let file:// leave the project root', false)
}

/** Options that choose a part of a suite. */
export function selecting(target: Command): Command {
  const chosen = target
    .option('--filter <regex>', 'only cases whose id, description or variables match', parseRegex)
    .option('--tag <tag>', 'only cases with this tag (repeatable)', collect, [])
    .option('--provider <name>', 'only this provider: label or id, "prefix*" (repeatable)', collect, [])
    .option('--prompt <name>', 'only this prompt: label, id or path, "prefix*" (repeatable)', collect, [])
    .option('--failed <run>', 'only the cells that failed in that run (a folder, or "last")')
    .option('--errors <run>', 'only the cells that errored in that run')
    .option('--repeat <n>', 'answer each case n times', parseCount)
    .option('--sample <n>', 'a random sample of n cases', parseCount)
    .option(
      '--seed <n>',
      'seed of --sample (default: 1) and --stop-early (default: another every time)',
      parseInteger,
    )
  return reading(chosen)
}

/** Options of a comparison with a baseline. */
export function comparing(target: Command): Command {
  return target
    .option(
      '--map <old=new>',
      'a prompt, provider or column that was renamed since (repeatable)',
      collectRenamed,
    )
    .option('--strict', 'exit 4 when the comparison is inconclusive', false)
}

export function reporterOption(): Option {
  return new Option(
    '--reporter <name[=file]>',
    'default, json, jsonl, junit, github, markdown or html (repeatable)',
  )
    .argParser(collect)
    .default([])
}

/** What makes a run fail, in place of what the suite says. */
export function failOnOption(): Option {
  return new Option(
    '--fail-on <what>',
    'what fails the run: any (failed cell), floor (floors and must-pass tags alone) or none',
  ).choices(['any', 'floor', 'none'])
}
