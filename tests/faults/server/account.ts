import { fractionOf, logNormal } from './random.ts'
import { RateWindow } from './rate-window.ts'
import type { AccountScript, Step } from './script.ts'

/** One account at the server: decides how its next request is answered. */
export class Account {
  inFlight = 0
  readonly #script: AccountScript
  readonly #seed: number
  readonly #tries = new Map<string, number>()
  readonly #window: RateWindow | undefined

  constructor(script: AccountScript, seed: number) {
    this.#script = script
    this.#seed = seed
    this.#window = script.rate && new RateWindow(script.rate)
  }

  /** @param now milliseconds since the epoch, as windows on the clock need them. */
  next(prompt: string, now: number): Step {
    const { rate, latency } = this.#script
    if (this.#window?.admits(now) === false) {
      const retryAfter = rate?.retryAfter
      return { do: 'status', status: 429, ...(retryAfter !== undefined && { retryAfter }) }
    }
    const nth = this.#tries.get(prompt) ?? 0
    this.#tries.set(prompt, nth + 1)
    const fault = this.#fault(prompt, nth)
    if (fault !== undefined) return fault
    if (latency === undefined) return { do: 'reply' }
    const { medianMs, sigma = 0 } = latency
    return { do: 'reply', afterMs: logNormal(medianMs, sigma, this.#seed, prompt, nth) }
  }

  /** The same prompt gets the same reply, another one in each round of feedback. */
  textFor(prompt: string): string {
    if (this.#script.grades === true) return JSON.stringify({ pass: true, score: 1, reason: 'well said' })
    const [question = ''] = prompt.split('\n')
    return `re: ${question} (round ${prompt.split('re: ').length - 1})`
  }

  #fault(prompt: string, nth: number): Step | undefined {
    const { steps = [], share = 1, forever = false } = this.#script.faults ?? {}
    if (share < 1 && fractionOf('fault', this.#seed, prompt) >= share) return undefined
    return steps[forever ? Math.min(nth, steps.length - 1) : nth]
  }
}
