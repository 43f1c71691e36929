import type { Manifest } from '../../harness/model/run.ts'

/** What a reader must be told whatever the format: one sentence each. */
export function noticesOf({ providers, verifies }: Manifest): string[] {
  const keysByNotice = new Map<string, string[]>()
  for (const { key, notice } of providers) {
    if (notice !== undefined) keysByNotice.set(notice, [...(keysByNotice.get(notice) ?? []), key])
  }
  return [
    ...(verifies === undefined
      ? []
      : [`The replies are those of run ${verifies}, checked again: no model was called.`]),
    ...[...keysByNotice].map(([notice, keys]) => `${keys.join(', ')}: ${notice}.`),
  ]
}
