import { OUTCOMES } from '../../data/about.ts'
import type { Arm } from '../model/arm.ts'
import type { CaseOrder } from './case-order.ts'

const PASSED = OUTCOMES.indexOf('passed')
const ERRORED = OUTCOMES.indexOf('errored')

/** The rows of one case in one column, repeats in order. */
export interface Group {
  readonly rows: Uint32Array
  /** Mean of the scores there are; NaN where there is none. */
  readonly score: number
}

export interface CaseGroups {
  /** Where each case's rows begin in the order of the suite; one more than there are cases. */
  readonly starts: Uint32Array
  group(caseIndex: number, column: number): Group | undefined
}

/** Finds the rows of a case in a column: they stand together in the order of the suite. */
export function caseGroups(arm: Arm, order: CaseOrder, cases: number): CaseGroups {
  const starts = new Uint32Array(cases + 1)
  for (const index of arm.case) if (index < cases) starts[index + 1] = (starts[index + 1] as number) + 1
  for (let i = 0; i < cases; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const columnAt = (place: number) => arm.column[order.rows[place] as number] as number
  return {
    starts,
    group(caseIndex, column) {
      const end = starts[caseIndex + 1] ?? 0
      const from = lowerBound(starts[caseIndex] ?? 0, end, (place) => columnAt(place) < column)
      let to = from
      while (to < end && columnAt(to) === column) to++
      if (to === from) return undefined
      const rows = order.rows.subarray(from, to)
      return { rows, score: meanScore(arm, rows) }
    },
  }
}

/** The numbers of the columns that are taken. */
export function columnNumbers(taken: Uint8Array): number[] {
  return [...taken.keys()].filter((number) => taken[number] === 1)
}

/**
 * For each case: the share of repeats that passed, averaged over the columns, and by how far the columns differ in it. NaN where
 * nothing was scored.
 */
export function casePassing(
  arm: Arm,
  order: CaseOrder,
  { starts }: CaseGroups,
  columns: Uint8Array,
): { readonly mean: Float32Array; readonly spread: Float32Array } {
  const cases = starts.length - 1
  const mean = new Float32Array(cases).fill(Number.NaN)
  const spread = new Float32Array(cases).fill(Number.NaN)
  for (let index = 0; index < cases; index++) {
    let [sum, counted, lowest, highest] = [0, 0, 1, 0]
    const end = starts[index + 1] as number
    for (let place = starts[index] as number; place < end;) {
      const column = arm.column[order.rows[place] as number] as number
      let [passed, scored] = [0, 0]
      for (; place < end && arm.column[order.rows[place] as number] === column; place++) {
        const outcome = arm.outcome[order.rows[place] as number] as number
        if (outcome !== ERRORED) scored++
        if (outcome === PASSED) passed++
      }
      if (scored === 0 || columns[column] !== 1) continue
      const share = passed / scored
      sum += share
      counted++
      lowest = Math.min(lowest, share)
      highest = Math.max(highest, share)
    }
    if (counted === 0) continue
    mean[index] = sum / counted
    spread[index] = highest - lowest
  }
  return { mean, spread }
}

function meanScore({ score }: Arm, rows: Uint32Array): number {
  let sum = 0
  let scored = 0
  for (const row of rows) {
    const value = score[row] as number
    if (Number.isNaN(value)) continue
    sum += value
    scored++
  }
  return scored === 0 ? Number.NaN : sum / scored
}

/** The first place from which the test no longer holds. */
function lowerBound(from: number, to: number, isBefore: (place: number) => boolean): number {
  while (from < to) {
    const middle = (from + to) >>> 1
    if (isBefore(middle)) from = middle + 1
    else to = middle
  }
  return from
}
