import type { CellRecord } from '../../model/trial.ts'

/** The value at `vars.x` or `metadata.x` as text; undefined where the case has none. */
export function clusterOf(
  { vars, metadata }: Pick<CellRecord, 'vars' | 'metadata'>,
  path: string,
): string | undefined {
  const [head, ...keys] = path.split('.')
  let value: unknown = head === 'metadata' ? metadata : head === 'vars' ? vars : undefined
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
