import type { OpenedBaseline } from '../baseline/open-baseline.ts'
import type { CallModel, ModelRequest } from '../execute/call.ts'
import type { StoredCalls } from '../execute/resumed.ts'
import { answeredFromRecord, asRecorded, notOnRecord } from '../execute/resumed.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { ExtraColumn } from '../model/plan.ts'
import type { Run } from '../model/run.ts'
import { StoredReplies } from '../record/stored-replies.ts'
import type { ChildRuns } from './child-runs.ts'
import type { Reverify } from './reverified.ts'

interface ReverifyOptions {
  readonly baseline: OpenedBaseline
  readonly children: ChildRuns
  /** True where graders are asked; else their answers come from the record, as the models' do. */
  readonly asksGraders: boolean
  readonly onWarning: (message: string) => void
}

/**
 * Checks a baseline's stored replies again, in a run of their own that calls no model. A reply answers where the prompt is the same
 * now, to the letter: it is found by column, case and repeat, and not by the cell's id, of which other things are a part.
 */
export function reverifier({ baseline, children, asksGraders, onWarning }: ReverifyOptions): Reverify {
  return async (columns) => {
    const { record, arm } = baseline
    if (record === undefined || !arm.about.replies) return { why: 'its replies were not kept' }
    const extra = children.extrasOf(columns, { from: 0, count: arm.repeat })
    if (typeof extra === 'string') return { why: extra }
    const replies = await StoredReplies.open(record.dir, { onWarning })
    try {
      const cells = await cellsByPlace(record)
      const answer = (stored: StoredCalls): CallModel => answeredByPlace(stored, namesOf(extra), cells)
      const { id } = record.manifest
      return await children.make('reverified', extra, { id, replies, absent: 0, answer, asksGraders })
    } finally {
      await replies.close()
    }
  }
}

/** Ids of the cells of a record, by column, case and repeat. */
type Cells = ReadonlyMap<string, string>

async function cellsByPlace(record: Run): Promise<Cells> {
  const cells = new Map<string, string>()
  for await (const { cell } of record.trials()) cells.set(placeKey(cell, cell.caseId, cell.repeat), cell.id)
  return cells
}

/** Names in the baseline, by the names that its columns run under now. */
function namesOf(extra: readonly ExtraColumn[]): ReadonlyMap<string, ColumnName> {
  return new Map(
    extra.map(({ prompt, provider, baseline }) => {
      const now = { prompt: prompt.key, provider: provider.key }
      return [columnName(now), baseline ?? now]
    }),
  )
}

function answeredByPlace(
  stored: StoredCalls,
  names: ReadonlyMap<string, ColumnName>,
  cells: Cells,
): CallModel {
  const graded = answeredFromRecord(stored)
  return async (request) => {
    if (request.role === 'grader') return graded(request)
    const { promptKey, spec, caseId, repeat, attempt: round, prompt } = request
    const name = names.get(columnName({ prompt: promptKey, provider: spec.key }))
    const cellId = name && cells.get(placeKey(name, caseId, repeat))
    const tries = cellId === undefined ? [] : await stored.replies.triesOf(cellId, round)
    const last = tries.at(-1)
    if (last?.request.prompt === asRecorded(prompt, stored.redact))
      return { attempt: last, earlier: tries.slice(0, -1) }
    // The reasons are others now, so that the model would have been told something else: the round before stands.
    if (round > 0) return roundNotOnRecord(request)
    return { attempt: notOnRecord(request), earlier: [] }
  }
}

function roundNotOnRecord({ spec }: ModelRequest): Awaited<ReturnType<CallModel>> {
  const message = 'this round of feedback is not on record'
  return { withheld: 'stopped', account: spec.account, message, unrecorded: true }
}

function placeKey(column: ColumnName, caseId: string, repeat: number): string {
  return `${columnName(column)}\0${caseId}\0${repeat}`
}
