import type { Column } from '../model/cell.ts'
import type { ExtraColumn } from '../model/plan.ts'
import { columnHash, providerHash } from './identity.ts'
import { hashProviderFile } from './provider-file.ts'

/**
 * The columns that are run besides those of the suite, after them. One of the suite's own that is run once more is the same
 * column, so that its cells differ by the number of the repeat alone; of a baseline's columns, those of equal content are told
 * apart by an occurrence number.
 */
export async function extraColumns(
  extras: readonly ExtraColumn[],
  own: readonly Column[],
): Promise<Column[]> {
  const occurrences = new Map<string, number>()
  const columns: Column[] = []
  for (const { prompt, provider, ...extra } of extras) {
    const index = own.length + columns.length
    const same = own.find((column) => column.prompt === prompt && column.provider === provider)
    if (extra.role === 'candidate' && same !== undefined) {
      columns.push({ ...same, index, extra })
      continue
    }
    const fileHash = provider.path === undefined ? undefined : await hashProviderFile(provider, provider.path)
    const content = columnHash(prompt, provider, fileHash)
    const occurrence = (occurrences.get(content) ?? 0) + 1
    occurrences.set(content, occurrence)
    const hash = occurrence === 1 ? content : `${content}-${occurrence}`
    columns.push({ index, prompt, provider, hash, providerHash: providerHash(provider, fileHash), extra })
  }
  return columns
}

/**
 * Those of a plan's columns that run beside the suite's own, as the other arm of a comparison. Where all are extra, none of them
 * is beside another: they are what the run is about.
 */
export function besideOwn(columns: readonly Column[]): ReadonlySet<Column> {
  const extra = columns.filter((column) => column.extra !== undefined)
  return new Set(extra.length === columns.length ? [] : extra)
}
