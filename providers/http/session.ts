import type { IncomingHttpHeaders } from 'node:http'
import type { CallContext } from '../../harness/model/provider.ts'
import type { HttpConfig } from './config.ts'
import type { Path } from './path.ts'

/** Conversations whose session is remembered: the oldest are forgotten beyond that. */
const REMEMBERED = 10_000

/** The sessions that a backend opened, by conversation. */
export class Sessions {
  readonly #ids = new Map<string, string>()

  of(conversation: string | undefined): string | undefined {
    return conversation === undefined ? undefined : this.#ids.get(conversation)
  }

  remember(conversation: string | undefined, id: string): void {
    if (conversation === undefined) return
    this.#ids.delete(conversation)
    this.#ids.set(conversation, id)
    for (const oldest of this.#ids.keys()) {
      if (this.#ids.size <= REMEMBERED) break
      this.#ids.delete(oldest)
    }
  }
}

/**
 * The conversation that a call is a turn of: calls with one `metadata.conversationId`, prompt and repeat, or one prompt that
 * reads `_conversation`. Undefined for a call that stands alone.
 */
export function conversationOf(context: Partial<CallContext> | undefined): string | undefined {
  const test = context?.test as { metadata?: Record<string, unknown> } | undefined
  const id = test?.metadata?.['conversationId']
  const prompt = context?.prompt?.raw
  if (id === undefined && prompt?.includes('_conversation') !== true) return undefined
  return JSON.stringify([prompt, id, context?.repeatIndex])
}

/** The id of a session that a reply tells, as text. @param told what the reply has at a path */
export function sessionIdIn(
  { header, cookie, path }: NonNullable<HttpConfig['session']>['from'],
  headers: IncomingHttpHeaders,
  told: (path: Path) => unknown,
): string | undefined {
  if (header !== undefined) return idOf(headers[header.toLowerCase()])
  if (cookie !== undefined) return cookieIn(headers['set-cookie'] ?? [], cookie)
  return path === undefined ? undefined : idOf(told(path))
}

function cookieIn(set: readonly string[], name: string): string | undefined {
  const own = set.findLast((each) => each.startsWith(`${name}=`))
  return own === undefined
    ? undefined
    : idOf(
        own
          .slice(name.length + 1)
          .split(';', 1)[0]
          ?.trim(),
      )
}

/** An id as text, be it a number; undefined for what can be none. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
