import { describe, expect, it } from 'vitest'
import { fieldsTally } from '../../../../harness/analyze/measures/fields.ts'
import type { FieldsEvidence } from '../../../../harness/model/evidence.ts'
import { measureOf, tableOf, tally } from './read-measures.ts'

type Counts = readonly [right: number, extra: number, missing: number]

function seen(
  caseId: string,
  fields: Readonly<Record<string, Counts>>,
): { readonly caseId: string; readonly evidence: FieldsEvidence } {
  const counted = Object.entries(fields).map(
    ([path, [right, extra, missing]]) => [path, { right, extra, missing }] as const,
  )
  return { caseId, evidence: { kind: 'fields', fields: Object.fromEntries(counted) } }
}

/** Right 5, extra 3, missing 2, over both cases. */
const TWO = [
  seen('a', { name: [3, 1, 0], date: [1, 0, 0] }),
  seen('b', { name: [1, 1, 1], date: [0, 0, 1], note: [0, 1, 0] }),
]

describe('figures of extracted fields', () => {
  it('are of all values together', () => {
    const measured = tally(fieldsTally(), TWO)
    expect(measureOf(measured, 'micro_precision')).toMatchObject({
      value: 5 / 8,
      n: { count: 8, of: 'values given' },
      better: 'higher',
    })
    expect(measureOf(measured, 'micro_recall')).toMatchObject({
      value: 5 / 7,
      n: { count: 7, of: 'values expected' },
    })
    expect(measureOf(measured, 'micro_f1')).toMatchObject({ value: 10 / 15, n: { count: 2, of: 'cases' } })
  })

  it('are told by field, those that nobody expected in one row at the end', () => {
    const more = seen('c', { aside: [0, 2, 0], law: [0, 0, 2] })
    expect(tableOf(tally(fieldsTally(), [...TWO, more]), 'fields').rows).toEqual([
      { head: 'date', cells: [1, 1 / 2, 2 / 3] },
      { head: 'law', cells: [null, 0, 0] },
      { head: 'name', cells: [4 / 6, 4 / 5, 8 / 11] },
      { head: '(not expected)', cells: [0, null, 0] },
    ])
  })

  it('have intervals by cases, which hold the figure and narrow with more cases', () => {
    const cases = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        seen(`case ${index}`, { name: index % 3 === 0 ? [1, 1, 1] : [2, 0, 0] }),
      )
    const widths = [12, 120].map((count) => {
      const measured = tally(fieldsTally(), cases(count))
      return ['micro_precision', 'micro_recall', 'micro_f1'].map((name) => {
        const { value, interval } = measureOf(measured, name)
        expect(interval?.lo).toBeLessThan(value ?? 0)
        expect(interval?.hi).toBeGreaterThan(value ?? 1)
        return (interval?.hi ?? 0) - (interval?.lo ?? 0)
      })
    })
    const [few = [], many = []] = widths
    many.forEach((width, index) => expect(width).toBeLessThan(few[index] ?? 0))
  })

  it('are no surer for repeats of a case that agree', () => {
    const cases = Array.from({ length: 10 }, (_, index) =>
      seen(`case ${index}`, { name: index < 5 ? [1, 0, 0] : [0, 1, 1] }),
    )
    const once = measureOf(tally(fieldsTally(), cases), 'micro_recall').interval
    const thrice = measureOf(tally(fieldsTally(), [...cases, ...cases, ...cases]), 'micro_recall').interval
    expect(thrice?.lo).toBeCloseTo(once?.lo ?? Number.NaN, 12)
    expect(thrice?.hi).toBeCloseTo(once?.hi ?? Number.NaN, 12)
  })

  it('do not depend on the order of arrival', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      seen(`case ${index % 12}`, {
        name: [index % 3, index % 2, index % 5],
        date: [index % 2, 0, index % 4],
      }),
    )
    expect(tally(fieldsTally(), many.toReversed())).toEqual(tally(fieldsTally(), many))
  })

  it('have no precision where nothing was given, and are nothing at all of nothing', () => {
    const measured = tally(fieldsTally(), [seen('a', { name: [0, 0, 2] })])
    expect(measureOf(measured, 'micro_precision')).toMatchObject({ value: null, interval: null })
    expect(measureOf(measured, 'micro_f1')).toMatchObject({ value: 0 })
    expect(tally(fieldsTally(), [seen('a', {})])).toEqual({ measures: [], tables: [] })
  })
})
