import type { ColumnName } from '../../../../harness/model/column-name.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'

/** The two headings of a column's row: its prompt and its model. */
export function ColumnHeads({ column }: { readonly column: ColumnName }) {
  return (
    <>
      <th scope="row">
        <InlineText text={column.prompt} limit={UNITS.column} />
      </th>
      <th scope="row">
        <InlineText text={column.provider} limit={UNITS.column} />
      </th>
    </>
  )
}
