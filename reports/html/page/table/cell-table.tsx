import { useMemo } from 'preact/hooks'
import { cellCard } from './cell-card.tsx'
import type { CellColumn } from './columns.tsx'
import { Grid } from './grid.tsx'
import { directionOf, nextSort, type TableProps } from './table-props.ts'

interface CellTableProps extends TableProps {
  readonly columns: readonly CellColumn[]
}

/** Rems of a row, of one of two lines, and of the head. */
const HEIGHTS = { row: 1.9, card: 3.4, head: 2.1, headOfTwo: 3.2 }

/** One row a cell. On a narrow screen a row is two lines of text. */
export function CellTable(props: CellTableProps) {
  const { data, reviews, columns, shown, screen, sort } = props
  const { rem, isNarrow } = screen
  const { rows } = shown
  const version = useMemo(() => ({ rows }), [rows, shown.reviewed])
  const cards = useMemo(() => [{ ...CARD, width: 16 * rem, widest: 999 * rem }], [rem])
  const gridColumns = useMemo(
    () =>
      columns.map(({ key, title, width, isNumber, sticky }) => ({
        key,
        title,
        isNumber,
        sticky,
        width: Math.round((width * rem) / 16),
        ...(key === 'case' && { widest: 40 * rem }),
        sort: directionOf(sort, key),
      })),
    [columns, rem, sort],
  )
  const headHeight = columns.some(({ title }) => title.length > 12) ? HEIGHTS.headOfTwo : HEIGHTS.head
  const onSort = (key: string) => {
    const column = columns.find((one) => one.key === key)
    if (column !== undefined) props.onSort(nextSort(sort, key, column.startsDescending))
  }
  return (
    <Grid
      label="Cells"
      columns={isNarrow ? cards : gridColumns}
      rows={rows.length}
      rowHeight={Math.round((isNarrow ? HEIGHTS.card : HEIGHTS.row) * rem)}
      headHeight={isNarrow ? 0 : Math.round(headHeight * rem)}
      version={version}
      list={props.list}
      cursor={props.cursor}
      moves={props.moves}
      cursorIs="row"
      renderCell={(row, column) =>
        isNarrow ? cellCard(data, reviews, rows[row] as number) : columns[column]?.render(rows[row] as number)
      }
      onCursor={props.onCursor}
      onOpen={props.onOpen}
      onSort={isNarrow ? undefined : onSort}
    />
  )
}

const CARD = { key: 'cell', title: 'Cell', isNumber: false, sticky: false }
