import type { ColumnName } from '../../../../harness/model/column-name.ts'
import { isSameColumn } from '../../../../harness/model/column-name.ts'
import type { CellFigures, FlipTexts } from '../../data/cell-figures.ts'

/** What was asked and answered in a case: of one column, or of all that are at hand. */
export function textsOf(
  { flips }: CellFigures,
  { caseId, column }: { readonly caseId: string; readonly column?: ColumnName },
): FlipTexts[] {
  return flips.filter(
    (one) => one.caseId === caseId && (column === undefined || isSameColumn(one.column, column)),
  )
}
