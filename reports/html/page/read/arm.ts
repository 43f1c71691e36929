import type { ArmAbout } from '../../data/about.ts'
import type { FieldArray, FieldName, ROW_FIELDS } from '../../data/fields.ts'
import { aligned, ARRAYS, metricField } from '../../data/fields.ts'
import type { ArmKind } from '../../data/ids.ts'
import type { Arm } from '../model/arm.ts'

/** Lays the fields of an arm over its block. @throws Error where the block does not hold them */
export function readArm(
  kind: ArmKind,
  { rows, columns, fields }: ArmAbout,
  metrics: readonly string[],
  bytes: ArrayBuffer,
): Arm {
  const found = new Map<string, FieldArray>()
  let offset = 0
  for (const { name, type, length } of fields) {
    const values = new ARRAYS[type](bytes, offset, length)
    found.set(name, values)
    offset += aligned(values.byteLength)
  }
  const field = <Name extends FieldName>(name: Name) =>
    arrayOf(found, name, name === 'ids' ? 2 * rows : rows) as FieldArray<(typeof ROW_FIELDS)[Name]>
  return {
    kind,
    rows,
    columns,
    case: field('case'),
    column: field('column'),
    repeat: field('repeat'),
    outcome: field('outcome'),
    score: field('score'),
    latencyMs: field('latencyMs'),
    ttftMs: field('ttftMs'),
    costUsd: field('costUsd'),
    attempts: field('attempts'),
    flags: field('flags'),
    change: field('change'),
    tokensIn: field('tokensIn'),
    tokensOut: field('tokensOut'),
    metrics: metrics.map((metric) => arrayOf(found, metricField(metric), rows) as Float32Array<ArrayBuffer>),
    ids: field('ids'),
  }
}

function arrayOf(found: ReadonlyMap<string, FieldArray>, name: string, length: number): FieldArray {
  const values = found.get(name)
  if (values?.length === length) return values
  throw new Error(`The cells' numbers are damaged: they lack \`${name}\`.`)
}
