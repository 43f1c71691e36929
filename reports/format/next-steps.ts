import type { ReportInput } from '../../harness/model/report.ts'
import type { RunOptions } from '../../harness/model/run-options.ts'
import { headlineOf } from './headline.ts'
import { typedPath } from './resume-command.ts'
import { shellCommand } from './shell-word.ts'

/** What a reader of a verdict may do about it: a sentence, and the command where one does it. */
export interface NextStep {
  readonly text: string
  readonly command?: string
}

/** The most urgent first. Every command is one the run's record allows: a run that `accept` would refuse is not offered to it. */
export function nextSteps(input: ReportInput): NextStep[] {
  const resume = headlineOf(input)?.resume
  return [
    ...(resume === undefined
      ? []
      : [{ text: 'Finish the run: only what is missing is called.', command: resume }]),
    ...decided(input),
    ...settling(input),
    ...accepting(input),
  ]
}

function decided(input: ReportInput): NextStep[] {
  const { run, analysis, verdict } = input
  const { comparison, cells } = analysis
  const dir = typedPath(run.dir, undefined)
  const broken = comparison?.broken.some(({ status }) => status !== 'refuted') === true
  const read =
    comparison === undefined
      ? 'Read the cases that failed most, below.'
      : `Read the flips below${broken ? ', the broken cases first' : ''}.`
  if (verdict.decision === 'block')
    return [
      { text: `Do not ship this as it is. ${read}` },
      ...(cells.failed > 0 && run.manifest.verifies === undefined
        ? [
            {
              text: 'After a change, ask only what failed again.',
              command: shellCommand(['assay', 'run', run.manifest.suite.file, '--failed', dir]),
            },
          ]
        : []),
    ]
  if (verdict.exitCode === 4)
    return [{ text: `A drop is neither proven nor ruled out, and --strict asks for proof. ${read}` }]
  if (verdict.decision === 'warn')
    return [{ text: `Nothing blocks. Read what warns before you ship. ${read}` }]
  const isOver = run.soFar === undefined
  if (verdict.decision === 'invalid' && cells.errored > 0 && run.manifest.verifies === undefined && isOver)
    return [
      {
        text: 'Once the cause of the errors is mended, ask those cells again.',
        command: shellCommand(['assay', 'resume', dir, '--errors']),
      },
    ]
  return []
}

function settling({ run: { manifest }, analysis, verdict }: ReportInput): NextStep[] {
  const isDecided = verdict.decision === 'block' || verdict.decision === 'invalid'
  const isOpen = verdict.inconclusive === true && analysis.comparison !== undefined && !isDecided
  if (!isOpen || manifest.verifies !== undefined || manifest.options?.comparison?.settle === true) return []
  return [
    {
      text: 'To settle what is open, run it with repeats added while the comparison is inconclusive.',
      command: shellCommand(['assay', 'run', manifest.suite.file, '--settle']),
    },
  ]
}

function accepting(input: ReportInput): NextStep[] {
  const { run, verdict } = input
  if (!isAcceptable(input)) return []
  const text = {
    no_baseline:
      'There is nothing to compare with yet. If this run is as good as it should be, make it the baseline.',
    pass: 'To hold later runs to this one, make it the baseline.',
    warn: 'If that is as it should be, make it the baseline.',
  }[verdict.decision as 'no_baseline' | 'pass' | 'warn']
  return [{ text, command: shellCommand(['assay', 'accept', typedPath(run.dir, undefined)]) }]
}

/** A whole run of the suite itself that nothing speaks against. */
function isAcceptable({ run: { manifest }, analysis, verdict }: ReportInput): boolean {
  const { child, endedAt, interrupted = false, verifies, options } = manifest
  const isWhole =
    analysis.cells.absent === 0 && analysis.cells.finished > 0 && !interrupted && endedAt !== undefined
  const isDecided = verdict.decision !== 'block' && verdict.decision !== 'invalid'
  return isWhole && isDecided && child === undefined && verifies === undefined && !isPart(options)
}

function isPart(options: RunOptions | undefined): boolean {
  const { filter, tags, providers, prompts, sample, cellIds } = options?.selection ?? {}
  return [filter, tags, providers, prompts, sample, cellIds].some((part) => part !== undefined)
}
