import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BudgetLimits } from '../../../../harness/execute/budget/budget.ts'
import { Budget } from '../../../../harness/execute/budget/budget.ts'
import type { Estimate } from '../../../../harness/execute/budget/estimates.ts'
import type { Refusal, Reservation } from '../../../../harness/execute/budget/leave.ts'
import type { Reached } from '../../../../harness/execute/budget/reached.ts'
import { FakeTimers } from '../fake-timers.ts'
import { estimateOf } from './make-request.ts'

function open(limits: BudgetLimits): { budget: Budget; told: Reached[]; clock: { ms: number } } {
  const told: Reached[] = []
  const clock = { ms: 0 }
  const timers = { now: () => clock.ms, after: () => () => {} }
  return { budget: new Budget({ limits, timers, onReached: (reached) => told.push(reached) }), told, clock }
}

function ask(budget: Budget, over: Partial<Estimate> = {}, provider = 'm'): Promise<Reservation | Refusal> {
  return Promise.resolve(budget.reserve(provider, () => estimateOf(over)))
}

async function leave(asked: Promise<Reservation | Refusal>): Promise<Reservation> {
  const answer = await asked
  if ('refused' in answer) throw new Error(answer.message)
  return answer
}

/** What became of each by now. */
async function states(asked: readonly Promise<Reservation | Refusal>[]): Promise<string[]> {
  const waiting = new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))
  const seen = await Promise.all(asked.map((one) => Promise.race([one, waiting])))
  return seen.map((one) => (one === 'waiting' ? one : 'refused' in one ? one.refused : 'leave'))
}

const cost = (costUsd: number): { tokens: number; costUsd: number } => ({ tokens: 0, costUsd })

describe('a budget', () => {
  it('without limits lets every call go at once', () => {
    const { budget } = open({})
    for (let i = 0; i < 1_000; i++)
      expect(budget.reserve('m', () => estimateOf({ isGuess: true }))).toHaveProperty('settle')
  })

  it('has a call wait while those in flight may leave room for it, and lets it go when they did', async () => {
    const { budget } = open({ usd: 3 })
    const first = await leave(ask(budget)) // may take 2 of the 3
    const others = [ask(budget), ask(budget)]
    expect(await states(others)).toEqual(['leave', 'waiting'])
    first.settle(cost(0.2), true)
    expect(await states(others)).toEqual(['leave', 'waiting'])
    ;(await leave(others[0] as Promise<Reservation>)).settle(cost(0.2), true)
    expect(await states(others)).toEqual(['leave', 'leave'])
    expect(budget.reached).toBeUndefined()
  })

  it('refuses at once what would not fit even if nothing in flight took anything', async () => {
    const { budget, told } = open({ usd: 1.5 })
    await leave(ask(budget))
    expect(await ask(budget, { costUsd: 1.6 })).toMatchObject({ refused: 'budget' })
    expect(told).toHaveLength(1)
  })

  it('refuses those that wait once what was in flight has left no room', async () => {
    const { budget, told } = open({ usd: 1.5 })
    const first = await leave(ask(budget))
    const others = [ask(budget), ask(budget)]
    expect(await states(others)).toEqual(['waiting', 'waiting'])
    first.settle(cost(1.2), true)
    expect(await states(others)).toEqual(['budget', 'budget'])
    expect(told).toEqual([budget.reached])
    expect(budget.reached).toMatchObject({ kind: 'usd', limit: 1.5, spent: 1.2 })
  })

  it('still lets a smaller call go after it has refused a larger one, so that cells under way can end', async () => {
    const { budget, told } = open({ usd: 1 })
    ;(await leave(ask(budget, { costUsd: 0.9 }))).settle(cost(0.9), true)
    expect(await ask(budget, { costUsd: 0.5 })).toMatchObject({ refused: 'budget' })
    expect(await ask(budget, { costUsd: 0.05 })).toHaveProperty('settle')
    expect(told).toHaveLength(1)
  })

  it('is used up to the last cent, whatever the rounding of its sums', async () => {
    const { budget } = open({ usd: 0.3 })
    for (let i = 0; i < 3; i++) (await leave(ask(budget, { costUsd: 0.1 }))).settle(cost(0.1), true)
    expect(await ask(budget, { costUsd: 0.1 })).toMatchObject({
      refused: 'budget',
      message: 'the budget of $0.3 is used up',
    })
  })

  it('smaller than any call is refused before anything is called, in a sentence that says what to do', async () => {
    const { budget } = open({ usd: 0.001 })
    const estimate = { inputTokens: 20, tokens: 1_020, costUsd: 0.0151, isGuess: true }
    expect(await ask(budget, estimate)).toEqual({
      refused: 'budget',
      message:
        "the budget of $0.001 is smaller than a single call, which may take $0.0151 (20 tokens in, up to 1000 out): raise it, or lower the provider's max_tokens",
    })
    expect(budget.spent.calls).toBe(0)
  })

  it('counts tokens and calls of all providers together', async () => {
    const tokens = open({ tokens: 250 }).budget
    ;(await leave(ask(tokens, {}, 'a'))).settle({ tokens: 120, costUsd: 'unknown' }, true)
    ;(await leave(ask(tokens, {}, 'b'))).settle({ tokens: 110, costUsd: 'unknown' }, true)
    expect(await ask(tokens, {}, 'a')).toMatchObject({
      message: expect.stringContaining('the budget of 250 tokens is used up: 230 tokens spent') as string,
    })
    const calls = open({ calls: 2 }).budget
    await leave(ask(calls, {}, 'a'))
    await leave(ask(calls, {}, 'b'))
    expect(await ask(calls, {}, 'c')).toMatchObject({ message: 'the budget of 2 calls is used up' })
  })

  it('starts nothing once its minutes are over', async () => {
    const { budget, clock } = open({ minutes: 2 })
    clock.ms = 119_999
    await leave(ask(budget))
    clock.ms = 120_000
    expect(await ask(budget)).toMatchObject({ message: 'the budget of 2 minutes is used up' })
  })

  it('is told when its minutes are over, though every call waits and none asks', async () => {
    const timers = new FakeTimers()
    const told: Reached[] = []
    const budget = new Budget({
      limits: { minutes: 0.5 },
      timers,
      onReached: (reached) => told.push(reached),
    })
    await timers.pass(29_999)
    expect(told).toEqual([])
    await timers.pass(1)
    expect(told).toMatchObject([{ kind: 'minutes', message: 'the budget of 0.5 minutes is used up' }])
    expect(budget.reached).toBe(told[0])
    expect(await ask(budget)).toMatchObject({ refused: 'budget' })
    expect(told).toHaveLength(1)
  })

  it('leaves no timer behind once the run is over', () => {
    const timers = new FakeTimers()
    new Budget({ limits: { minutes: 20 }, timers }).stop()
    expect(timers.pending).toBe(0)
  })

  it('has in it what earlier sessions of the run spent, but not their time', async () => {
    const { budget } = open({ usd: 2, minutes: 5 })
    budget.add({ usd: 1.5, tokens: 10, calls: 4 })
    expect(budget.spent).toEqual({ usd: 1.5, tokens: 10, calls: 4 })
    expect(await ask(budget)).toMatchObject({ refused: 'budget' })
  })

  it('lets nobody wait once the run is stopped', async () => {
    const { budget } = open({ usd: 1.5 })
    const first = await leave(ask(budget))
    const other = ask(budget)
    budget.stop()
    expect(await other).toMatchObject({ refused: 'stopped' })
    first.settle(cost(0.1), true)
    expect(await ask(budget)).toHaveProperty('settle')
  })

  it('tells those who waited for it of itself, not of the stop that followed from it', async () => {
    const { budget } = open({ usd: 1.5 })
    await leave(ask(budget))
    const other = ask(budget)
    await ask(budget, { costUsd: 1.6 })
    budget.stop()
    expect(await other).toMatchObject({ refused: 'budget' })
  })
})

describe('a provider of which nothing is known', () => {
  const guess = { costUsd: 'unknown', isGuess: true } as const

  it('is asked one thing at a time, and holds up no other', async () => {
    const { budget } = open({ usd: 10 })
    const asked = [ask(budget, guess), ask(budget, guess), ask(budget, guess, 'other')]
    expect(await states(asked)).toEqual(['leave', 'waiting', 'leave'])
    ;(await leave(asked[0] as Promise<Reservation>)).settle(cost(0), false)
    expect(await states(asked)).toEqual(['leave', 'leave', 'leave'])
  })

  it('is estimated anew for those who waited', async () => {
    const { budget } = open({ usd: 10 })
    let known = false
    const asked = Array.from({ length: 3 }, () =>
      Promise.resolve(budget.reserve('m', () => estimateOf(known ? {} : guess))),
    )
    expect(await states(asked)).toEqual(['leave', 'waiting', 'waiting'])
    known = true
    ;(await leave(asked[0] as Promise<Reservation>)).settle(cost(1), true)
    expect(await states(asked)).toEqual(['leave', 'leave', 'leave'])
  })

  it('is taken for one like the others, such as those of an earlier session', async () => {
    const { budget } = open({ usd: 10 })
    budget.add({ usd: 9.8, tokens: 0, calls: 20 })
    expect(await ask(budget, guess)).toMatchObject({
      message: expect.stringContaining('$9.8 spent, and the next call may take $0.49') as string,
    })
    budget.add({ usd: 0, tokens: 0, calls: 180 })
    expect(await ask(budget, guess)).toHaveProperty('settle')
  })

  it('may be asked at will where only calls are counted', async () => {
    const { budget } = open({ calls: 10 })
    expect(await states([ask(budget, guess), ask(budget, guess)])).toEqual(['leave', 'leave'])
  })

  it('ends a run with a budget in USD when its reply does not tell either, and says what to do', async () => {
    const { budget, told } = open({ usd: 10 })
    ;(await leave(ask(budget, guess))).settle({ tokens: 5, costUsd: 'unknown' }, true)
    expect(await ask(budget, guess)).toMatchObject({ refused: 'budget' })
    expect(told.map(({ message }) => message)).toEqual([
      'the budget of $10 cannot be kept: no price is known for m, and its replies do not tell their cost; set assay.budget.tokens or assay.budget.calls instead, or have the provider return `cost`',
    ])
    expect(await ask(budget, {}, 'other')).toHaveProperty('settle')
  })

  it('is not given up for a call that failed, nor where there is no budget in USD', async () => {
    const failed = open({ usd: 10 }).budget
    ;(await leave(ask(failed, guess))).settle({ tokens: 0, costUsd: 'unknown' }, false)
    expect(await ask(failed, guess)).toHaveProperty('settle')
    const tokens = open({ tokens: 500 }).budget
    ;(await leave(ask(tokens, guess))).settle({ tokens: 5, costUsd: 'unknown' }, true)
    expect(await ask(tokens, guess)).toHaveProperty('settle')
  })
})

describe('whatever calls really cost, up to twice their estimate', () => {
  const call = fc.record({
    estimate: fc.double({ min: 0.001, max: 1, noNaN: true }),
    noise: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    takes: fc.integer({ min: 1, max: 50 }),
  })

  it('the budget is passed by no more than one call’s own error, and no call is left waiting', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 120 }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 64 }),
        // Errors go together: a model that is underestimated once is so every time.
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        async (calls, usd, concurrency, level) => {
          const { budget } = open({ usd })
          const queue = [...calls]
          const inFlight: { readonly end: number; readonly settle: () => void }[] = []
          let [now, worst, answered] = [0, 0, 0]
          const worker = async (): Promise<void> => {
            for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
              const { estimate, noise, takes } = next
              const real = estimate * Math.min(2, Math.max(0, level + noise))
              const answer = await ask(budget, { costUsd: estimate })
              answered++
              if ('refused' in answer) continue
              worst = Math.max(worst, real - estimate)
              await new Promise<void>((resolve) => {
                const settle = (): void => {
                  answer.settle(cost(real), true)
                  resolve()
                }
                inFlight.push({ end: now + takes, settle })
              })
            }
          }
          const workers = Array.from({ length: concurrency }, worker)
          for (;;) {
            await new Promise(setImmediate)
            const [first] = inFlight.sort((a, b) => a.end - b.end)
            if (first === undefined) break
            now = first.end
            inFlight.shift()
            first.settle()
          }
          await Promise.all(workers)
          expect(answered).toBe(calls.length)
          expect(budget.spent.usd).toBeLessThanOrEqual(usd * (1 + 1e-6) + worst)
        },
      ),
      { numRuns: 300, seed: 20_261_123 },
    )
  })
})
