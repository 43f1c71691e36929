import type { AttemptRecord, Call, Trial } from '../model/trial.ts'
import { inputTokens } from '../model/usage.ts'
import { Moments } from '../stats/prediction.ts'
import { baseType, isComparison, isModelGraded } from '../verify/assertion-kind.ts'

/** What the cells of one column took in a recorded run, as far as they were answered. */
export class ColumnUsage {
  /** The column's content as it was then. */
  readonly hash: string | undefined
  readonly calls = new Moments()
  readonly input = new Moments()
  readonly output = new Moments()
  readonly tokens = new Moments()
  readonly costUsd = new Moments()
  /** Milliseconds of model time, its calls one after the other. */
  readonly busyMs = new Moments()
  /** Replies that told no token count, and no cost. */
  uncounted = 0
  unpriced = 0
  /** Cells whose first reply failed its checks. */
  failedFirst = 0
  /** True when failed cells were given feedback. */
  withFeedback = false

  constructor(hash: string | undefined) {
    this.hash = hash
  }

  /** Answered cells. */
  get cells(): number {
    return this.calls.n
  }

  /** @param rounds of feedback that are to be counted, the first reply included: later ones will not be made. */
  add({ attempts, outcome, first, feedback }: Trial, rounds: number): void {
    const counted = attempts.filter(({ attempt = 0 }) => attempt < rounds)
    const replies = counted.filter(({ reply }) => reply !== undefined)
    // A cell without a reply tells what an outage takes; one out of a cache, nothing.
    if (replies.length === 0 || replies.some(({ reply }) => reply?.cached === true)) return
    const input = sum(counted, ({ usage }) => (usage === undefined ? 0 : inputTokens(usage)))
    const output = sum(counted, ({ usage }) => usage?.output ?? 0)
    this.calls.add(counted.length)
    this.input.add(input)
    this.output.add(output)
    this.tokens.add(input + output)
    this.costUsd.add(sum(counted, ({ costUsd }) => (costUsd === 'unknown' ? 0 : costUsd)))
    this.busyMs.add(sum(counted, ({ timing }) => timing.latencyMs))
    if (replies.some(({ usage }) => usage === undefined)) this.uncounted++
    if (replies.some(({ costUsd }) => costUsd === 'unknown')) this.unpriced++
    if ((first?.outcome ?? outcome) === 'failed') this.failedFirst++
    if (feedback !== undefined) this.withFeedback = true
  }
}

/** What graders took in recorded runs. */
export class GraderUsage {
  readonly input = new Moments()
  readonly output = new Moments()
  readonly tokens = new Moments()
  readonly costUsd = new Moments()
  readonly busyMs = new Moments()
  uncounted = 0
  unpriced = 0
  /** Verdicts of graders on replies: one may take several calls. */
  #verdicts = 0

  /** Calls to a grader for one check of one reply; undefined where none is on record. */
  get callsPerCheck(): number | undefined {
    return this.#verdicts === 0 || this.calls === 0 ? undefined : this.calls / this.#verdicts
  }

  get calls(): number {
    return this.tokens.n
  }

  addTrial({ checks }: Trial, columns: number): void {
    this.#verdicts += sum(checks, ({ type, members }) =>
      members === undefined ? gradings(type, columns) : sum(members, (one) => gradings(one.type, columns)),
    )
  }

  addCall({ role, result }: Call): void {
    const { reply, usage, costUsd, timing } = result
    if (role !== 'grader' || reply === undefined || reply.cached === true) return
    const { input, output } = usage ?? { input: 0, output: 0 }
    this.input.add(input)
    this.output.add(output)
    this.tokens.add(input + output)
    this.costUsd.add(costUsd === 'unknown' ? 0 : costUsd)
    this.busyMs.add(timing.latencyMs)
    if (usage === undefined) this.uncounted++
    if (costUsd === 'unknown') this.unpriced++
  }
}

/** How often a check asks a grader for one cell: one that compares columns asks once for all of them. */
export function gradings(type: string, columns: number): number {
  if (!isModelGraded(type)) return 0
  return isComparison(baseType(type)) ? 1 / columns : 1
}

function sum<T extends AttemptRecord | { readonly type: string }>(
  items: readonly T[],
  of: (item: T) => number,
): number {
  return items.reduce((total, item) => total + of(item), 0)
}
