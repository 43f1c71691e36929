import type { CellColumn } from './columns.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import type { CopyFormat } from './export-rows.ts'
import { SortMenu } from './sort-menu.tsx'
import type { Sort } from '../state/view-state.ts'

interface ToolbarProps {
  readonly byCase: boolean
  readonly isNarrow: boolean
  readonly columns: readonly CellColumn[]
  readonly shown: ReadonlySet<string>
  readonly sort: Sort | undefined
  readonly onByCase: () => void
  readonly onSort: (sort: Sort | undefined) => void
  readonly onShown: (keys: readonly string[] | undefined) => void
  readonly onCopy: (format: CopyFormat) => void
  readonly onHelp: () => void
}

/** What can be done with the cells that are shown. */
export function Toolbar(props: ToolbarProps) {
  const { byCase, isNarrow, columns, shown, sort } = props
  return (
    <div class="tools">
      <button type="button" aria-pressed={byCase} aria-keyshortcuts="g" onClick={props.onByCase}>
        Group by case
      </button>
      {(byCase || isNarrow) && (
        <SortMenu byCase={byCase} columns={columns} sort={sort} onSort={props.onSort} />
      )}
      {!byCase && !isNarrow && <ColumnChooser columns={columns} shown={shown} onShown={props.onShown} />}
      <span class="pair" role="group" aria-label="Copy the cells shown">
        <button type="button" aria-keyshortcuts="c" onClick={() => props.onCopy('csv')}>
          {isNarrow ? 'CSV' : 'Copy CSV'}
        </button>
        <button type="button" aria-keyshortcuts="Shift+C" onClick={() => props.onCopy('jsonl')}>
          JSONL
        </button>
      </span>
      <button type="button" aria-keyshortcuts="?" aria-haspopup="dialog" onClick={props.onHelp}>
        Keys <kbd>?</kbd>
      </button>
    </div>
  )
}
