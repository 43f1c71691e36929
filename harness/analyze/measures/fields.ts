import type { FieldsEvidence } from '../../model/evidence.ts'
import type { Measure, MeasureRow, MeasureTable } from '../../model/measure.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

/** Places of the sums that are kept of each case: values that are right, that replies gave, that were expected. */
const [RIGHT, GIVEN, EXPECTED] = [0, 1, 2] as const

/** Fields that no case expects, in one row: replies can make up any number of them. */
const UNKNOWN = '(not expected)'

interface FieldSums {
  right: number
  given: number
  expected: number
}

/**
 * Micro-averaged precision, recall and F1 (van Rijsbergen 1979): of all values of all replies together, so that a case with many values counts for
 * more than one with few; the mean over replies is the metric of that name. By field the same, where anything was given or expected.
 */
export function fieldsTally(): MeasureTally<FieldsEvidence> {
  const sums = new UnitSums(3)
  const fields = new Map<string, FieldSums>()
  return {
    add({ fields: counted }, { unit: caseId }) {
      for (const [path, { right, extra, missing }] of Object.entries(counted)) {
        sums.add(caseId, RIGHT, right)
        sums.add(caseId, GIVEN, right + extra)
        sums.add(caseId, EXPECTED, right + missing)
        const field = fields.get(path) ?? { right: 0, given: 0, expected: 0 }
        fields.set(path, {
          right: field.right + right,
          given: field.given + right + extra,
          expected: field.expected + right + missing,
        })
      }
    },
    finish: () => ({
      measures: sums.size === 0 ? [] : measuresOf(sums),
      tables: fields.size === 0 ? [] : [tableOf(fields)],
    }),
  }
}

function measuresOf(sums: UnitSums): readonly Measure[] {
  const f1 = sums.statistic((totals) => f1Of(totals[RIGHT] ?? 0, totals[GIVEN] ?? 0, totals[EXPECTED] ?? 0))
  return [
    {
      name: 'micro_precision',
      label: 'micro-precision',
      ...sums.rate(RIGHT, GIVEN),
      n: { count: sums.total(GIVEN), of: 'values given' },
      unit: 'share',
      better: 'higher',
    },
    {
      name: 'micro_recall',
      label: 'micro-recall',
      ...sums.rate(RIGHT, EXPECTED),
      n: { count: sums.total(EXPECTED), of: 'values expected' },
      unit: 'share',
      better: 'higher',
    },
    {
      name: 'micro_f1',
      label: 'micro-F1',
      ...f1,
      n: { count: sums.size, of: 'cases' },
      unit: 'share',
      better: 'higher',
    },
  ]
}

function tableOf(fields: ReadonlyMap<string, FieldSums>): MeasureTable {
  const unknown: FieldSums = { right: 0, given: 0, expected: 0 }
  const rows: MeasureRow[] = []
  for (const [path, field] of [...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (field.expected > 0) rows.push(rowOf(path, field))
    else unknown.given += field.given
  if (unknown.given > 0) rows.push(rowOf(UNKNOWN, unknown))
  const heads = ['field', 'precision', 'recall', 'F1']
  return { name: 'fields', title: 'Precision and recall by field', heads, rows, unit: 'share' }
}

function rowOf(head: string, { right, given, expected }: FieldSums): MeasureRow {
  const cells = [
    given === 0 ? null : right / given,
    expected === 0 ? null : right / expected,
    f1Of(right, given, expected),
  ]
  return { head, cells }
}

/** 2·right / (given + expected); null where nothing was given or expected. */
function f1Of(right: number, given: number, expected: number): number | null {
  return given + expected === 0 ? null : (2 * right) / (given + expected)
}
