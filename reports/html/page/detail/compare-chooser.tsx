import { useEffect, useMemo, useState } from 'preact/hooks'
import { columnName } from '../../../../harness/model/column-name.ts'
import { cut } from '../../../format/plain.ts'
import type { ReportData } from '../model/report-data.ts'
import { visibleText } from '../safe-text/marks.ts'
import { armOf, type CellRef, rowsOfCase } from './case-rows.ts'
import { outcomeSign } from '../table/words.ts'

/** UTF-16 units of a column's name in the list. */
const NAME = 80

/** Columns that are listed at once: a run may have thousands, which come once the cell is painted. */
const AT_ONCE = 200

interface CompareChooserProps {
  readonly data: ReportData
  readonly row: number
  readonly other: CellRef | undefined
  readonly onCompare: (target: CellRef) => void
}

/** Chooses any other cell of the same case to compare with: a column of the run or of its baseline, then a repeat. */
export function CompareChooser({ data, row, other, onCompare }: CompareChooserProps) {
  const caseIndex = data.main.case[row] as number
  const choices = useMemo(() => choicesOf(data, row), [data, row])
  const [isWhole, setWhole] = useState(choices.length <= AT_ONCE)
  useEffect(() => {
    if (isWhole) return undefined
    const timer = setTimeout(() => setWhole(true), 100)
    return () => clearTimeout(timer)
  }, [isWhole])
  if (choices.length === 0) return <p class="quiet">There is no other cell of this case to compare with.</p>
  const chosen = choices.find(({ cells }) => other !== undefined && cells.some((cell) => isSame(cell, other)))
  return (
    <div class="compare">
      <label>
        Compare with{' '}
        <select
          value={chosen?.key ?? ''}
          onChange={({ currentTarget }) => {
            const first = choices.find(({ key }) => key === currentTarget.value)?.cells[0]
            if (first !== undefined) onCompare(first)
          }}
        >
          {chosen === undefined && (
            <option value="">{other === undefined ? 'nothing' : otherName(data, other)}</option>
          )}
          {(isWhole ? choices : choices.filter((one) => one === chosen)).map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {chosen !== undefined && chosen.cells.length > 1 && (
        <label>
          repeat{' '}
          <select
            value={other?.row}
            onChange={({ currentTarget }) => {
              const cell = chosen.cells.find((one) => String(one.row) === currentTarget.value)
              if (cell !== undefined) onCompare(cell)
            }}
          >
            {chosen.cells.map((cell) => (
              <option key={cell.row} value={cell.row}>
                {repeatName(data, cell)}
              </option>
            ))}
          </select>
        </label>
      )}
      {other !== undefined && armOf(data, other).case[other.row] !== caseIndex && (
        <strong>This is a cell of another case.</strong>
      )}
    </div>
  )
}

interface Choice {
  readonly key: string
  readonly name: string
  readonly cells: readonly CellRef[]
}

/** Columns with other cells of the case: the baseline's before the run's own. */
function choicesOf(data: ReportData, row: number): Choice[] {
  const caseIndex = data.main.case[row] as number
  return (['base', 'main'] as const).flatMap((kind) => {
    if (kind === 'base' && data.base === undefined) return []
    const arm = armOf(data, { arm: kind })
    const rows = rowsOfCase(arm, caseIndex).filter((other) => kind === 'base' || other !== row)
    return [...Map.groupBy(rows, (other) => arm.column[other] as number)].map(
      ([column, ofColumn]): Choice => {
        const name = cut(visibleText(columnName(arm.columns[column] ?? { prompt: '', provider: '' })), NAME)
        const own = kind === 'main' && column === data.main.column[row]
        return {
          key: `${kind}:${column}`,
          name: `${kind === 'base' ? 'baseline: ' : ''}${own ? `another repeat of ${name}` : name}`,
          cells: ofColumn.map((other) => ({ arm: kind, row: other })),
        }
      },
    )
  })
}

function repeatName(data: ReportData, cell: CellRef): string {
  const arm = armOf(data, cell)
  return `${(arm.repeat[cell.row] as number) + 1} ${outcomeSign(arm, cell.row).shape}`
}

/** A cell in words: `baseline`, `repeat 2`, `few-shot × sonnet`. */
export function otherName(data: ReportData, other: CellRef, row?: number): string {
  if (other.arm === 'base') return 'baseline'
  const arm = armOf(data, other)
  const isRepeat =
    row !== undefined && arm.column[row] === arm.column[other.row] && arm.case[row] === arm.case[other.row]
  if (isRepeat) return `repeat ${(arm.repeat[other.row] as number) + 1}`
  return cut(
    visibleText(columnName(arm.columns[arm.column[other.row] as number] ?? { prompt: '', provider: '' })),
    NAME,
  )
}

function isSame(a: CellRef, b: CellRef): boolean {
  return a.arm === b.arm && a.row === b.row
}
