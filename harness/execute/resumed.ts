import type { Attempt } from '../model/trial.ts'
import type { StoredCall, StoredReplies } from '../record/stored-replies.ts'
import type { CallModel, ModelRequest, WrapCall } from './call.ts'

/** Calls on record. */
export interface StoredCalls {
  readonly replies: StoredReplies
  /** Takes secrets out of JSON, as the record does: prompts on record hold none. */
  readonly redact: (json: string) => string
}

/**
 * Answers what an earlier session of the run was answered already: the reply as it was measured then, with no call, so that
 * a resumed run comes to what an unbroken one would have; so does a failure that is final. Tries that might have gone on
 * are handed on as `before`. A question
 * asked twice (two checks alike) takes the answers in turn. It stands outside cassette and cache: what was measured in this
 * run must not come back as a reply of another day.
 */
export function resumed(stored: StoredCalls): WrapCall {
  const take = inTurn(stored)
  return (next: CallModel) => async (request) => {
    const taken = take(request)
    if (taken.length === 0) return next(request)
    const calls = await Promise.all(taken.map((call) => stored.replies.read(call)))
    const tries = calls.map(({ result }) => result)
    const attempt = tries.at(-1)
    if (attempt === undefined || taken.at(-1)?.ended !== true) return next({ ...request, before: tries })
    const wasReplayed = calls.at(-1)?.replayed === true
    return { attempt, earlier: tries.slice(0, -1), ...(wasReplayed && { replayed: true }) }
  }
}

/** Answers every call with what is on record, failures included: nothing is called. A new question is a failure. */
export function answeredFromRecord({ replies, redact }: StoredCalls): CallModel {
  return async (request) => {
    const { role, cellId, attempt: round, prompt } = request
    const tries =
      role === 'model'
        ? await replies.triesOf(cellId, round)
        : [await replies.graderAttemptOf(asRecorded(prompt, redact), cellId)]
    const last = tries.at(-1)
    // The checks have changed since, and would now give feedback where none was given: the round before stands.
    if (last === undefined && role === 'model' && round > 0)
      return {
        withheld: 'stopped',
        account: request.spec.account,
        message: 'this round of feedback is not on record',
        unrecorded: true,
      }
    return {
      attempt: last ?? notOnRecord(request),
      earlier: tries.slice(0, -1).filter((each) => each !== undefined),
    }
  }
}

/** The failure that stands for a call that is not on record. */
export function notOnRecord({ role, prompt, trusted }: ModelRequest): Attempt {
  const message =
    role === 'model'
      ? 'no reply to this cell is on record'
      : 'the grader was not asked this when the run was made: run the suite again'
  return {
    request: { prompt },
    failure: { kind: 'invalid', message },
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 0, trusted },
    costUsd: 0,
  }
}

/** The tries up to the one that ended the round, each only once. Synchronous, so that no two callers are given the same. */
function inTurn({ replies, redact }: StoredCalls): (request: ModelRequest) => readonly StoredCall[] {
  const used = new Map<StoredCall, number>()
  return ({ role, cellId, attempt, prompt }) => {
    const calls = replies.callsFor({ role, cellId, attempt, prompt: asRecorded(prompt, redact) })
    const [first] = calls
    if (first === undefined) return calls
    const from = used.get(first) ?? 0
    const end = calls.findIndex(({ ended }, i) => i >= from && ended)
    const to = end === -1 ? calls.length : end + 1
    used.set(first, to)
    return calls.slice(from, to)
  }
}

/** A prompt as the record holds it. */
export function asRecorded(prompt: string, redact: StoredCalls['redact']): string {
  const json = JSON.stringify(prompt)
  const clean = redact(json)
  return clean === json ? prompt : (JSON.parse(clean) as string)
}
