import type { AccountState } from '../model/account-state.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { Spent } from '../model/spent.ts'
import type { Suite } from '../model/suite.ts'
import type { Call } from '../model/trial.ts'
import type { Prices } from '../pricing/open-prices.ts'
import type { BudgetLimits } from './budget/budget.ts'
import { Budget } from './budget/budget.ts'
import { budgeted } from './budget/budgeted.ts'
import { createEstimates } from './budget/estimates.ts'
import { AccountTally } from './account-tally.ts'
import type { CallModel, ModelRequest, Withheld, WrapCall } from './call.ts'
import type { Marks } from './call-model.ts'
import { createCallModel } from './call-model.ts'
import { Deadlines } from './deadlines.ts'
import type { Graders } from './graders.ts'
import { limitOf } from './limits/limit-of.ts'
import { limited } from './limits/limited.ts'
import { createLimiters } from './limits/limiters.ts'
import { recorded } from './recorded.ts'
import type { Tape } from './replayed.ts'
import { replayed } from './replayed.ts'
import type { StoredCalls } from './resumed.ts'
import { resumed } from './resumed.ts'
import { retried } from './retry/retried.ts'
import { RetryBudget } from './retry/retry-budget.ts'
import type { Stop } from './stop.ts'
import type { Timers } from './timers.ts'
import { realTimers } from './timers.ts'
import type { Journal } from './write-line.ts'
import { writeLine } from './write-line.ts'

const DEFAULT_TIMEOUT_MS = 300_000

export interface EngineDeps {
  /** By provider key, as `loadProviders` returns them. */
  readonly providers: ReadonlyMap<string, Provider>
  readonly journal: Journal
  /** `now`: milliseconds on a monotonic clock. */
  readonly clock: { now(): number; wallClock(): Date }
  /** What calls cost; without them it is what their providers tell. */
  readonly prices?: Prices | undefined
  /** By default the process's own, on the same clock. */
  readonly timers?: Timers | undefined
  /** Numbers in [0, 1), for backoff. */
  readonly random?: (() => number) | undefined
  /** Calls in flight per account, instead of what the suite says. */
  readonly concurrency?: number | undefined
  /** Instead of what the suite says. */
  readonly budget?: BudgetLimits | undefined
  /** What earlier sessions of the run spent of it. */
  readonly spent?: Spent | undefined
  /** Answers every call in place of the engine: with the replies of another run's record. */
  readonly answer?: CallModel | undefined
  /** True where graders are asked all the same. */
  readonly asksGraders?: boolean | undefined
  /** Asks through the engine whatever the verifier asks of graders: their accounts have limits too. */
  readonly graders?: Graders | undefined
  /** What an earlier session of the run recorded. */
  readonly stored?: StoredCalls | undefined
  /** Cassette and cache. */
  readonly tape?: Tape | undefined
  /** Told which provider is running, should one block the thread. */
  readonly watchdog?: Marks | undefined
  /** Told of every call that is on record. */
  readonly onCall?: ((call: Call) => void) | undefined
  /** Told when an account is in trouble, and when it is well again. */
  readonly onAccount?: ((account: string, state: AccountState) => void) | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/** Makes the calls of a run. */
export interface Engine {
  readonly call: CallModel
  readonly tally: AccountTally
  readonly timers: Timers
  /** Calls of an account in flight at most, as far as is known when the run starts. */
  limitOf(account: string): number
  /** Why an account is not asked any more, once it is given up. */
  givenUp(account: string): Withheld | undefined
  /** The limit of the run's budget that was reached first, in a sentence. */
  budgetReached(): string | undefined
  /** Cuts the calls in flight short, and every later one at once. */
  abort(): void
  close(): void
}

/**
 * Puts the engine together: each part wraps the next. From the outside in, a call is looked up in what the run recorded
 * before and on the tapes (cassette, cache); else it is tried, and tried again, each try on record before anyone hears of
 * it; a try waits for its account's leave, then for the budget's, and is made.
 */
export function openEngine(plan: Plan, stop: Stop, deps: EngineDeps): Engine {
  const { clock, journal, watchdog, tape, stored, answer, asksGraders = false, onCall = () => {} } = deps
  const { suite } = plan
  const timers = deps.timers ?? realTimers(() => clock.now())
  const random = deps.random ?? Math.random
  const deadlines = new Deadlines(suite.assay.timeoutMs ?? DEFAULT_TIMEOUT_MS, () => clock.now())
  const tally = new AccountTally(() => clock.wallClock())
  const given = new Map<string, Withheld>()
  const asked = () => [...suite.providers, ...(deps.graders?.loaded.values() ?? [])]
  const limiters = createLimiters({
    limitOf: (account) => limitOf(account, { ...suite, providers: asked() }, deps.concurrency),
    timers,
    random,
    outageMs: suite.assay.retry?.outageMs,
    onGivenUp: (account, { cause, message }) => given.set(account, { withheld: cause, account, message }),
    onState: (account, state) => deps.onAccount?.(account, state),
  })
  const spending = openSpending(deps.budget ?? suite.assay.budget, suite, timers, stop, deps)
  stop.onStop(() => limiters.stop())

  const write = recorded({
    write: (line) => writeLine(journal, line),
    onCall(call, request, place) {
      tally.ended(request.spec.account)
      if (place !== undefined) tape?.remember(call, request, place)
      onCall(call)
    },
  })
  const plain = createCallModel({
    clock,
    deadlines,
    prices: deps.prices,
    watchdog,
    onWarning: deps.onWarning,
  })
  const counted: CallModel = (request) => {
    tally.started(request.spec.account)
    return plain(request)
  }
  const live = chain(
    stored === undefined ? through : resumed(stored),
    tape === undefined ? through : replayed(tape, write),
    retried({ settings: suite.assay.retry, timers, random, budget: new RetryBudget(), stop }),
    write,
    limited(limiters, spending.tokensOf),
    spending.wrap,
  )
  const called = live(counted)
  const answered = answer === undefined ? called : write(answer)
  return {
    call: asksGraders ? (request) => (request.role === 'grader' ? called : answered)(request) : answered,
    tally,
    timers,
    limitOf: (account) => limiters.of(account).ceiling,
    givenUp: (account) => given.get(account),
    budgetReached: () => spending.budget?.reached?.message,
    abort: () => deadlines.abortAll(),
    close() {
      limiters.stop()
      spending.budget?.stop()
      deadlines.close()
    },
  }
}

interface Spending {
  readonly wrap: WrapCall
  /** What a call is expected to use, its reply included. */
  readonly tokensOf: (request: ModelRequest) => number
  readonly budget?: Budget
}

/** Estimates and the budget, where something is limited by them. */
function openSpending(
  limits: BudgetLimits | undefined,
  { assay }: Suite,
  timers: Timers,
  stop: Stop,
  { spent, prices, clock, onWarning }: EngineDeps,
): Spending {
  const countsTokens = Object.values(assay.limits ?? {}).some(({ tpm }) => tpm !== undefined)
  const estimates = createEstimates(prices, () => clock.wallClock())
  const tokensOf = (request: ModelRequest): number => {
    const { inputTokens, outputTokens } = estimates.of(request)
    return inputTokens + outputTokens
  }
  if (limits === undefined && !countsTokens) return { wrap: through, tokensOf }
  const budget = new Budget({
    limits: limits ?? {},
    timers,
    onReached({ message }) {
      onWarning?.(message)
      stop.request()
    },
  })
  if (spent !== undefined) budget.add(spent)
  stop.onStop(() => budget.stop())
  return { wrap: budgeted(budget, estimates), tokensOf, budget }
}

const through: WrapCall = (next) => next

/** The first wraps the second, and so on. */
function chain(...parts: readonly WrapCall[]): WrapCall {
  return (call) => parts.reduceRight((next, wrap) => wrap(next), call)
}
