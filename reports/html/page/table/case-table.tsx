import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { ReportData } from '../model/report-data.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { columnNumbers, type Group } from './case-groups.ts'
import { Grid } from './grid.tsx'
import { directionOf, nextSort, type TableProps } from './table-props.ts'
import { changeSign, outcomeSign } from './words.ts'

/** Repeats that are shown one by one; more are counted. */
const MARKS = 5

/** One row a case, columns of the run side by side. */
export function CaseTable(props: TableProps) {
  const { data, shown, screen, sort } = props
  const { rem, isNarrow } = screen
  const { grouped } = shown
  const numbers = useMemo(() => columnNumbers(grouped?.columns ?? new Uint8Array(0)), [grouped])
  const columns = useMemo(
    () => [
      {
        key: 'case',
        title: 'Case',
        width: (isNarrow ? 9 : 17) * rem,
        widest: 32 * rem,
        isNumber: false,
        sticky: true,
        sort: directionOf(sort, 'case'),
      },
      ...numbers.map((number) => ({
        key: `column:${number}`,
        title: data.main.columns[number]?.prompt ?? '',
        subtitle: data.main.columns[number]?.provider ?? '',
        width: 7.5 * rem,
        widest: 12 * rem,
        isNumber: false,
        sticky: false,
        sort: directionOf(sort, `column:${number}`),
      })),
    ],
    [numbers, rem, isNarrow, sort],
  )
  if (grouped === undefined) return null
  return (
    <Grid
      label="Cases, columns side by side"
      columns={columns}
      rows={grouped.cases.length}
      rowHeight={Math.round(1.9 * rem)}
      headHeight={Math.round(3.2 * rem)}
      version={grouped}
      list={props.list}
      cursor={props.cursor}
      moves={props.moves}
      cursorIs="cell"
      renderCell={(row, column) => {
        const index = grouped.cases[row] as number
        if (column === 0) return caseName(data, index)
        const group = grouped.groups.group(index, numbers[column - 1] as number)
        return group === undefined ? '' : groupMarks(data, group, shown.isSelected)
      }}
      onCursor={props.onCursor}
      onOpen={props.onOpen}
      onSort={(key) => props.onSort(key === 'case' ? undefined : nextSort(sort, key, false))}
    />
  )
}

function caseName({ cases }: ReportData, index: number): ComponentChildren {
  const { id, description } = cases.label(index)
  return <InlineText text={description === '' ? id : description} limit={100} />
}

/** `✓✗✓ 0.67`; quiet where the filter does not ask for it. */
function groupMarks(
  { main }: ReportData,
  { rows, score: mean }: Group,
  isSelected: (row: number) => boolean,
): ComponentChildren {
  // Alike for all repeats.
  const change = changeSign(main, rows[0] as number)
  const signs = Array.from(rows, (row) => outcomeSign(main, row))
  const counts = ['passed', 'failed', 'errored'].map(
    (word) => signs.filter((sign) => sign.word === word).length,
  )
  const spoken = ['passed', 'failed', 'errored'].flatMap((word, i) =>
    counts[i] === 0 ? [] : [`${counts[i]} ${word}`],
  )
  return (
    <span class={rows.some(isSelected) ? 'group' : 'group aside'}>
      <span aria-hidden="true">
        {signs.length <= MARKS
          ? signs.map(({ shape, tone }, i) => (
              <span key={i} class={tone}>
                {shape}
              </span>
            ))
          : `${counts[0]}/${signs.length}`}
      </span>
      {change !== undefined && change.word !== 'same' && (
        <span class={change.tone} role="img" aria-label={change.word} title={change.word}>
          {change.shape}
        </span>
      )}
      <span class="unseen">{spoken.join(', ')}</span>{' '}
      {Number.isNaN(mean) ? '' : String(Number(mean.toFixed(2)))}
    </span>
  )
}
