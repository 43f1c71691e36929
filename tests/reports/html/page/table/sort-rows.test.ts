import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseOrder } from '../../../../../reports/html/page/table/case-order.ts'
import { inOrder, orderBy } from '../../../../../reports/html/page/table/sort-rows.ts'
import { makeReport, randomOf } from './make-report.ts'

const { main } = makeReport({ cases: 30 })

/** The same cells, finished in another order. */
function shuffled() {
  const random = randomOf(4)
  const from = [...Array(main.rows).keys()].sort(() => random() - 0.5)
  return {
    ...main,
    case: main.case.map((_, row) => main.case[from[row] as number] as number),
    column: main.column.map((_, row) => main.column[from[row] as number] as number),
    repeat: main.repeat.map((_, row) => main.repeat[from[row] as number] as number),
  }
}

describe('the order of the suite', () => {
  it('goes by case, column and repeat, in whatever order cells were finished', () => {
    expect([...caseOrder(main).rows]).toEqual([...Array(main.rows).keys()])
    const arm = shuffled()
    const order = caseOrder(arm)
    const names = Array.from(order.rows, (row) => [arm.case[row], arm.column[row], arm.repeat[row]])
    expect(names).toEqual(Array.from(main.case, (index, row) => [index, main.column[row], main.repeat[row]]))
    expect(order.rows.every((row, place) => order.places[row] === place)).toBe(true)
  })
})

describe('rows in the order of a figure', () => {
  const arm = shuffled()
  const order = caseOrder(arm)
  const size = arm.rows

  it('are as a plain stable sort has them, those without a figure last both ways', () => {
    const value = fc.oneof(
      fc.float(),
      fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1.5, 1e-40),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: size, maxLength: size }), fc.boolean(), (list, descending) => {
        const values = Float32Array.from(list)
        const valueOf = (row: number) => values[row] as number
        const measured = [...order.rows].filter((row) => !Number.isNaN(valueOf(row)))
        const missing = [...order.rows].filter((row) => Number.isNaN(valueOf(row)))
        const sorted = measured.toSorted((a, b) => {
          const [x, y] = descending ? [valueOf(b), valueOf(a)] : [valueOf(a), valueOf(b)]
          return x < y ? -1 : x > y ? 1 : 0
        })
        expect([...orderBy(values, descending, order)]).toEqual([...sorted, ...missing])
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  it('are the selected ones only', () => {
    const selected = Uint32Array.from([3, 5, 8, 13])
    const by = orderBy(arm.latencyMs, true, order)
    expect([...inOrder(selected, by)]).toEqual([...by].filter((row) => selected.includes(row)))
  })
})
