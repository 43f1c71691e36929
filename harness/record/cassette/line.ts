import { HarnessError, messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { Call, Reply } from '../../model/trial.ts'
import type { Cost, Usage } from '../../model/usage.ts'
import type { RecordedReply } from './reply-source.ts'
import { withoutVolatile } from './scrub.ts'

const FORMAT = 1

/** Which reply a line holds. The file says of which column. */
export interface LineHead {
  readonly case: string
  readonly repeat: number
  /** Round of feedback, from 0. */
  readonly attempt: number
  /** See `keysOf`. */
  readonly key: string
}

/** A line of a cassette: one reply, and what it took when it was made. */
interface Line extends LineHead {
  readonly v: typeof FORMAT
  readonly reply: Reply
  readonly usage?: Usage
  readonly costUsd: Cost
  /** Milliseconds, whole ones: more would only make a diff restless. */
  readonly latencyMs: number
  readonly ttftMs?: number
  readonly serverMs?: number
}

/**
 * The line for a call that got a reply, without its newline. Members stand in a fixed order; `call` is as the journal
 * holds it, redacted.
 */
export function cassetteLine({ case: caseId, repeat, attempt, key }: LineHead, { result }: Call): string {
  const { reply, timing, usage, costUsd } = result
  const line: Line = {
    v: FORMAT,
    case: caseId,
    repeat,
    attempt,
    key,
    reply: keptReply(reply ?? { output: null }),
    ...(usage && { usage }),
    costUsd,
    latencyMs: Math.round(timing.latencyMs),
    ...(timing.ttftMs !== undefined && { ttftMs: Math.round(timing.ttftMs) }),
    ...(timing.serverMs !== undefined && { serverMs: Math.round(timing.serverMs) }),
  }
  return JSON.stringify(line)
}

/** The times among the metadata stand in the line already, as `ttftMs` and `serverMs`. */
function keptReply({ output, finishReason, isRefusal, metadata, logProbs, extra }: Reply): Reply {
  const { timing, ...told } = (withoutVolatile(metadata) ?? {}) as Record<string, unknown>
  void timing
  return {
    output,
    ...(finishReason !== undefined && { finishReason }),
    ...(isRefusal !== undefined && { isRefusal }),
    ...(Object.keys(told).length > 0 && { metadata: told }),
    ...(logProbs && { logProbs }),
    ...(extra && { extra: withoutVolatile(extra) as Record<string, unknown> }),
  }
}

/** @throws HarnessError `usage` at the line when it is damaged */
export function parseHead(text: string, at: SourceLocation): LineHead {
  const { case: caseId, repeat, attempt, key } = parseLine(text, at)
  return { case: caseId, repeat, attempt, key }
}

/** The reply of a line that `parseHead` has found whole. */
export function parseReply(text: string): RecordedReply {
  const { reply, usage, costUsd, latencyMs, ttftMs, serverMs } = JSON.parse(text) as Line
  return {
    reply,
    timing: {
      queuedMs: 0,
      backoffMs: 0,
      latencyMs,
      ...(ttftMs !== undefined && { ttftMs }),
      ...(serverMs !== undefined && { serverMs }),
      trusted: true,
    },
    ...(usage && { usage }),
    costUsd,
  }
}

function parseLine(text: string, at: SourceLocation): Line {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw damaged(messageOf(error), at, error)
  }
  if (isLine(value)) return value
  throw damaged(`expected a recorded reply of format version ${FORMAT}`, at)
}

function damaged(why: string, at: SourceLocation, cause?: unknown): HarnessError {
  return new HarnessError('usage', `the cassette is damaged: ${why}`, {
    at,
    hint: 'Restore the file, or remove the line: `--record` asks for its reply again.',
    cause,
  })
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false
  const {
    v,
    case: caseId,
    repeat,
    attempt,
    key,
    reply,
    costUsd,
    latencyMs,
  } = value as Record<string, unknown>
  return (
    v === FORMAT &&
    typeof caseId === 'string' &&
    typeof key === 'string' &&
    [repeat, attempt].every((n) => Number.isInteger(n)) &&
    typeof reply === 'object' &&
    reply !== null &&
    'output' in reply &&
    (typeof costUsd === 'number' || costUsd === 'unknown') &&
    typeof latencyMs === 'number'
  )
}
