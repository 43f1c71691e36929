import type { Analysis } from '../../harness/model/analysis.ts'
import { columnName, type Ranking } from '../../harness/model/comparison.ts'
import { counted, percent } from './figures.ts'
import { limited, type Line, type Section, section } from './section.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The columns of the run by each metric, best first, and which of them the data does not tell apart. */
export function rankingSection(
  { within }: Analysis,
  limit: { readonly metrics: number; readonly columns: number },
): Section[] {
  const rankings = (within?.rankings ?? []).filter(({ columns }) => columns.length > 1)
  const lines = rankings.map((ranking) => rankingLine(ranking, limit.columns))
  return section(
    'The columns of this run, best first (≈: not told apart)',
    limited(lines, limit.metrics, 'in analysis.json'),
  )
}

function rankingLine({ metric, columns }: Ranking, limit: number): Line {
  // With a column in two groups, neighbours alone do not tell who is told apart from whom.
  const lettered = columns.some(({ groups }) => groups.length > 1)
  const shown = columns.slice(0, limit).map((column, i) => {
    const before = columns[i - 1]
    const sign = before === undefined ? '' : shareGroup(before.groups, column.groups) ? ' ≈ ' : ' > '
    const letters = lettered ? ` [${column.groups.map(letterOf).join('')}]` : ''
    return `${sign}${columnName(column)} ${percent(column.mean)}${letters}`
  })
  const more = columns.length > limit ? `, and ${counted(columns.length - limit, 'more column')}` : ''
  const legend = 'Columns that share a letter are not told apart.'
  return { text: `${metric}: ${shown.join('')}${more}`, ...(lettered && { details: [legend] }) }
}

function shareGroup(a: readonly number[], b: readonly number[]): boolean {
  return a.some((group) => b.includes(group))
}

function letterOf(group: number): string {
  return LETTERS[group] ?? `(${group})`
}
