import { messageOf } from '../model/errors.ts'
import type { Failure, FailureKind } from '../model/failure.ts'
import { FAILURE_KINDS } from '../model/failure.ts'
import type { ProviderResponse } from '../model/provider.ts'
import { recordable, recordableMap } from './recordable.ts'

const KINDS: ReadonlySet<string> = new Set(FAILURE_KINDS)

/** Codes of Node's network errors: the endpoint was not reached, or went away. */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EHOSTUNREACH',
  'UND_ERR_SOCKET',
])
const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** An HTTP status as promptfoo's providers write it into their error texts: "API error: 429 Too Many Requests". */
const STATUS_IN_TEXT = /\b(?:API error|HTTP|status(?: code)?)[:\s]+([45]\d\d)\b/i

/** The failure a provider reported: under `metadata.failure` if it speaks our words, else read off its `error`. */
export function failureOfResponse({ error, metadata }: ProviderResponse): Failure {
  const told = isRecord(metadata?.['failure']) ? metadata['failure'] : {}
  const message = String(recordable(textOf(told['message'] ?? error)))
  const status =
    numberOf(told['status']) ?? httpStatus(metadata) ?? numberOf(STATUS_IN_TEXT.exec(message)?.[1])
  const kind = isKind(told['kind']) ? told['kind'] : kindOfStatus(status)
  const retryAfterMs = numberOf(told['retryAfterMs'])
  return {
    kind,
    message,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    metadata: recordableMap(metadata ?? {}),
  }
}

/** The failure behind whatever a provider threw. */
export function failureOfThrown(thrown: unknown): Failure {
  const message = shown(thrown)
  if (!isRecord(thrown)) return { kind: 'unknown', message }
  const response = isRecord(thrown['response']) ? thrown['response'] : {}
  const status = numberOf(thrown['status']) ?? numberOf(response['status'])
  const cause = isRecord(thrown['cause']) ? thrown['cause'] : {}
  const code = thrown['code'] ?? cause['code']
  return {
    kind: kindOfThrown(thrown['name'], typeof code === 'string' ? code : '', status),
    message,
    ...(status !== undefined && { status }),
  }
}

function kindOfThrown(name: unknown, code: string, status: number | undefined): FailureKind {
  if (name === 'AbortError') return 'aborted'
  if (name === 'TimeoutError' || TIMEOUT_CODES.has(code)) return 'timeout'
  if (UNAVAILABLE_CODES.has(code)) return 'unavailable'
  return kindOfStatus(status)
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

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === undefined) return 'unknown'
  if (status === 429) return 'throttled'
  if (status === 401 || status === 403) return 'auth'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'invalid' : 'unknown'
}

/** Where promptfoo's own HTTP providers put the status. */
function httpStatus(metadata: Record<string, unknown> | undefined): number | undefined {
  const http = metadata?.['http']
  return isRecord(http) ? numberOf(http['status']) : undefined
}

function textOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof Error) return error.message
  return JSON.stringify(recordable(error)) ?? String(error)
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string') return value === '' ? undefined : numberOf(Number(value))
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function isKind(value: unknown): value is FailureKind {
  return typeof value === 'string' && KINDS.has(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
