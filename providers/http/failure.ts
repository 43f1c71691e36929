import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Failure } from '../../harness/model/failure.ts'
import { failureOfThrown } from '../../harness/model/failures/failure-of.ts'
import { CallError } from './call-error.ts'
import type { Cut } from '../shared/cut.ts'

interface Circumstances {
  readonly cut: Cut | undefined
  readonly timeoutMs: number
  /** The address, as it is shown. */
  readonly to: string
  /** True once the head of a reply was there. */
  readonly isAnswered: boolean
}

/** The failure that ended a call, be it ours to tell or the connection's. */
export function failureOf(thrown: unknown, { cut, timeoutMs, to, isAnswered }: Circumstances): Failure {
  if (cut?.why === 'aborted') return { kind: 'aborted', message: `${to}: the call was aborted` }
  if (cut?.why === 'timeout') {
    const message = isAnswered ? 'the reply had not ended' : 'there was no reply'
    return { kind: 'timeout', message: `${to}: ${message} after ${timeoutMs} ms` }
  }
  if (thrown instanceof CallError) {
    const { kind, message, retryAfterMs } = thrown
    return { kind, message: `${to}: ${message}`, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  if (thrown instanceof HarnessError) return { kind: 'invalid', message: thrown.message }
  const failure = failureOfThrown(thrown)
  const said = saidBy(thrown)
  const message = isAnswered ? `the reply was cut: ${said}` : said
  return { ...failure, kind: kindOfCode(codeOf(thrown)) ?? failure.kind, message: `${to}: ${message}` }
}

/** Of unpacking, of TLS and of Node's parser of HTTP: what was sent is wrong, and will be again. */
function kindOfCode(code: string): Failure['kind'] | undefined {
  // The end of what was packed is missing.
  if (code === 'Z_BUF_ERROR') return 'unavailable'
  return /^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT|HPE_|EPROTO$)/.test(code) ? 'invalid' : undefined
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : ''
}

/** The attempts at several addresses of one host fail with an error that says nothing itself. */
function saidBy(thrown: unknown): string {
  const first: unknown = thrown instanceof AggregateError ? thrown.errors[0] : undefined
  return messageOf(first ?? thrown) || codeOf(thrown) || 'the connection failed'
}
