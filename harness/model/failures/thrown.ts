import { messageOf } from '../errors.ts'
import { recordable } from './recordable.ts'

/** What can be read off an error, its causes and the response it carries. */
export interface Trace {
  /** Names, codes and types, the outermost error's first. */
  readonly names: readonly string[]
  readonly status?: number | undefined
  /** Messages and bodies. */
  readonly text: string
  /** Of each response found, the outermost first. */
  readonly headers: readonly unknown[]
  /** Milliseconds to wait, where the error itself says. */
  readonly retryAfterMs?: unknown
}

/** Causes looked at: a chain may be endless, or closed. */
const MAX_LINKS = 10
const MAX_BODY = 4000

/** Where the clients of OpenAI, Anthropic, Vercel, axios and got keep what the server answered. */
const BODIES = ['error', 'body', 'responseBody', 'data'] as const
const NAMES = ['name', 'code', 'type'] as const

/** Reads an error apart. May throw what the error's own fields throw. */
export function traceOf(thrown: Record<string, unknown>): Trace {
  const links = chainOf(thrown)
  // Each may carry the response itself, as axios's and AWS's do.
  const parts = links.flatMap((link) => [
    link,
    ...['response', '$response', '$metadata'].map((key) => link[key]),
  ])
  const records = parts.filter(isRecord)
  return {
    names: links.flatMap(namesOf),
    status: records.map(statusOf).find((status) => status !== undefined),
    text: [...links.map(messageIn), ...records.flatMap(bodiesOf)].join('\n'),
    headers: records.flatMap(({ headers, responseHeaders }) => [headers, responseHeaders]),
    retryAfterMs: thrown['retryAfterMs'],
  }
}

/** An HTTP status, be it a number or digits; undefined for whatever is none. */
export function httpStatusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599
    ? status
    : undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** An error, its causes, and the members of an AggregateError, from the outside in. */
function chainOf(thrown: Record<string, unknown>): Record<string, unknown>[] {
  const links = [thrown]
  for (let i = 0; i < links.length; i++) {
    const { cause, errors } = links[i] ?? {}
    const inside: unknown[] = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
    links.push(...inside.filter(isRecord).slice(0, MAX_LINKS - links.length))
  }
  return links
}

function namesOf(link: Record<string, unknown>): string[] {
  const told = NAMES.map((key) => link[key])
  const { constructor: made } = link
  return [...told, typeof made === 'function' ? made.name : ''].filter((name) => typeof name === 'string')
}

function statusOf({ status, statusCode, httpStatusCode, code }: Record<string, unknown>): number | undefined {
  return (
    httpStatusOf(status) ?? httpStatusOf(statusCode) ?? httpStatusOf(httpStatusCode) ?? httpStatusOf(code)
  )
}

function messageIn(link: Record<string, unknown>): string {
  return link instanceof Error || typeof link['message'] === 'string' ? messageOf(link['message']) : ''
}

function bodiesOf(record: Record<string, unknown>): string[] {
  return BODIES.map((key) => record[key])
    .filter((body) => typeof body === 'string' || isPlain(body))
    .map((body) => (typeof body === 'string' ? body : JSON.stringify(recordable(body))).slice(0, MAX_BODY))
}

/** False for streams and the like, which only look like data. */
function isPlain(value: unknown): boolean {
  if (!isRecord(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
