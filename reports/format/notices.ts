import { judgeNotice } from '../../harness/model/judge-standing.ts'
import type { Manifest } from '../../harness/model/run.ts'

/** What a reader must be told whatever the format: one sentence each. */
export function noticesOf({ providers, verifies, judges = [] }: Manifest): string[] {
  const keysByNotice = new Map<string, string[]>()
  for (const { key, notice } of providers) {
    if (notice !== undefined) keysByNotice.set(notice, [...(keysByNotice.get(notice) ?? []), key])
  }
  return [
    ...(verifies === undefined
      ? []
      : [`The replies are those of run ${verifies}, checked again: no model was called.`]),
    ...[...keysByNotice].map(([notice, keys]) => `${keys.join(', ')}: ${notice}.`),
    ...judges.flatMap((judge) => {
      const notice = judgeNotice(judge)
      return notice === undefined ? [] : [`${notice.charAt(0).toUpperCase()}${notice.slice(1)}.`]
    }),
  ]
}
