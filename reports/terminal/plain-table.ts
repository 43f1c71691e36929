import { pad, widthOf } from './fit.ts'
import type { Paint, Style } from './paint.ts'

const GAP = '  '

/** A column of a table: as many cells as there are rows. */
export interface TableColumn {
  readonly title: string
  readonly cells: readonly string[]
  readonly align?: 'left' | 'right'
  /** Of the cells, in their order. */
  readonly styles?: readonly (Style | undefined)[]
  /** True for what is left out where the terminal is too narrow; the last such column goes first. */
  readonly spare?: boolean
}

/** Rows under a line of titles, indented by two. What still does not fit stays too wide: a terminal breaks it. */
export function plainTable(columns: readonly TableColumn[], width: number, paint: Paint): string[] {
  const widths = columns.map(({ title, cells }) => Math.max(...[title, ...cells].map(widthOf)))
  const total = widths.reduce((sum, each) => sum + each + GAP.length, 0)
  const spare = columns.findLastIndex((column) => column.spare === true)
  if (total > width && spare !== -1) return plainTable(columns.toSpliced(spare, 1), width, paint)
  const line = (texts: readonly string[]): string => GAP + texts.join(GAP).trimEnd()
  const padded = (i: number, text: string): string => pad(text, widths[i] ?? 0, columns[i]?.align ?? 'left')
  const header = line(columns.map(({ title }, i) => padded(i, title)))
  const rows = (columns[0]?.cells ?? []).map((_, row) =>
    line(
      columns.map(({ cells, styles }, i) => {
        const text = padded(i, cells[row] ?? '')
        const style = styles?.[row]
        return style === undefined ? text : paint(style, text)
      }),
    ),
  )
  return [paint('dim', header), ...rows]
}
