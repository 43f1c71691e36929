import type { Failure } from '../../../harness/model/failure.ts'
import { messageOf } from '../../../harness/model/errors.ts'

/** Why a call was cut short from this side. */
export type CutShort = Failure & { readonly kind: 'aborted' | 'timeout' }

/** Ends a call that is no longer wanted, or takes too long. */
export class Limit {
  /** Set from then on. */
  cutShort: CutShort | undefined
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal | undefined
  readonly #timeoutMs: number | undefined
  #timer: NodeJS.Timeout | undefined

  /** @param timeoutMs milliseconds from the request's departure to the last byte */
  constructor(outer: AbortSignal | undefined, timeoutMs: number | undefined) {
    this.#outer = outer
    this.#timeoutMs = timeoutMs
    if (outer?.aborted === true) this.#abort()
    else outer?.addEventListener('abort', this.#abort, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The request is on its way. */
  readonly start = (): void => {
    const ms = this.#timeoutMs
    if (ms === undefined || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#end({ kind: 'timeout', message: `there was no full reply within ${ms} ms` })
    }, ms)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#outer?.removeEventListener('abort', this.#abort)
  }

  readonly #abort = (): void => {
    this.#end({ kind: 'aborted', message: `the call was aborted: ${messageOf(this.#outer?.reason)}` })
  }

  #end(why: CutShort): void {
    this.cutShort ??= why
    this.#controller.abort()
  }
}
