/** Ends a call from this side: its time is up, or whoever made it wants it no longer. */
export class Cut {
  #why: 'aborted' | 'timeout' | undefined
  #destroy: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = (): void => this.#cut('aborted')

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    if (signal?.aborted === true) this.#cut('aborted')
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Why the call was ended, once it was. */
  get why(): 'aborted' | 'timeout' | undefined {
    return this.#why
  }

  /** The call's time begins, in milliseconds; once. */
  start(timeoutMs: number | undefined): void {
    if (timeoutMs !== undefined) this.#timer ??= setTimeout(() => this.#cut('timeout'), timeoutMs)
  }

  /** What is to be torn down; takes the place of what was named before. */
  guard(destroy: () => void): void {
    this.#destroy = destroy
    if (this.#why !== undefined) destroy()
  }

  /** The call has ended by itself. */
  release(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#destroy = undefined
  }

  #cut(why: 'aborted' | 'timeout'): void {
    this.#why ??= why
    this.#destroy?.()
  }
}
