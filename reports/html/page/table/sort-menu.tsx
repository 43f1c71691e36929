import { visibleText } from '../safe-text/marks.ts'
import type { Sort } from '../state/view-state.ts'
import type { CellColumn } from './columns.tsx'

interface SortMenuProps {
  readonly byCase: boolean
  readonly columns: readonly CellColumn[]
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort | undefined) => void
}

/** The order as a menu: for grouped cases, and where there is no room for heads of columns. */
export function SortMenu({ byCase, columns, sort, onSort }: SortMenuProps) {
  const options: readonly (readonly [value: string, title: string])[] = byCase
    ? [
        ['worst', 'worst first'],
        ['-differs', 'most different first'],
      ]
    : columns
        .filter(({ key }) => key !== 'case')
        .map(({ key, title, startsDescending, isNumber }) => [
          `${startsDescending ? '-' : ''}${key}`,
          `${title}${isNumber ? (startsDescending ? ', highest first' : ', lowest first') : ''}`,
        ])
  const value = sort === undefined ? '' : `${sort.descending ? '-' : ''}${sort.key}`
  const isListed = value === '' || options.some(([option]) => option === value)
  const choose = (chosen: string) => {
    const descending = chosen.startsWith('-')
    onSort(chosen === '' ? undefined : { key: descending ? chosen.slice(1) : chosen, descending })
  }
  return (
    <label class="sort">
      <span class="unseen">Order</span>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">order of the suite</option>
        {!isListed && <option value={value}>by a column</option>}
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {visibleText(title)}
          </option>
        ))}
      </select>
    </label>
  )
}
