import type { ReportData } from '../model/report-data.ts'
import { cellOf } from '../state/cell-id.ts'
import { CopyButton } from './copy-button.tsx'
import type { DetailProps } from './detail.tsx'
import { reproduceCommand } from './reproduce-command.ts'

type ToolbarProps = Pick<DetailProps, 'data' | 'row' | 'onStep' | 'onClose'> & {
  /** Whole, once the cell's text is read. */
  readonly caseId: string
}

/** Steps to the next cell, copies, closes. */
export function Toolbar({ data, row, caseId, onStep, onClose }: ToolbarProps) {
  const command = commandOf(data, row, caseId)
  return (
    <div class="toolbar">
      <button type="button" aria-label="Previous cell" aria-keyshortcuts="k" onClick={() => onStep(-1)}>
        ‹
      </button>
      <button type="button" aria-label="Next cell" aria-keyshortcuts="j" onClick={() => onStep(1)}>
        ›
      </button>
      <span class="space" />
      <CopyButton text={() => linkTo(data, row)} what="" label="Copy link" />
      {command !== undefined && <CopyButton text={command} what="" label="Copy command" />}
      <button type="button" aria-label="Close" aria-keyshortcuts="Escape" onClick={onClose}>
        ✕
      </button>
    </div>
  )
}

/** The page's address with this cell open, filter and order as they are. */
function linkTo({ main }: ReportData, row: number): string {
  const cell = `cell=${cellOf(main, row)}`
  return location.hash.includes(cell) ? location.href : `${location.href.replace(/#.*$/, '')}#${cell}`
}

function commandOf({ about, main }: ReportData, row: number, caseId: string): string | undefined {
  const column = main.columns[main.column[row] as number]
  if (about.run.file === undefined || column === undefined) return undefined
  return reproduceCommand({ file: about.run.file, caseId, ...column })
}
