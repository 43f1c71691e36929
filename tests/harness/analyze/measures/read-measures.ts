import type { MeasureTally } from '../../../../harness/analyze/measures/tally.ts'
import type { Evidence } from '../../../../harness/model/evidence.ts'
import type { CheckMeasures, Measure, MeasureTable } from '../../../../harness/model/measure.ts'

type Measured = Omit<CheckMeasures, 'check'>

/** What a tally makes of evidence, each piece of a case. */
export function tally<E extends Evidence>(
  of: MeasureTally<E>,
  seen: readonly { readonly evidence: E; readonly caseId: string }[],
): Measured {
  for (const { evidence, caseId } of seen)
    of.add(evidence, { caseId, unit: caseId, repeat: 0, outcome: 'passed', costUsd: 0 })
  return of.finish()
}

/** @throws Error for a measure that is not there */
export function measureOf({ measures }: Measured, name: string): Measure {
  const found = measures.find((measure) => measure.name === name)
  if (found === undefined)
    throw new Error(`no measure ${name}: ${measures.map((one) => one.name).join(', ')}`)
  return found
}

/** @throws Error for a table that is not there */
export function tableOf({ tables }: Measured, name: string): MeasureTable {
  const found = tables.find((table) => table.name === name)
  if (found === undefined) throw new Error(`no table ${name}: ${tables.map((one) => one.name).join(', ')}`)
  return found
}
