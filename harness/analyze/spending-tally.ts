import type { Spend, Spending } from '../model/analysis.ts'
import type { Call } from '../model/trial.ts'
import { CostTally } from './cost-tally.ts'
import { TokenTally } from './token-tally.ts'

const PARTS = ['firstTries', 'feedback', 'graders'] as const

/** What calls took that were made: those of models by their round, those of graders, and all together. */
export class SpendingTally {
  readonly #total = new SpendTally()
  readonly #parts = {
    firstTries: new SpendTally(),
    feedback: new SpendTally(),
    graders: new SpendTally(),
  }

  addCall(call: Call): void {
    this.#total.addCall(call)
    this.#parts[partOf(call)].addCall(call)
  }

  /** What another run took. */
  add(spending: Spending): void {
    this.#total.add(spending.total)
    for (const part of PARTS) {
      const spend = spending[part]
      if (spend !== undefined) this.#parts[part].add(spend)
    }
  }

  get total(): Spend {
    return this.#total.finish()
  }

  /** Undefined where no call was made. */
  finish(): Spending | undefined {
    if (this.#total.calls === 0) return undefined
    const { firstTries, feedback, graders } = this.#parts
    return {
      total: this.#total.finish(),
      ...(firstTries.calls > 0 && { firstTries: firstTries.finish() }),
      ...(feedback.calls > 0 && { feedback: feedback.finish() }),
      ...(graders.calls > 0 && { graders: graders.finish() }),
    }
  }
}

function partOf({ role, attempt }: Call): (typeof PARTS)[number] {
  if (role === 'grader') return 'graders'
  return attempt > 0 ? 'feedback' : 'firstTries'
}

class SpendTally {
  calls = 0
  readonly #tokens = new TokenTally()
  readonly #cost = new CostTally()

  addCall({ result }: Call): void {
    this.calls++
    this.#tokens.add(result)
    this.#cost.addCall(result)
  }

  add({ calls, tokens, costUsd, atLeastUsd = 0 }: Spend): void {
    this.calls += calls
    this.#tokens.addTotals(tokens)
    this.#cost.add(costUsd)
    if (costUsd === 'unknown') this.#cost.add(atLeastUsd)
  }

  finish(): Spend {
    const { value, atLeast } = this.#cost
    return {
      calls: this.calls,
      tokens: this.#tokens.finish(),
      costUsd: value,
      ...(atLeast !== undefined && { atLeastUsd: atLeast }),
    }
  }
}
