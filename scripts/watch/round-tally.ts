import type { Call, Trial } from '../../harness/model/trial.ts'
import type { RoundProgress } from './messages.ts'

/** Milliseconds between two messages of how far a round is. */
const PACE_MS = 150

/** Counts what a round does, while it goes on. */
export class RoundTally {
  readonly #onProgress: (progress: RoundProgress) => void
  /** Cells whose model was called now, and those that the cassette or the cache answered. */
  readonly #called = new Set<string>()
  readonly #cached = new Set<string>()
  readonly #counts = { planned: 0, kept: 0, trials: 0, again: 0, failed: 0, errored: 0 }
  #isAgain = false
  #told = -Infinity

  constructor(onProgress: (progress: RoundProgress) => void) {
    this.#onProgress = onProgress
  }

  begin(planned: number, onRecord: number): void {
    this.#counts.planned = planned
    this.#counts.kept = onRecord
    this.#tell()
  }

  /** Columns are run again for the comparison: what follows is of that. */
  beginAgain(planned: number, onRecord: number): void {
    this.#isAgain = true
    this.#counts.planned += planned
    this.#counts.again += onRecord
    this.#tell()
  }

  addCall({ role, cellId, result }: Call): void {
    if (role !== 'model' || this.#isAgain) return
    if (result.reply?.cached === true) this.#cached.add(cellId)
    else this.#called.add(cellId)
  }

  addTrial({ outcome }: Trial): void {
    this.#counts[this.#isAgain ? 'again' : 'trials']++
    if (outcome === 'failed') this.#counts.failed++
    if (outcome === 'errored') this.#counts.errored++
    this.#tell()
  }

  /** Cells by what became of them in this round. */
  get cells(): {
    readonly called: number
    readonly cached: number
    readonly rechecked: number
    readonly kept: number
  } {
    const called = this.#called.size
    const cached = [...this.#cached].filter((id) => !this.#called.has(id)).length
    const { trials, kept } = this.#counts
    return { called, cached, rechecked: Math.max(0, trials - called - cached), kept }
  }

  #tell(): void {
    const { planned, kept, trials, again, failed, errored } = this.#counts
    const finished = kept + trials + again
    const now = performance.now()
    if (now - this.#told < PACE_MS && finished < planned) return
    this.#told = now
    this.#onProgress({ planned, finished, failed, errored })
  }
}
