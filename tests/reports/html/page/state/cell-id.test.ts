import { expect, it } from 'vitest'
import { cellOf, rowOf } from '../../../../../reports/html/page/state/cell-id.ts'
import { makeReport } from '../table/make-report.ts'

it('finds every cell by its sixteen digits, leading zeros included', () => {
  const { main } = makeReport()
  main.ids.set([0x0000_00ab, 0], 6)
  expect(cellOf(main, 3)).toBe('000000ab00000000')
  for (let row = 0; row < main.rows; row++) expect(rowOf(main, cellOf(main, row))).toBe(row)
  expect(rowOf(main, 'ffffffffffffffff')).toBeUndefined()
})
