import { messageOf } from '../errors.ts'
import type { Failure, FailureKind } from '../failure.ts'
import { FAILURE_KINDS } from '../failure.ts'
import type { ProviderResponse } from '../provider.ts'
import { kindOf } from './failure-kind.ts'
import { recordable, recordableMap } from './recordable.ts'
import { MAX_RETRY_AFTER_MS, retryAfterInText, retryAfterOf, retryAfterTold } from './retry-after.ts'
import type { Trace } from './thrown.ts'
import { httpStatusOf, isRecord, traceOf } from './thrown.ts'

const KINDS: ReadonlySet<string> = new Set(FAILURE_KINDS)
const NO_TRACE: Trace = { names: [], text: '', headers: [] }

/** promptfoo's own reading of a 429 (`metadata.rateLimitKind`): its "quota" is what no retry helps against. */
const LIMIT_KINDS: Readonly<Record<string, FailureKind>> = { quota: 'credit', rate_limit: 'throttled' }

/** An HTTP status as promptfoo's providers write it into their error texts: "API error: 429 Too Many Requests". */
const STATUS_IN_TEXT =
  /\b(?:API error(?:: \w+)?|HTTP|status(?: code)?|Rate limited|Internal Server Error)[:\s]+([45]\d\d)\b/i

/** True when a provider reports a failure in our words, whether or not it fills in promptfoo's `error`. */
export function tellsFailure(metadata: Record<string, unknown> | undefined): boolean {
  const told = metadata?.['failure']
  return isRecord(told) && isKind(told['kind'])
}

/**
 * The failure a provider reported: under `metadata.failure` if it speaks our words, else read off its `error` and what
 * promptfoo's own HTTP providers put under `metadata.http`.
 * @param wallClock what a date in `Retry-After` counts from where the response has no date of its own.
 */
export function failureOfResponse({ error, metadata }: ProviderResponse, wallClock?: () => Date): Failure {
  const told = recordIn(metadata, 'failure')
  const http = recordIn(metadata, 'http')
  const trace = isRecord(error) ? traceOf(error) : NO_TRACE
  const message = String(recordable(textOf(told['message'] ?? error)))
  const status =
    httpStatusOf(told['status']) ??
    httpStatusOf(http['status']) ??
    trace.status ??
    httpStatusOf(STATUS_IN_TEXT.exec(message)?.[1])
  const text = `${message}\n${trace.text}`
  const asked =
    retryAfterTold(told['retryAfterMs']) ??
    askedOf([http['headers'], metadata?.['headers'], ...trace.headers], wallClock) ??
    retryAfterInText(text)
  const kind = isKind(told['kind'])
    ? told['kind']
    : (LIMIT_KINDS[String(metadata?.['rateLimitKind'])] ??
      kindOf({ names: trace.names, status, text, retryAfterMs: asked }))
  return {
    kind,
    message,
    ...(status !== undefined && { status }),
    ...waitOf(asked),
    metadata: recordableMap(metadata ?? {}),
  }
}

/** The failure behind whatever a provider threw. Never throws, be it an object whose very fields do. */
export function failureOfThrown(thrown: unknown, wallClock?: () => Date): Failure {
  const message = shown(thrown)
  try {
    const { names, status, ...trace } = isRecord(thrown) ? traceOf(thrown) : NO_TRACE
    const text = `${message}\n${trace.text}`
    const asked =
      retryAfterTold(trace.retryAfterMs) ?? askedOf(trace.headers, wallClock) ?? retryAfterInText(text)
    const kind = kindOf({ names, status, text, retryAfterMs: asked })
    return { kind, message, ...(status !== undefined && { status }), ...waitOf(asked) }
  } catch {
    return { kind: 'unknown', message }
  }
}

function askedOf(headers: readonly unknown[], wallClock: (() => Date) | undefined): number | undefined {
  for (const each of headers) {
    const asked = retryAfterOf(each, wallClock)
    if (asked !== undefined) return asked
  }
  return undefined
}

function waitOf(asked: number | undefined): Pick<Failure, 'retryAfterMs'> {
  return asked === undefined ? {} : { retryAfterMs: Math.min(asked, MAX_RETRY_AFTER_MS) }
}

/** The message of whatever was thrown: even of nothing, and of an object that cannot be turned into text. */
function shown(thrown: unknown): string {
  if (thrown === undefined || thrown === null) return 'the provider threw nothing that says why'
  try {
    const message = messageOf(thrown).toWellFormed()
    return message.trim() === '' ? 'the provider threw an error without a message' : message
  } catch {
    return 'something was thrown that cannot be shown'
  }
}

function textOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof Error) return error.message
  if (error === undefined || error === null) return 'the provider reported a failure and did not say why'
  return JSON.stringify(recordable(error))
}

function recordIn(map: Record<string, unknown> | undefined, key: string): Record<string, unknown> {
  const value = map?.[key]
  return isRecord(value) ? value : {}
}

function isKind(value: unknown): value is FailureKind {
  return typeof value === 'string' && KINDS.has(value)
}
