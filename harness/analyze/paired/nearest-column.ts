import { distance } from 'fastest-levenshtein'
import type { ColumnName } from '../../model/comparison.ts'
import { columnName } from '../../model/comparison.ts'
import { HarnessError } from '../../model/errors.ts'
import type { Arm } from './arm.ts'

/** Names that an error lists. */
const LISTED = 3

/** The error for a column that a baseline has nothing like: it names the nearest ones, and the line to paste. */
export function unmatched(column: ColumnName, { about, columns }: Arm): HarnessError {
  const name = columnName(column)
  const nearest = columns
    .map((other) => ({ other, far: distance(columnName(other), name) }))
    .sort((a, b) => a.far - b.far)
    .map(({ other }) => other)
  const [best] = nearest
  const message = `${about.name} has no column like ${name}, neither by name nor by content`
  if (best === undefined) return new HarnessError('usage', message)
  const listed = nearest.slice(0, LISTED).map(columnName).join(', ')
  const renamings = renamingsOf(best, column)
  const yaml = renamings.map(([old, now]) => `${JSON.stringify(old)}: ${JSON.stringify(now)}`).join(', ')
  const flags = renamings.map(([old, now]) => `--map ${JSON.stringify(`${old}=${now}`)}`).join(' ')
  return new HarnessError('usage', `${message}; nearest: ${listed}`, {
    hint: `If it was renamed, write it down in the suite under assay: \`renamed: {${yaml}}\`, or pass ${flags}. A new column cannot gate before a baseline that has it is accepted.`,
  })
}

function renamingsOf(old: ColumnName, now: ColumnName): (readonly [string, string])[] {
  const renamings = [
    [old.prompt, now.prompt],
    [old.provider, now.provider],
  ] as const
  return renamings.filter(([a, b]) => a !== b)
}
