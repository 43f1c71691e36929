import type { Measure, MeasureTable } from '../../model/measure.ts'
import { UnitSums } from './unit-sums.ts'

const BINS = 10
/** Of each bin: replies, their confidences, right ones. After the bins: replies, squared errors. */
const WIDTH = 3 * BINS + 2
const REPLIES = 3 * BINS
const SQUARES = 3 * BINS + 1

export interface Confident {
  readonly caseId: string
  /** 0 to 1. */
  readonly confidence: number
  readonly right: boolean
}

/**
 * What the confidences of a column are worth. Expected calibration error over ten bins of equal width (Naeini et al. 2015, AAAI; Guo et
 * al. 2017, ICML): how far confidence and share of right replies lie apart, by the bins' shares of the replies. Brier score (1950, Monthly
 * Weather Review 78:1): the mean squared difference of confidence and 1 for right, 0 for wrong.
 */
export function calibration(replies: readonly Confident[]): {
  readonly measures: readonly Measure[]
  readonly tables: readonly MeasureTable[]
} {
  if (replies.length === 0) return { measures: [], tables: [] }
  const sums = new UnitSums(WIDTH)
  for (const { caseId, confidence, right } of replies.toSorted(byCase)) {
    const bin = 3 * binOf(confidence)
    sums.add(caseId, bin, 1)
    sums.add(caseId, bin + 1, confidence)
    sums.add(caseId, bin + 2, right ? 1 : 0)
    sums.add(caseId, REPLIES, 1)
    sums.add(caseId, SQUARES, (confidence - (right ? 1 : 0)) ** 2)
  }
  const shared = { n: { count: sums.size, of: 'cases' }, unit: 'score', better: 'lower' } as const
  return {
    measures: [
      { name: 'ece', label: 'calibration error', ...sums.statistic(calibrationError), ...shared },
      { name: 'brier', label: 'Brier score', ...sums.statistic(brier), ...shared },
    ],
    tables: [reliability(sums)],
  }
}

/** (0, 0.1], …, (0.9, 1]; none at all is in the first. What is a hair over an edge by rounding is not over it. */
function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS - 1e-9) - 1))
}

function calibrationError(totals: Float64Array): number | null {
  const replies = totals[REPLIES] ?? 0
  if (replies === 0) return null
  let apart = 0
  for (let bin = 0; bin < 3 * BINS; bin += 3)
    apart += Math.abs((totals[bin + 1] ?? 0) - (totals[bin + 2] ?? 0))
  return apart / replies
}

function brier(totals: Float64Array): number | null {
  const replies = totals[REPLIES] ?? 0
  return replies === 0 ? null : (totals[SQUARES] ?? 0) / replies
}

function reliability(sums: UnitSums): MeasureTable {
  const all = sums.total(REPLIES)
  const rows = Array.from({ length: BINS }, (_, bin) => {
    const [replies, confidence, right] = [0, 1, 2].map((index) => sums.total(3 * bin + index))
    const share = (sum = 0): number | null => (replies ? sum / replies : null)
    const head = `${(bin / BINS).toFixed(1)}–${((bin + 1) / BINS).toFixed(1)}`
    return { head, cells: [(replies ?? 0) / all, share(confidence), share(right)] }
  })
  return {
    name: 'reliability',
    title: 'How often replies are right, by their confidence',
    heads: ['confidence', 'of the replies', 'mean confidence', 'right'],
    rows: rows.filter(({ cells }) => cells[0] !== 0),
    unit: 'share',
  }
}

/** Sums of fractions depend on their order: it must not be that of arrival. */
function byCase(a: Confident, b: Confident): number {
  if (a.caseId !== b.caseId) return a.caseId < b.caseId ? -1 : 1
  return a.confidence - b.confidence || Number(a.right) - Number(b.right)
}
