import { HarnessError } from '../harness/model/errors.ts'
import type { ReportInput } from '../harness/model/report.ts'
import type { Run } from '../harness/model/run.ts'
import { didYouMean } from '../harness/model/suggest.ts'
import { count, counted } from '../reports/format/figures.ts'
import { oneLine } from '../reports/format/plain.ts'
import { sharedCases } from '../reports/format/shared-cases.ts'
import { sharedInput } from '../reports/format/shared-input.ts'
import type { Io } from './io.ts'

/** Cases that are named in a message. */
const NAMED = 8

/**
 * What a report is made of that leaves the run's texts out, but for those of some cases. Says on stderr what is left out.
 * @param cases ids of those that are shown; none for those that the verdict names
 * @throws HarnessError `usage` for a case that the run does not have
 */
export async function sharing(
  input: ReportInput,
  cases: readonly string[],
  io: Pick<Io, 'err'>,
): Promise<ReportInput> {
  const ids = await caseIdsOf(input.run)
  for (const id of cases) if (!ids.has(id)) throw unknownCase(id, ids)
  const asked = { ...input, share: cases.length > 0 ? { cases } : {} }
  const shown = [...(sharedCases(asked) ?? [])].filter((id) => ids.has(id))
  io.err(
    `shared: prompts and replies of ${count(ids.size - shown.length)} of ${counted(ids.size, 'case')} are left out, and all prompt templates, configs and warnings; ${shownText(shown)}\n`,
  )
  return sharedInput(asked)
}

async function caseIdsOf(run: Run): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const { cell } of run.trials()) ids.add(cell.caseId)
  return ids
}

function shownText(shown: readonly string[]): string {
  if (shown.length === 0) return 'no case is shown'
  const more = shown.length > NAMED ? ` and ${count(shown.length - NAMED)} more` : ''
  return `shown: ${shown.slice(0, NAMED).map(oneLine).join(', ')}${more}`
}

function unknownCase(id: string, ids: ReadonlySet<string>): HarnessError {
  const some = [...ids].slice(0, NAMED).map(oneLine).join(', ')
  return new HarnessError('usage', `--case ${JSON.stringify(id)}: the run has no such case`, {
    hint:
      didYouMean(id, ids) ??
      (ids.size === 0 ? 'It has no finished cell.' : `There are ${some}${ids.size > NAMED ? ', …' : ''}`),
  })
}
