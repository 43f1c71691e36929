import type { Analysis, Spending } from '../model/analysis.ts'
import type { Call, Outcome, Trial } from '../model/trial.ts'
import type { Cost } from '../model/usage.ts'
import type { NamedTotals } from '../verify/derived-metrics.ts'
import { CaseTally } from './case-tally.ts'
import { ColumnTally } from './column-tally.ts'
import { ErrorTally } from './error-tally.ts'
import { errorOf } from './reason.ts'
import { SpendingTally } from './spending-tally.ts'
import { TagTally } from './tag-tally.ts'

/** Cases listed in an analysis. */
const WORST_CASES = 50

export interface AnalyzerOptions {
  readonly runId: string
  /** Where a case says which others it shares its source with: `vars.document_id`. */
  readonly cluster?: string | undefined
  /** In suite order: the order of the analysis. A column without trials is listed too. */
  readonly columns: readonly { readonly prompt: string; readonly provider: string }[]
  /** Cells that were planned; those that do not finish are absent. */
  readonly planned: number
  /** False for a call whose answer is another run's, which paid for it. Default: true. */
  readonly isMade?: ((call: Call) => boolean) | undefined
}

/** Turns trials, in any order, into an analysis; `finish` may be asked at any time, and again. */
export interface Analyzer {
  /** Throws when the trial's column is not one of the run's. */
  add(trial: Trial): void
  /** Counts a call and its cost: a model's or a grader's, failed or not, whatever became of its cell. */
  addCall(call: Call): void
  finish(): Analysis
  /** What derived metrics are computed from, by column. */
  totals(): readonly NamedTotals[]
}

/**
 * An accumulator of trials: use it online, while a run goes on, or on a record. The same trials give the same
 * bytes in whatever order they finished. Memory is counters per case and column, latencies, and a few hundred characters for
 * each case that did not pass: no trial is held.
 */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const { cluster } = options
  const columns = options.columns.map(({ prompt, provider }) => new ColumnTally(prompt, provider, cluster))
  const indices = new Map(columns.map((column, index) => [columnKey(column), index]))
  const cases = new CaseTally()
  const errors = new ErrorTally()
  const tags = new TagTally()
  const calls = new CallTally(options.isMade)
  const outcomes: Record<Outcome, number> = { passed: 0, failed: 0, errored: 0 }
  const unrecorded = new Set<string>()

  return {
    add(trial) {
      const index = indices.get(columnKey(trial.cell))
      const column = index === undefined ? undefined : columns[index]
      if (index === undefined || column === undefined) {
        throw new Error(`no column ${trial.cell.prompt} × ${trial.cell.provider} in this run`)
      }
      outcomes[trial.outcome]++
      column.add(trial, cases.add(trial, index))
      tags.add(trial, index)
      if (trial.outcome === 'errored') errors.add(errorOf(trial))
    },

    addCall(call) {
      calls.add(call)
      if (isUnrecorded(call.result)) unrecorded.add(call.cellId)
    },

    totals: () => columns.map((column) => column.totals()),

    finish() {
      const finished = outcomes.passed + outcomes.failed + outcomes.errored
      const { planned } = options
      const { spentUsd, spending, counts } = calls
      return {
        v: 1,
        runId: options.runId,
        cells: { ...outcomes, planned, finished, absent: Math.max(0, planned - finished) },
        columns: columns.map((column) => column.finish()),
        worst: cases.worst(columns, WORST_CASES),
        spentUsd,
        ...(spending !== undefined && { spending }),
        calls: { ...counts },
        ...(unrecorded.size > 0 && { unrecorded: unrecorded.size }),
        errors: errors.finish(),
        tags: tags.finish(columns),
      }
    },
  }
}

function columnKey({ prompt, provider }: { readonly prompt: string; readonly provider: string }): string {
  return `${prompt}\0${provider}`
}

/** True for what only stands in for a call: a recorded reply was wanted, and there was none. */
function isUnrecorded({ failure }: Call['result']): boolean {
  return failure?.kind === 'unrecorded'
}

/** Calls and money. A replayed reply was paid for by another run. */
class CallTally {
  readonly counts = { made: 0, replayed: 0, retried: 0 }
  readonly #spending = new SpendingTally()
  readonly #isMade: (call: Call) => boolean

  constructor(isMade: (call: Call) => boolean = () => true) {
    this.#isMade = isMade
  }

  add(call: Call): void {
    const { retry = 0, result } = call
    if (result.reply?.cached === true || !this.#isMade(call)) {
      this.counts.replayed++
      return
    }
    if (isUnrecorded(result)) return
    this.counts.made++
    if (retry > 0) this.counts.retried++
    this.#spending.addCall(call)
  }

  get spentUsd(): Cost {
    return this.#spending.total.costUsd
  }

  get spending(): Spending | undefined {
    return this.#spending.finish()
  }
}
