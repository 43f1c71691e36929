import { jsonOrText } from '../../shared/json-or-text.ts'
import type { IncomingMessage } from 'node:http'
import type { Failure } from '../../../harness/model/failure.ts'
import { failureOfThrown } from '../../../harness/model/failures/failure-of.ts'
import { CallError } from '../call-error.ts'
import type { Path } from '../path.ts'
import { valueAt } from '../path.ts'

/** Characters of a reply that an error shows. */
const SHOWN = 200

/** Members that backends put the sentence in: OpenAI’s way, FastAPI’s, and the problem details of RFC 9457. */
const SENTENCES = ['message', 'detail', 'msg', 'title', 'error', 'errors', 'description'] as const

/** The failure behind an error that came with a status of success. */
export function backendError(said: unknown): CallError {
  const { kind, retryAfterMs } = failureOfThrown(
    Object.assign(new Error(sentenceOf(said)), tellingMembers(said)),
  )
  return new CallError(kind, `the backend reports an error: ${sentenceOf(said)}`, retryAfterMs)
}

/** The failure behind a status that is no reply. @param from the address, as it is shown */
export function statusFailure(
  response: IncomingMessage,
  body: string,
  from: string,
  error: Path | undefined,
): Failure {
  const { statusCode: status = 0, statusMessage = '', headers } = response
  const said = jsonOrText(body)
  const sentence = sentenceOf((error && valueAt(said, error)) ?? said)
  const message = `${from} answered ${`${status} ${statusMessage}`.trim()}${sentence === '' ? '' : `: ${sentence}`}`
  const failure = failureOfThrown(
    Object.assign(new Error(message), { status, headers, body }),
    () => new Date(),
  )
  return status < 400 ? { ...failure, kind: 'invalid', status } : failure
}

/** The beginning of a text that was to be something else. */
export function excerpt(text: string): string {
  const beginning = text.slice(0, SHOWN).trim().toWellFormed()
  return text.length > SHOWN ? `${beginning}…` : beginning
}

/** What an error says to a person, whatever its form. */
function sentenceOf(said: unknown): string {
  if (typeof said === 'string') return excerpt(said)
  if (Array.isArray(said) && said.length > 0) return said.slice(0, 3).map(sentenceOf).join('; ')
  if (typeof said !== 'object' || said === null) return JSON.stringify(said) ?? ''
  const members = said as Record<string, unknown>
  const found = SENTENCES.map((key) => members[key]).find(
    (value) => (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null),
  )
  if (found === undefined) return excerpt(JSON.stringify(said))
  // FastAPI says which field it is about.
  const where = Array.isArray(members['loc']) ? `${members['loc'].join('.')}: ` : ''
  return `${where}${sentenceOf(found)}`
}

/** What tells the kind: `{"type": "rate_limit_error"}`, `{"code": 503}`. */
function tellingMembers(said: unknown): Record<string, unknown> {
  if (typeof said !== 'object' || said === null) return {}
  return Object.fromEntries(
    Object.entries(said).filter(
      ([key, value]) =>
        ['name', 'code', 'type', 'status', 'retryAfterMs'].includes(key) &&
        (typeof value === 'string' || typeof value === 'number'),
    ),
  )
}
