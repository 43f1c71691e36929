import type { Analysis } from '../../harness/model/analysis.ts'

/** What `~` before a latency means, where a column has one. */
export function latencyNotes({ columns }: Pick<Analysis, 'columns'>): string[] {
  const isMarked = columns.some(({ latencyMs, ttftMs }) => !(latencyMs.trusted && ttftMs.trusted))
  return isMarked
    ? [
        '~ is latency as the provider shows it, which may hide its own queueing and retries: it fails no gate.',
      ]
    : []
}
