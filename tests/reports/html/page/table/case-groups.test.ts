import { describe, expect, it } from 'vitest'
import { caseGroups, casePassing, columnNumbers } from '../../../../../reports/html/page/table/case-groups.ts'
import { caseOrder } from '../../../../../reports/html/page/table/case-order.ts'
import { groupedCases } from '../../../../../reports/html/page/table/grouped-cases.ts'
import { makeReport } from './make-report.ts'

const data = makeReport({ cases: 40, repeats: 3 })
const { main } = data
const order = caseOrder(main)
const groups = caseGroups(main, order, data.cases.size)
const everyColumn = new Uint8Array(3).fill(1)
const all = Uint32Array.from({ length: main.rows }, (_, row) => row)

const rowsOf = (index: number, column: number) =>
  [...all].filter((row) => main.case[row] === index && main.column[row] === column)
const shareOf = (index: number, column: number) => {
  const scored = rowsOf(index, column).filter((row) => main.outcome[row] !== 2)
  return scored.filter((row) => main.outcome[row] === 0).length / scored.length
}
const sharesOf = (index: number, columns: readonly number[]) =>
  columns.map((column) => shareOf(index, column)).filter((share) => !Number.isNaN(share))
const meanOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0) / shares.length

describe('cells grouped by case', () => {
  it('are all repeats of a case in a column, with the mean of the scores there are', () => {
    for (let index = 0; index < 40; index++)
      for (const column of [0, 1, 2]) {
        const rows = rowsOf(index, column)
        const scores = rows.map((row) => main.score[row] as number).filter((score) => !Number.isNaN(score))
        const group = groups.group(index, column)
        expect([...(group?.rows ?? [])]).toEqual(rows)
        if (scores.length > 0) expect(group?.score).toBeCloseTo(meanOf(scores), 6)
      }
    expect(groups.group(3, 7)).toBeUndefined()
  })

  it('are ordered by how often they pass, and by how far columns differ in it', () => {
    const { mean, spread } = casePassing(main, order, groups, everyColumn)
    for (let index = 0; index < 40; index++) {
      const shares = sharesOf(index, [0, 1, 2])
      expect(mean[index]).toBeCloseTo(meanOf(shares), 6)
      expect(spread[index]).toBeCloseTo(Math.max(...shares) - Math.min(...shares), 6)
    }
    const worst = groupedCases(data, all, order, groups, everyColumn, { key: 'worst', descending: false })
    const means = Array.from(worst, (index) => mean[index] as number)
    expect(means).toEqual(means.toSorted((a, b) => a - b))
    const differing = groupedCases(data, all, order, groups, everyColumn, {
      key: 'differs',
      descending: true,
    })
    expect(spread[differing[0] as number]).toBe(Math.max(...spread))
  })

  it('leave out columns that the filter leaves out', () => {
    const two = Uint8Array.from([1, 0, 1])
    expect(columnNumbers(two)).toEqual([0, 2])
    const { mean } = casePassing(main, order, groups, two)
    expect(mean[5]).toBeCloseTo(meanOf(sharesOf(5, [0, 2])), 6)
  })

  it('are those of which a cell was selected, in the order of the suite unless another is asked for', () => {
    const selected = Uint32Array.from([4, 5, 40, 300])
    const cases = groupedCases(data, selected, order, groups, everyColumn, undefined)
    expect([...cases]).toEqual([...new Set([...selected].map((row) => main.case[row]))])
    const byColumn = groupedCases(data, all, order, groups, everyColumn, {
      key: 'column:1',
      descending: true,
    })
    const scores = Array.from(byColumn, (index) => groups.group(index, 1)?.score ?? Number.NaN).filter(
      (n) => !Number.isNaN(n),
    )
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })
})
