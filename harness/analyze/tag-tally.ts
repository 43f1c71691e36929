import type { TagAnalysis } from '../model/analysis.ts'
import type { Outcome, Trial } from '../model/trial.ts'
import type { ColumnTally } from './column-tally.ts'

/** Failing cases that an analysis names per tag and column. */
const NAMED = 10

/** Outcomes per tag (`metadata.tags`) and column. */
export class TagTally {
  readonly #tags = new Map<string, Map<number, TagCounts>>()

  add(trial: Trial, columnIndex: number): void {
    for (const tag of tagsOf(trial.cell.metadata)) {
      let columns = this.#tags.get(tag)
      if (columns === undefined) this.#tags.set(tag, (columns = new Map()))
      let counts = columns.get(columnIndex)
      if (counts === undefined) columns.set(columnIndex, (counts = new TagCounts()))
      counts.add(trial.outcome, trial.cell.caseId)
    }
  }

  finish(columns: readonly ColumnTally[]): TagAnalysis[] {
    return [...this.#tags]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([tag, counted]) => ({
        tag,
        columns: columns.flatMap(({ prompt, provider }, index) => {
          const counts = counted.get(index)
          return counts === undefined ? [] : [{ prompt, provider, ...counts.finish() }]
        }),
      }))
  }
}

class TagCounts {
  readonly #counts = { passed: 0, failed: 0, errored: 0 }
  readonly #failing = new Set<string>()

  add(outcome: Outcome, caseId: string): void {
    this.#counts[outcome]++
    if (outcome === 'failed') this.#failing.add(caseId)
  }

  finish(): Record<Outcome, number> & { failing: string[] } {
    return { ...this.#counts, failing: [...this.#failing].sort().slice(0, NAMED) }
  }
}

/** `metadata.tags`: a list, or a single tag. */
function tagsOf(metadata: Record<string, unknown> | undefined): readonly string[] {
  const tags = metadata?.['tags']
  if (typeof tags === 'string') return [tags]
  return Array.isArray(tags) ? [...new Set(tags.filter((tag) => typeof tag === 'string'))] : []
}
