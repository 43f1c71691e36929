import type { Call, JournalLine } from '../model/trial.ts'
import type { Place } from '../record/read-journal.ts'
import type { ModelRequest, WrapCall } from './call.ts'
import { isWithheld } from './call.ts'
import { keyOf } from './request-keys.ts'

interface RecordedOptions {
  /** Resolves once the line is safe on disk, with its place there. */
  readonly write: (line: JournalLine) => Promise<Place | undefined>
  /** Told of every call that is on record. */
  readonly onCall: (call: Call, request: ModelRequest, place: Place | undefined) => void
}

/**
 * Has every finished call on disk before its result is handed on, failures like replies: whatever happens next, it is
 * not paid for twice.
 */
export function recorded({ write, onCall }: RecordedOptions): WrapCall {
  return (next) => async (request) => {
    const result = await next(request)
    const made = isWithheld(result) ? result.made : result.attempt
    if (made === undefined) return result
    const { cellId, varsHash, role, attempt, retry } = request
    request.onReply?.(made)
    const key = keyOf(request)
    const line: Call = {
      v: 1,
      kind: 'call',
      cellId,
      ...(varsHash !== undefined && { varsHash }),
      role,
      attempt,
      ...(retry > 0 && { retry }),
      ...(key !== undefined && { key }),
      ...(!isWithheld(result) && result.replayed === true && { replayed: true }),
      result: made,
    }
    onCall(line, request, await write(line))
    return result
  }
}
