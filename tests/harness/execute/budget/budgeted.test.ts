import { describe, expect, it } from 'vitest'
import type { BudgetLimits } from '../../../../harness/execute/budget/budget.ts'
import { Budget } from '../../../../harness/execute/budget/budget.ts'
import { budgeted } from '../../../../harness/execute/budget/budgeted.ts'
import { createEstimates } from '../../../../harness/execute/budget/estimates.ts'
import type { CallModel, CallResult } from '../../../../harness/execute/call.ts'
import type { FailureKind } from '../../../../harness/model/failure.ts'
import type { Attempt } from '../../../../harness/model/trial.ts'
import { openPrices } from '../../../../harness/pricing/open-prices.ts'
import { attemptOf, requestOf } from './make-request.ts'

const prices = await openPrices()

function engine(
  limits: BudgetLimits,
  next: CallModel,
): { call: CallModel; budget: Budget; clock: { ms: number } } {
  const clock = { ms: 0 }
  const budget = new Budget({ limits, timers: { now: () => clock.ms, after: () => () => {} } })
  return { call: budgeted(budget, createEstimates(prices))(next), budget, clock }
}

const answers =
  (attempt: Attempt): CallModel =>
  () =>
    Promise.resolve({ attempt, earlier: [] })

const PRICED = requestOf({ model: 'simulated:sonnet', prompt: 'a'.repeat(300), config: { max_tokens: 100 } })
const PRICED_ESTIMATE = (100 * 3 + 100 * 15) / 1e6

describe('a call under a budget', () => {
  it('counts with what it really took', async () => {
    const { call, budget } = engine(
      { usd: 1 },
      answers(attemptOf({ usage: { input: 90, output: 10 }, costUsd: 0.25 })),
    )
    await call(PRICED)
    await call({ ...PRICED, role: 'grader' })
    expect(budget.spent).toEqual({ usd: 0.5, tokens: 200, calls: 2 })
  })

  it('is withheld when it does not fit, and not made', async () => {
    let made = 0
    const { call } = engine({ calls: 1 }, (request) => {
      made++
      return answers(attemptOf({ costUsd: 0 }))(request)
    })
    await call(PRICED)
    expect(await call(PRICED)).toEqual({
      withheld: 'budget',
      account: 'm',
      message: 'the budget of 1 call is used up',
    })
    expect(made).toBe(1)
  })

  it('has the time it waited for others told as queueing', async () => {
    const ends: (() => void)[] = []
    const { call, clock } = engine(
      { usd: 1 },
      () =>
        new Promise<CallResult>((resolve) => {
          ends.push(() => resolve({ attempt: attemptOf({ costUsd: 0.1 }), earlier: [] }))
        }),
    )
    const [first, second] = [call(requestOf()), call(requestOf())]
    await new Promise(setImmediate)
    clock.ms = 70
    ends[0]?.()
    await first
    await new Promise(setImmediate)
    ends[1]?.()
    expect(await second).toMatchObject({ attempt: { timing: { queuedMs: 70, latencyMs: 10 } } })
  })

  it.each([
    ['timeout', PRICED_ESTIMATE],
    ['aborted', PRICED_ESTIMATE],
    ['no_output', PRICED_ESTIMATE],
    ['unknown', PRICED_ESTIMATE],
    ['throttled', 0],
    ['unavailable', 0],
    ['auth', 0],
    ['credit', 0],
  ] satisfies [FailureKind, number][])(
    'that failed (%s) and tells no cost counts as %d USD',
    async (kind, usd) => {
      const { call, budget } = engine(
        { usd: 1 },
        answers(attemptOf({ failure: { kind, message: 'broken' } })),
      )
      await call(PRICED)
      expect(budget.spent).toEqual({ usd, tokens: usd === 0 ? 0 : 200, calls: 1 })
    },
  )

  it('that was refused as invalid costs nothing, one whose reply was unreadable its estimate', async () => {
    const refused = { kind: 'invalid', message: 'no such model', status: 400 } as const
    const first = engine({ usd: 1 }, answers(attemptOf({ failure: refused })))
    await first.call(PRICED)
    expect(first.budget.spent.usd).toBe(0)
    const unreadable = { kind: 'invalid', message: 'the provider returned nothing' } as const
    const second = engine({ usd: 1 }, answers(attemptOf({ failure: unreadable })))
    await second.call(PRICED)
    expect(second.budget.spent.usd).toBe(PRICED_ESTIMATE)
  })

  it('that failed and tells its cost counts with that', async () => {
    const failure = { kind: 'throttled', message: 'slow down' } as const
    const { call, budget } = engine({ usd: 1 }, answers(attemptOf({ failure, costUsd: 0.3 })))
    await call(PRICED)
    expect(budget.spent.usd).toBe(0.3)
  })

  it('that was withheld further in costs nothing', async () => {
    const { call, budget } = engine({ usd: 1 }, () =>
      Promise.resolve({ withheld: 'stopped', account: 'm', message: 'stopped' }),
    )
    expect(await call(PRICED)).toMatchObject({ withheld: 'stopped' })
    expect(budget.spent).toMatchObject({ usd: 0, tokens: 0 })
  })

  it('lets many go at once as long as there is room for the longest replies of all', async () => {
    let most = 0
    let inFlight = 0
    const { call, budget } = engine({ usd: 10 * PRICED_ESTIMATE * 1.25 }, async () => {
      most = Math.max(most, ++inFlight)
      await new Promise(setImmediate)
      inFlight--
      return { attempt: attemptOf({ usage: { input: 100, output: 5 }, costUsd: 'unknown' }), earlier: [] }
    })
    const results = await Promise.all(Array.from({ length: 25 }, () => call(PRICED)))
    expect(results.filter((result) => 'attempt' in result)).toHaveLength(25)
    expect(most).toBe(10)
    expect(budget.spent.usd).toBeCloseTo((25 * (100 * 3 + 5 * 15)) / 1e6, 12)
  })
})
