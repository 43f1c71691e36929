import { describe, expect, it } from 'vitest'
import type { RerunResults } from '../../../../harness/analyze/paired/compare-runs.ts'
import { compareRuns } from '../../../../harness/analyze/paired/compare-runs.ts'
import { repeatsToConfirm } from '../../../../harness/analyze/paired/confirm-test.ts'
import type { BrokenCase } from '../../../../harness/model/comparison.ts'
import type { Cells } from './make-arm.ts'
import { armOf, COLUMN, OPTIONS, trialsOf } from './make-arm.ts'

function broken(base: Cells, candidate: Cells, rerun?: RerunResults): readonly BrokenCase[] {
  return compareRuns(armOf(trialsOf(base)), armOf(trialsOf(candidate)), { ...OPTIONS, rerun }).broken
}

function again(caseId: string, base: number, candidate: number): RerunResults['cases'][number] {
  return {
    column: COLUMN,
    caseId,
    base: { passed: base, of: 5 },
    candidate: { passed: candidate, of: 5 },
  }
}

describe('a case is broken', () => {
  it.each([
    ['3/3 → 0/3', [1, 1, 1], [0, 0, 0], true],
    ['3/3 → 1/3', [1, 1, 1], [1, 0, 0], true],
    ['3/3 → 2/3', [1, 1, 1], [1, 1, 0], false],
    ['2/3 → 0/3: it was not stable', [1, 1, 0], [0, 0, 0], false],
    ['2/2 and an error → 0/3', [1, null, 1], [0, 0, 0], true],
    ['2/2 → 1/2', [1, 1], [1, 0], false],
    ['1/1 → 0/1', [1], [0], true],
    ['3/3 → errors only: it is missing', [1, 1, 1], [null, null, null], false],
    ['5/5 → 0/2, by all repeats that there are', [1, 1, 1, 1, 1], [0, 0], true],
    ['4/5 → 0/2, by all repeats that there are', [1, 1, 1, 1, 0], [0, 0], false],
  ] satisfies [string, Cells[string], Cells[string], boolean][])('%s', (_, base, candidate, expected) => {
    expect(broken({ a: base, b: [1] }, { a: candidate, b: [1] }).map(({ caseId }) => caseId)).toEqual(
      expected ? ['a'] : [],
    )
  })

  it('only in a column that ships', () => {
    const columns = [COLUMN, { prompt: 'zero-shot', provider: 'flash' }]
    const arm = (cell: 1 | 0) =>
      armOf(
        columns.flatMap((column) => trialsOf({ a: [cell] }, column)),
        { columns },
      )
    const comparison = compareRuns(arm(1), arm(0), { ...OPTIONS, ship: [{ prompt: 'zero-shot' }] })
    expect(comparison.broken.map(({ column }) => column.prompt)).toEqual(['zero-shot'])
  })

  it('and unchecked until it was run again', () => {
    expect(broken({ a: [1] }, { a: [0] })[0]).toMatchObject({
      status: 'unchecked',
      base: { passed: 1, of: 1 },
      candidate: { passed: 0, of: 1 },
      reason: 'expected positive',
    })
  })
})

describe('fresh repeats of both arms', () => {
  it('confirm a case that keeps failing', () => {
    const [one] = broken({ a: [1] }, { a: [0] }, { cases: [again('a', 5, 0)] })
    expect(one).toMatchObject({ status: 'confirmed', rerun: { base: { passed: 5, of: 5 } } })
    expect(one?.pHolm).toBeCloseTo(1 / 252, 12)
  })

  it('refute one that fails as often before the change', () => {
    const [one] = broken({ a: [1] }, { a: [0] }, { cases: [again('a', 2, 1)] })
    expect(one?.status).toBe('refuted')
  })

  it('are adjusted over all that were run again: of seven, none is proven by five repeats', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const all = (cell: 1 | 0): Cells => Object.fromEntries(ids.map((id) => [id, [cell]]))
    const statuses = (n: number) =>
      broken(all(1), all(0), { cases: ids.slice(0, n).map((id) => again(id, 5, 0)) }).map(
        ({ status }) => status,
      )
    expect(statuses(6)).toEqual([...Array<string>(6).fill('confirmed'), 'unchecked'])
    expect(new Set(statuses(7))).toEqual(new Set(['refuted']))
  })

  it('leave a case unchecked that has none, with the reason', () => {
    const results = { cases: [again('b', 5, 0)], why: 'the budget was used up' }
    const [a, b] = broken({ a: [1], b: [1] }, { a: [0], b: [0] }, results)
    expect(a).toMatchObject({ status: 'unchecked', why: 'the budget was used up' })
    expect(b?.status).toBe('confirmed')
    expect(b?.why).toBeUndefined()
  })

  it('leave a case unchecked whose fresh repeats all errored', () => {
    const none = { ...again('a', 0, 0), candidate: { passed: 0, of: 0 } }
    expect(broken({ a: [1] }, { a: [0] }, { cases: [none] })[0]?.status).toBe('unchecked')
  })
})

describe('repeats that can confirm', () => {
  it.each([
    [1, 5, 5],
    [6, 5, 5],
    [7, 5, 6],
    [85, 5, 7],
    [1, 2, 4],
    [1, 10, 10],
  ])('%d cases, where %d were asked for, are %d', (cases, asked, expected) => {
    expect(repeatsToConfirm(cases, asked)).toBe(expected)
  })
})
