import { columnName } from '../../../../harness/model/column-name.ts'
import { counted } from '../../../format/figures.ts'
import type { Arm } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { Disclosure } from '../safe-text/disclosure.tsx'
import { cellOf } from '../state/cell-id.ts'
import { type CellRef, rowsOfCase } from './case-rows.ts'
import { outcomeSign } from '../table/words.ts'

/** Columns listed before one asks for the others. */
const LISTED = 6

interface NeighboursProps {
  readonly data: ReportData
  readonly row: number
  readonly other: CellRef | undefined
  readonly onCompare: (target: CellRef) => void
}

/** The other cells of the case: those of the run to go to, those of the baseline to compare with. */
export function Neighbours({ data, row, other, onCompare }: NeighboursProps) {
  const { main, base } = data
  const caseIndex = main.case[row] as number
  const byColumn = [...Map.groupBy(rowsOfCase(main, caseIndex), (one) => main.column[one] as number)]
  // The cell's own column first.
  byColumn.sort(([a], [b]) => Number(b === main.column[row]) - Number(a === main.column[row]))
  const paired = base === undefined ? -1 : (data.about.base?.pairs[main.column[row] as number] ?? -1)
  const recorded = base === undefined || paired < 0 ? [] : rowsOfCase(base, caseIndex, paired)
  const rest = byColumn.slice(LISTED)
  const columns = (some: typeof byColumn) =>
    some.map(([column, rows]) => (
      <div class="neighbours" key={column}>
        <span class="name">
          <InlineText text={columnName(main.columns[column] ?? { prompt: '', provider: '' })} />
        </span>
        {rows.map((one) => (
          <a
            key={one}
            class={outcomeSign(main, one).tone}
            href={`#cell=${cellOf(main, one)}`}
            aria-current={one === row ? 'true' : undefined}
            title={cellName(main, one)}
          >
            <Sign arm={main} row={one} says={cellName(main, one)} />
          </a>
        ))}
      </div>
    ))
  return (
    <nav class="neighbour-list" aria-label="Other cells of this case">
      {columns(byColumn.slice(0, LISTED))}
      {rest.length > 0 && (
        <Disclosure summary={counted(rest.length, 'more column')}>{() => columns(rest)}</Disclosure>
      )}
      {recorded.length > 0 && base !== undefined && (
        <div class="neighbours">
          <span class="name">baseline</span>
          {recorded.map((one) => (
            <button
              key={one}
              type="button"
              class={outcomeSign(base, one).tone}
              aria-pressed={other?.arm === 'base' && other.row === one}
              title={`compare with ${cellName(base, one)}`}
              onClick={() => onCompare({ arm: 'base', row: one })}
            >
              <Sign arm={base} row={one} says={`compare with ${cellName(base, one)}`} />
            </button>
          ))}
        </div>
      )}
    </nav>
  )
}

function Sign({ arm, row, says }: { readonly arm: Arm; readonly row: number; readonly says: string }) {
  return (
    <>
      <span aria-hidden="true">{outcomeSign(arm, row).shape}</span>
      <span class="unseen">{says}</span>
    </>
  )
}

/** `repeat 2: failed` */
function cellName(arm: Arm, row: number): string {
  return `repeat ${(arm.repeat[row] as number) + 1}: ${outcomeSign(arm, row).word}`
}
