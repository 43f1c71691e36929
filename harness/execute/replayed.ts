import type { Attempt, Call } from '../model/trial.ts'
import type { RecordedReply, ReplySource } from '../record/cassette/reply-source.ts'
import type { Place } from '../record/read-journal.ts'
import type { Redactor } from '../record/redact.ts'
import type { Called, CallModel, ModelRequest, RequestKeys, WrapCall } from './call.ts'
import { keysOf } from './request-keys.ts'

/** Recorded replies, as a run uses them. */
export interface Tape {
  /** Asked in this order. */
  readonly sources: readonly ReplySource[]
  /** Takes secrets out of what keys are made of. */
  readonly redact: Redactor
  /** With it no call is ever made: what is not recorded fails, as `unrecorded`, with this message. */
  readonly explainMiss?: ((request: ModelRequest, keys: RequestKeys | undefined) => string) | undefined
  /** Notes where a call that was made lies in the journal, for runs to come. */
  remember(call: Call, request: ModelRequest, place: Place): void
}

/**
 * Answers with a recorded reply where there is one. Such a reply is marked as promptfoo marks one out of a cache
 * (`cached`): it was not timed and not paid for now, so it counts in no latency and no spend, and a check on its
 * latency finds none.
 * @param record puts a call on record. It is not waited for: nothing was paid, and the trial's own line follows it.
 */
export function replayed({ sources, redact, explainMiss }: Tape, record: WrapCall): WrapCall {
  const answer = (request: ModelRequest, attempt: Attempt): Called => {
    const result: Called = { attempt, earlier: [], replayed: true }
    // Should the disk refuse, the trial's own line tells.
    record(() => Promise.resolve(result))(request).catch(() => undefined)
    return result
  }
  return (next: CallModel) => async (request) => {
    // What is asked for no cell is asked to learn how its account does now.
    const keys = request.cellId === '' ? undefined : keysOf(request, redact)
    const found = keys && find(keys, request, sources)
    if (found !== undefined) {
      const { key, recorded } = found
      return answer({ ...request, keys: { plain: key, withVars: key } }, hitOf(request, recorded))
    }
    if (explainMiss !== undefined) return answer(request, missOf(request, explainMiss(request, keys)))
    return next(keys === undefined ? request : { ...request, keys })
  }
}

/** A reply from a provider that looked at the vars was recorded under the other key. */
function find(
  keys: RequestKeys,
  request: ModelRequest,
  sources: readonly ReplySource[],
): { readonly key: string; readonly recorded: RecordedReply } | undefined {
  for (const source of sources) {
    if (source.isEmpty || !source.serves(request)) continue
    for (const name of ['plain', 'withVars'] as const) {
      const recorded = source.find(keys[name], request)
      if (recorded !== undefined) return { key: keys[name], recorded }
    }
  }
  return undefined
}

function hitOf({ prompt, trusted }: ModelRequest, recorded: RecordedReply): Attempt {
  const { extra, ...reply } = recorded.reply
  // A latency of the provider's own telling would pass for one that was measured now.
  const { latencyMs, ...told } = extra ?? {}
  void latencyMs
  return {
    request: { prompt },
    reply: { ...reply, cached: true, ...(extra && { extra: told }) },
    timing: { ...recorded.timing, queuedMs: 0, backoffMs: 0, trusted },
    ...(recorded.usage && { usage: recorded.usage }),
    costUsd: recorded.costUsd,
  }
}

function missOf({ prompt, trusted }: ModelRequest, message: string): Attempt {
  return {
    request: { prompt },
    failure: { kind: 'unrecorded', message },
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 0, trusted },
    costUsd: 0,
  }
}
