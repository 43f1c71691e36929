import type { IncomingMessage } from 'node:http'
import type { Told } from '../../harness/model/provider.ts'
import type { Findings } from './reply/findings.ts'
import type { Reader } from './reply/reader.ts'

interface Clock {
  now(): number
}

/** What is known of a call while it lasts, be it that it ends badly. Times are the clock's, in milliseconds. */
export class Observed {
  readonly clock: Clock
  readonly findings: Findings
  readonly warnings: string[] = []
  response: IncomingMessage | undefined
  reader: Reader | undefined
  #leftAt: number | undefined
  #endedAt: number | undefined

  constructor(clock: Clock, findings: Findings) {
    this.clock = clock
    this.findings = findings
  }

  readonly warn = (warning: string): void => void this.warnings.push(warning)

  /** The request leaves. Redirects are part of the call. */
  left(): void {
    this.#leftAt ??= this.clock.now()
  }

  /** A byte of the reply was there, which may be the last. */
  came(at: number): void {
    this.#endedAt = at
  }

  /** To the last byte; undefined where no reply had begun. */
  timing(): Told['timing'] {
    if (this.#leftAt === undefined || this.response === undefined) return undefined
    const firstAt = this.reader?.firstAt
    return {
      ...(firstAt !== undefined && { ttftMs: firstAt - this.#leftAt }),
      latencyMs: (this.#endedAt ?? this.clock.now()) - this.#leftAt,
    }
  }

  /** Where promptfoo's http provider puts it. Cookies are credentials. */
  wire(): Record<string, unknown> {
    if (this.response === undefined) return {}
    const { statusCode, statusMessage, headers } = this.response
    const { 'set-cookie': _cookies, ...shown } = headers
    return { http: { status: statusCode, statusText: statusMessage, headers: shown } }
  }
}
