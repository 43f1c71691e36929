import { describe, expect, it } from 'vitest'
import { CHANGES } from '../../../../../reports/html/data/about.ts'
import { caseGroups } from '../../../../../reports/html/page/table/case-groups.ts'
import { caseOrder } from '../../../../../reports/html/page/table/case-order.ts'
import type { Cursor } from '../../../../../reports/html/page/table/grid-model.ts'
import { nextRegression } from '../../../../../reports/html/page/table/walk.ts'
import { makeReport } from './make-report.ts'

const { main: made } = makeReport({ cases: 6, repeats: 2 })
/** Case and number of the column of what got worse: two columns of the first case, one of the third. */
const REGRESSED = new Set(['0:0', '0:2', '2:1'])
const main = {
  ...made,
  change: made.change.map((_, row) =>
    CHANGES.indexOf(REGRESSED.has(`${made.case[row]}:${made.column[row]}`) ? 'regressed' : 'same'),
  ),
}
const order = caseOrder(main)
const rows = Uint32Array.from({ length: main.rows }, (_, row) => row)

interface Leaving {
  /** For each column: 1 where the filter leaves it. */
  readonly columns?: readonly number[]
  readonly isSelected?: (row: number) => boolean
}

function byCase({ columns = [1, 1, 1], isSelected = () => true }: Leaving = {}) {
  const grouped = {
    cases: Uint32Array.from({ length: 6 }, (_, index) => index),
    columns: Uint8Array.from(columns),
    groups: caseGroups(main, order, 6),
  }
  return { rows, grouped, isSelected, selector: { order } }
}
const flat = { ...byCase(), grouped: undefined }

/** Every stop from a place on, `row.column`. */
function stops(shown: typeof flat | ReturnType<typeof byCase>, start: Cursor, by: 1 | -1): string[] {
  const found: string[] = []
  let from: Cursor | undefined = nextRegression(shown, main, true, { from: start, by, orHere: true })
  while (from !== undefined) {
    found.push(`${from.row}.${from.column}`)
    from = nextRegression(shown, main, true, { from, by, orHere: false })
  }
  return found
}

describe('the next regression', () => {
  it('is the next row that got worse, the one that the reader enters at among them', () => {
    expect(stops(flat, { row: 0, column: 0 }, 1)).toEqual(['0.0', '1.0', '4.0', '5.0', '14.0', '15.0'])
    expect(stops(flat, { row: 5, column: 0 }, -1)).toEqual(['5.0', '4.0', '1.0', '0.0'])
  })

  it('of grouped cases is each column that got worse, case after case, there and back', () => {
    expect(stops(byCase(), { row: 0, column: 1 }, 1)).toEqual(['0.1', '0.3', '2.2'])
    expect(stops(byCase(), { row: 5, column: 1 }, -1)).toEqual(['2.2', '0.3', '0.1'])
  })

  it('is none that the filter leaves out, nor in a column that it leaves out', () => {
    const withoutFirst = byCase({ isSelected: (row) => main.case[row] !== 0 })
    expect(stops(withoutFirst, { row: 0, column: 1 }, 1)).toEqual(['2.2'])
    expect(stops(byCase({ columns: [0, 1, 1] }), { row: 0, column: 1 }, 1)).toEqual(['0.2', '2.1'])
  })

  it('is the next cell that did not pass where nothing was compared', () => {
    const failing = { ...main, outcome: main.outcome.map((_, row) => (row === 7 ? 1 : row === 9 ? 2 : 0)) }
    const from = { row: 0, column: 0 }
    const first = nextRegression(flat, failing, false, { from, by: 1, orHere: false })
    expect(first).toEqual({ row: 7, column: 0 })
    expect(nextRegression(flat, failing, false, { from: first ?? from, by: 1, orHere: false })?.row).toBe(9)
  })
})
