import { columnName } from '../../harness/model/column-name.ts'
import type { ReviewMark } from '../../harness/model/review.ts'
import { REVIEW_MARKS } from '../../harness/model/review.ts'
import type { Run } from '../../harness/model/run.ts'
import { formatLocation } from '../../harness/model/source.ts'
import type { Outcome } from '../../harness/model/trial.ts'
import type { Merged } from '../../harness/review/merge-reviews.ts'
import type { SurveyedCell } from '../../harness/review/survey-reviews.ts'
import { disagrees } from '../../harness/review/survey-reviews.ts'
import { count, counted } from '../../reports/format/figures.ts'
import { cut, oneLine } from '../../reports/format/plain.ts'
import { typedPath } from '../../reports/format/resume-command.ts'
import { shellCommand } from '../../reports/format/shell-word.ts'

/** Cells that are listed; UTF-16 units of a note. */
const LIMITS = { cells: 20, note: 160 }

/** What became of a look at a run's reviews. */
export interface ReviewOutcome {
  readonly run: Run
  /** Of every reply of the run that carries a word, from whichever run. */
  readonly cells: readonly SurveyedCell[]
  /** Where files were bound. */
  readonly merged?: Merged | undefined
  readonly exported?: { readonly file: string; readonly rows: number } | undefined
}

/** The same for a person. */
export function reviewText(outcome: ReviewOutcome, cwd: string): string {
  const { run, cells, merged, exported } = outcome
  const dir = typedPath(run.dir, cwd)
  const lines = [
    ...(merged === undefined ? [] : [mergedText(merged, run)]),
    ...(cells.length === 0 ? emptyLines(dir) : cellLines(outcome, dir)),
    ...(exported === undefined ? [] : [`${counted(exported.rows, 'row')} to calibrate on: ${exported.file}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** And for a machine. */
export function reviewJson({ run, cells, merged, exported }: ReviewOutcome): object {
  return {
    v: 1,
    run: { id: run.manifest.id, dir: run.dir },
    ...(merged !== undefined && {
      stored: merged.reviews.length,
      added: merged.added,
      replaced: merged.replaced,
      older: merged.older,
    }),
    reviewed: cells.length,
    marks: Object.fromEntries(REVIEW_MARKS.map((mark) => [mark, outcomesOf(cells, mark)])),
    disagreements: cells.filter(disagrees).map(({ review, repeat, machine, human, source }) => {
      const { caseId, column, mark, note, run: from } = review
      return { caseId, column, repeat, machine, human, mark, note, source, run: from }
    }),
    ...(exported !== undefined && { exported }),
  }
}

function mergedText({ reviews, added, replaced, older }: Merged, { manifest }: Run): string {
  const parts = [
    `${count(added)} new`,
    ...(replaced > 0 ? [`${count(replaced)} replaced`] : []),
    ...(older > 0 ? [`${count(older)} older than what is on record, left out`] : []),
  ]
  return `Run ${manifest.id} keeps ${counted(reviews.length, 'review')}: ${parts.join(', ')}.`
}

function emptyLines(dir: string): string[] {
  return [
    'No reply of this run carries a review.',
    `Mark cells in its page (${shellCommand(['assay', 'report', dir, '--open'])}), download review.json there, then: ${shellCommand(['assay', 'review', dir, 'review.json'])}`,
  ]
}

function cellLines({ run, cells, exported }: ReviewOutcome, dir: string): string[] {
  const others = cells.filter(({ review }) => review.run !== run.manifest.id).length
  const from = others === 0 ? '' : `, ${count(others)} of them from other runs with the same reply`
  const disputed = cells.filter(disagrees)
  return [
    `${counted(cells.length, 'cell')} ${cells.length === 1 ? 'carries' : 'carry'} a review${from}:`,
    ...REVIEW_MARKS.flatMap((mark) => markLines(cells, mark)),
    ...(disputed.length === 0
      ? ['Checks and reviewer agree wherever both have a verdict.']
      : [
          `Checks and reviewer disagree in ${counted(disputed.length, 'cell')}:`,
          ...disputed.slice(0, LIMITS.cells).map(disputedLine),
          ...(disputed.length > LIMITS.cells
            ? [`  … and ${count(disputed.length - LIMITS.cells)} more: --json has all of them`]
            : []),
        ]),
    ...nextLines(cells, dir, exported === undefined),
  ]
}

function markLines(cells: readonly SurveyedCell[], mark: ReviewMark): string[] {
  const { passed, failed, errored } = outcomesOf(cells, mark)
  const parts = [
    ...(passed > 0 ? [`${counted(passed, 'cell')} that passed`] : []),
    ...(failed > 0 ? [`${counted(failed, 'cell')} that failed`] : []),
    ...(errored > 0 ? [`${counted(errored, 'cell')} that errored`] : []),
  ]
  return parts.length === 0 ? [] : [`  ${mark.padEnd(11)}  ${parts.join(', ')}`]
}

function outcomesOf(cells: readonly SurveyedCell[], mark: ReviewMark): Record<Outcome, number> {
  const outcomes = { passed: 0, failed: 0, errored: 0 }
  for (const { review, machine } of cells) if (review.mark === mark) outcomes[machine]++
  return outcomes
}

function disputedLine({ review, repeat, machine, human, source }: SurveyedCell): string {
  const { caseId, column, mark, note } = review
  const again = repeat === 0 ? '' : `, repeat ${repeat + 1}`
  const said = note === undefined ? '' : `: "${cut(oneLine(note), LIMITS.note)}"`
  const where = formatLocation({ file: source.file, line: source.line })
  return `  ${oneLine(where)}: ${oneLine(caseId)} in ${oneLine(columnName(column))}${again} ${machine} by its checks, ${human} by the reviewer (${mark})${said}`
}

function nextLines(cells: readonly SurveyedCell[], dir: string, isNotExported: boolean): string[] {
  const again = shellCommand(['assay', 'verify', dir])
  const steps = [
    ...(cells.some(({ review }) => review.mark === 'label_wrong')
      ? [`label_wrong: mend what these cases expect, then check the same replies again: ${again}`]
      : []),
    ...(outcomesOf(cells, 'acceptable').failed > 0
      ? [`acceptable: widen the checks that failed them, then: ${again}`]
      : []),
    ...(isNotExported
      ? [
          `calibrate a judge on these verdicts: ${shellCommand(['assay', 'review', dir, '--export', 'rows.jsonl'])}`,
        ]
      : []),
  ]
  return steps.length === 0 ? [] : ['Next:', ...steps.map((step) => `  ${step}`)]
}
