import { describe, expect, it } from 'vitest'
import { describeSize } from '../../scripts/plan-size.ts'

function sizeOf(cells: number, cases: number, columns: number, repeats: number): string {
  const plan = {
    columns: Array.from({ length: columns }),
    size: { cells, cases, repeats, cellsByAccount: {} },
  }
  return describeSize(plan as unknown as Parameters<typeof describeSize>[0])
}

describe('the size of a plan', () => {
  it('is a product where every column answers every case equally often', () => {
    expect(sizeOf(1872, 156, 4, 3)).toBe('1,872 cells = 156 cases × 4 columns × 3 repeats')
    expect(sizeOf(1, 1, 1, 1)).toBe('1 cell = 1 case × 1 column')
  })

  it('is none where filters or repeats of single cases leave another number', () => {
    expect(sizeOf(40, 11, 3, 2)).toBe('40 cells of 11 cases, at most 3 columns × 2 repeats')
  })
})
