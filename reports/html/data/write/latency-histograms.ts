import type { ColumnName } from '../../../../harness/model/column-name.ts'
import type { LatencyHistogram } from '../cell-figures.ts'
import type { FirstReply } from './first-reply.ts'
import { Growing } from './growing.ts'

/** Bins of a factor of ten. */
const PER_DECADE = 20
/** ms: what is quicker is counted in the first bin there is, and what is slower in the last. */
const [LEAST_MS, MOST_MS] = [0.1, 1e7]

/** The latencies of an arm's columns, those that can be trusted apart from the others. */
export class Latencies {
  readonly #columns = new Map<number, { readonly trusted: Growing<'f32'>; readonly other: Growing<'f32'> }>()

  add(column: number, first: FirstReply | undefined): void {
    if (first === undefined || first.replayed) return
    const { latencyMs, trusted } = first
    if (latencyMs === null || !Number.isFinite(latencyMs) || latencyMs < 0) return
    let known = this.#columns.get(column)
    if (known === undefined) {
      known = { trusted: new Growing('f32'), other: new Growing('f32') }
      this.#columns.set(column, known)
    }
    known[trusted ? 'trusted' : 'other'].push(latencyMs)
  }

  /** Undefined for a column without any. */
  histogram(
    column: number,
    { name, arm }: { readonly name: ColumnName; readonly arm: LatencyHistogram['arm'] },
  ): LatencyHistogram | undefined {
    const known = this.#columns.get(column)
    if (known === undefined) return undefined
    const sorted = (known.trusted.length > 0 ? known.trusted : known.other).values().toSorted()
    const [lo, hi] = [binOf(sorted[0] as number), binOf(sorted.at(-1) as number)]
    const counts = Array.from({ length: hi - lo + 1 }, () => 0)
    for (const ms of sorted) counts[binOf(ms) - lo]!++
    return {
      column: name,
      arm,
      bounds: Array.from({ length: counts.length + 1 }, (_, i) => boundOf(lo + i)),
      counts,
      n: sorted.length,
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
    }
  }
}

function binOf(ms: number): number {
  return Math.floor(Math.log10(Math.min(Math.max(ms, LEAST_MS), MOST_MS)) * PER_DECADE)
}

function boundOf(bin: number): number {
  return 10 ** (bin / PER_DECADE)
}

/** By linear interpolation between order statistics (type 7 of Hyndman & Fan), as the analysis has them. */
function quantile(sorted: Float32Array, q: number): number {
  const position = (sorted.length - 1) * q
  const below = Math.floor(position)
  const lower = sorted[below] as number
  const upper = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return lower + (upper - lower) * (position - below)
}
