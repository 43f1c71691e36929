import type { CellRecord } from '../model/trial.ts'
import { excerpt } from './excerpt.ts'

/** Longest value of a variable in a label, in UTF-16 units. */
const VALUE_LIMIT = 40

/** What a person may know a case by: its description, else an id that was written, else its first variables. */
export function caseLabel(
  { caseId, description, metadata, vars }: CellRecord,
  limit: number,
): string | undefined {
  if (description !== undefined) return excerpt(description, limit)
  const written = metadata?.['id']
  if (typeof written === 'string' && caseId.startsWith(written)) return undefined
  const shown = Object.entries(vars).slice(0, 3)
  if (shown.length === 0) return undefined
  return excerpt(
    shown.map(([name, value]) => `${name}: ${excerpt(textOf(value), VALUE_LIMIT)}`).join(', '),
    limit,
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : (JSON.stringify(value) ?? '')
}
