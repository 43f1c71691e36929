import { type ColumnName, columnName } from '../../../../harness/model/column-name.ts'
import { cut } from '../../../format/plain.ts'

/** UTF-16 units of a name that stands beside a mark. */
const LABEL = 120

/** A name as a chart has room for it. */
export function label(name: string): string {
  return cut(name, LABEL)
}

/** A column as a chart names it. */
export function columnLabel(column: ColumnName): string {
  return label(columnName(column))
}
