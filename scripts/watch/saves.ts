/** An editor writes a file in several steps, and several files at once: what comes within so many ms is one save. */
const QUIET_MS = 150
const POLL_MS = 1_000

/** Gathers events until they pause. */
export class Saves {
  #isDirty = false
  #quiet: NodeJS.Timeout | undefined
  #polling: NodeJS.Timeout | undefined
  #wake: (() => void) | undefined

  readonly add = (): void => {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      this.#isDirty = true
      this.#wake?.()
    }, QUIET_MS)
  }

  /** Takes it from now on that something may have happened every second. @returns false where it did so already */
  poll(): boolean {
    if (this.#polling !== undefined) return false
    this.#polling = setInterval(() => {
      this.#isDirty = true
      this.#wake?.()
    }, POLL_MS)
    return true
  }

  /** Resolves with true after the next pause, or with false once aborted. What came before it was asked counts. */
  async next(signal: AbortSignal): Promise<boolean> {
    if (!this.#isDirty && !signal.aborted)
      await new Promise<void>((done) => {
        this.#wake = done
        signal.addEventListener('abort', () => done(), { once: true })
      })
    this.#wake = undefined
    this.#isDirty = false
    return !signal.aborted
  }

  close(): void {
    clearTimeout(this.#quiet)
    clearInterval(this.#polling)
  }
}
