import { isPriceless } from '../analyze/cost-tally.ts'
import type { Call, Trial } from '../model/trial.ts'
import { totalTokens } from '../model/usage.ts'
import { Moments } from '../stats/prediction.ts'
import { baseType, isComparison, isModelGraded } from '../verify/assertion-kind.ts'
import type { Tariff } from './forecast-costs.ts'
import { CostMoments } from './forecast-costs.ts'
import { total } from './forecast-sums.ts'
import { TokenMoments } from './forecast-tokens.ts'

/** Other models, by the names they were asked for by. */
export type Tariffs = ReadonlyMap<string, Tariff>

/** What the cells of one column took in a recorded run, as far as they were answered. */
export class ColumnUsage {
  /** The column's content as it was then. */
  readonly hash: string | undefined
  readonly calls = new Moments()
  readonly tokens = new TokenMoments()
  /** As it was told then. */
  readonly cost = new CostMoments()
  /** Milliseconds of model time, its calls one after the other. */
  readonly busyMs = new Moments()
  /** Cells with a reply that told no token count, and with one that is a tokenizer's estimate. */
  uncounted = 0
  estimated = 0
  /** Cells whose first reply failed its checks. */
  failedFirst = 0
  /** True when failed cells were given feedback. */
  withFeedback = false
  /** Tokens of its longest call, prompt and reply. */
  longestCall = 0
  readonly #elsewhere: ReadonlyMap<string, { readonly tariff: Tariff; readonly cost: CostMoments }>

  /** @param tariffs of other models: what the same calls would cost there is counted too */
  constructor(hash: string | undefined, tariffs: Tariffs = new Map()) {
    this.hash = hash
    this.#elsewhere = new Map(
      Array.from(tariffs, ([name, tariff]) => [name, { tariff, cost: new CostMoments() }]),
    )
  }

  /** Answered cells. */
  get cells(): number {
    return this.calls.n
  }

  /** What its cells would have cost on another model; undefined where their tokens are not known. */
  costOn(model: string): CostMoments | undefined {
    return this.uncounted > 0 ? undefined : this.#elsewhere.get(model)?.cost
  }

  /** @param rounds of feedback that are to be counted, the first reply included: later ones will not be made. */
  add({ attempts, outcome, first, feedback }: Trial, rounds: number): void {
    const counted = attempts.filter(({ attempt = 0 }) => attempt < rounds)
    const replies = counted.filter(({ reply }) => reply !== undefined)
    // A cell without a reply tells what an outage takes; one out of a cache, nothing.
    if (replies.length === 0 || replies.some(({ reply }) => reply?.cached === true)) return
    const usages = counted.flatMap(({ usage }) => usage ?? [])
    this.calls.add(counted.length)
    this.tokens.add(usages)
    this.cost.add(
      counted.map(({ costUsd }) => costUsd),
      !counted.some(isPriceless),
    )
    for (const { tariff, cost } of this.#elsewhere.values())
      cost.add(usages.map((usage) => tariff.price(usage)))
    this.busyMs.add(total(counted, ({ timing }) => timing.latencyMs))
    this.longestCall = Math.max(this.longestCall, ...usages.map(totalTokens))
    if (replies.some(({ usage }) => usage === undefined)) this.uncounted++
    if (usages.some(({ estimated }) => estimated === true)) this.estimated++
    if ((first?.outcome ?? outcome) === 'failed') this.failedFirst++
    if (feedback !== undefined) this.withFeedback = true
  }
}

/** What graders took in recorded runs. */
export class GraderUsage {
  readonly tokens = new TokenMoments()
  readonly cost = new CostMoments()
  readonly busyMs = new Moments()
  uncounted = 0
  /** Verdicts of graders on replies: one may take several calls. */
  #verdicts = 0
  /** Calls that yielded a reply, out of a cache as well: verdicts rest on these too. */
  #answered = 0

  /** Calls to a grader for one check of one reply; undefined where none is on record. */
  get callsPerCheck(): number | undefined {
    return this.#verdicts === 0 || this.calls === 0 ? undefined : this.#answered / this.#verdicts
  }

  get calls(): number {
    return this.tokens.all.n
  }

  addTrial({ checks }: Trial, columns: number): void {
    this.#verdicts += total(checks, ({ type, asks, members }) =>
      // What a custom check graded apart is a part of its one verdict.
      members === undefined || asks !== undefined
        ? (asks ?? gradings(type, columns))
        : total(members, (one) => one.asks ?? gradings(one.type, columns)),
    )
  }

  addCall({ role, result }: Call): void {
    const { reply, usage, costUsd, timing } = result
    if (role !== 'grader' || reply === undefined) return
    this.#answered++
    if (reply.cached === true) return
    this.tokens.add(usage === undefined ? [] : [usage])
    this.cost.add([costUsd])
    this.busyMs.add(timing.latencyMs)
    if (usage === undefined) this.uncounted++
  }
}

/** How often a check asks a grader for one cell: one that compares columns asks once for all of them. */
export function gradings(type: string, columns: number): number {
  if (!isModelGraded(type)) return 0
  return isComparison(baseType(type)) ? 1 / columns : 1
}
