import type { CaseAnalysis } from '../model/analysis.ts'
import type { Trial } from '../model/trial.ts'
import type { ColumnTally } from './column-tally.ts'
import { caseLabel } from './case-label.ts'
import { excerpt } from './excerpt.ts'
import { Counters } from './growing.ts'
import { reasonOf } from './reason.ts'

/** Longest reason and description that an analysis quotes, in UTF-16 units. */
const TEXT_LIMIT = 300

/** What is said of a case that did not pass everywhere, taken from the trial that comes first in the suite's order. */
interface CaseText extends Pick<CaseAnalysis, 'caseId' | 'description' | 'source' | 'reason'> {
  readonly rank: number
}

/** Numbers the cases, and holds words only for those that did not pass everywhere. */
export class CaseTally {
  readonly #indices = new Map<string, number>()
  readonly #texts = new Map<number, CaseText>()
  readonly #failed = new Counters()
  readonly #errored = new Counters()
  readonly #scored = new Counters()

  /** Counts a trial of the column at `columnIndex`, and returns the index of its case. */
  add(trial: Trial, columnIndex: number): number {
    const index = this.#indexOf(trial.cell.caseId)
    if (trial.outcome === 'errored') this.#errored.increment(index)
    else this.#scored.increment(index)
    if (trial.outcome === 'failed') this.#failed.increment(index)
    if (trial.outcome !== 'passed') this.#keepText(trial, index, columnIndex)
    return index
  }

  /** The cases that failed most; then those that only errored. */
  worst(columns: readonly ColumnTally[], limit: number): CaseAnalysis[] {
    return [...this.#texts]
      .sort(([i, a], [j, b]) => this.#compare(i, a, j, b))
      .slice(0, limit)
      .map(([index, text]) => this.#analysis(index, text, columns))
  }

  #analysis(index: number, text: CaseText, columns: readonly ColumnTally[]): CaseAnalysis {
    const { caseId, description, source, reason } = text
    return {
      caseId,
      ...(description === undefined ? {} : { description }),
      source,
      failed: this.#failed.at(index),
      errored: this.#errored.at(index),
      scored: this.#scored.at(index),
      columns: columns
        .filter((column) => column.failed(index) > 0)
        .map((column) => ({
          prompt: column.prompt,
          provider: column.provider,
          failed: column.failed(index),
          of: column.scored(index),
        })),
      reason,
    }
  }

  #indexOf(caseId: string): number {
    let index = this.#indices.get(caseId)
    if (index === undefined) this.#indices.set(caseId, (index = this.#indices.size))
    return index
  }

  #keepText(trial: Trial, index: number, columnIndex: number): void {
    const { caseId, source, repeat } = trial.cell
    // A failure speaks of the case, an error of the infrastructure: any failure goes before any error.
    const rank = (trial.outcome === 'failed' ? 0 : 2 ** 40) + columnIndex * 2 ** 20 + repeat
    const held = this.#texts.get(index)
    if (held !== undefined && held.rank <= rank) return
    const description = caseLabel(trial.cell, TEXT_LIMIT)
    this.#texts.set(index, {
      rank,
      caseId,
      ...(description === undefined ? {} : { description }),
      source: { file: source.file, line: source.line },
      reason: excerpt(reasonOf(trial), TEXT_LIMIT),
    })
  }

  #compare(i: number, a: CaseText, j: number, b: CaseText): number {
    return (
      this.#failed.at(j) - this.#failed.at(i) ||
      this.#errored.at(j) - this.#errored.at(i) ||
      compareText(a.source.file, b.source.file) ||
      a.source.line - b.source.line ||
      compareText(a.caseId, b.caseId)
    )
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
