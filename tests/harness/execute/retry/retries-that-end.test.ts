import { describe, expect, it } from 'vitest'
import { isWithheld } from '../../../../harness/execute/call.ts'
import { retried } from '../../../../harness/execute/retry/retried.ts'
import { RetryBudget } from '../../../../harness/execute/retry/retry-budget.ts'
import { FakeTimers } from '../fake-timers.ts'
import { attemptOf, kindsOf, LATENCY_MS, requestOf, specOf, World } from './retry-world.ts'

describe('a storm', () => {
  it('is not multiplied: a thousand calls that all fail become at most 1.2 for each, and a hundred', async () => {
    const world = new World(['unavailable'])
    for (let cell = 0; cell < 1000; cell++) await world.run()
    expect(world.calls).toHaveLength(1300)
  })

  it('leaves other accounts their retries', async () => {
    const world = new World((_nth, { spec }) => (spec.account === 'bad' ? 'unavailable' : 'timeout'))
    for (let cell = 0; cell < 200; cell++) await world.run({ spec: specOf('bad') })
    expect(kindsOf(await world.run({ spec: specOf('bad') })).length).toBeLessThan(5)
    expect(kindsOf(await world.run({ spec: specOf('good') }))).toHaveLength(5)
  })
})

describe('when the run stops', () => {
  it('a wait ends at once, and the cell is left out', async () => {
    const world = new World([{ kind: 'throttled', message: 'slow down', retryAfterMs: 600_000 }])
    const result = world.call(requestOf())
    await world.timers.pass(1000)
    expect(world.timers.pending).toBe(1)
    world.stop.request()
    expect(await result).toEqual({
      withheld: 'stopped',
      account: 'm',
      message: 'the run stopped before another try: slow down',
    })
    expect([world.timers.now(), world.timers.pending, world.calls.length]).toEqual([1000, 0, 1])
  })

  it('what fails afterwards is not tried again, and is no result', async () => {
    const world = new World(['unavailable'])
    const result = world.call(requestOf())
    world.stop.request()
    expect(kindsOf(await world.timers.until(result))).toEqual(['withheld: stopped'])
    expect([world.calls.length, world.timers.now(), world.timers.pending]).toEqual([1, LATENCY_MS, 0])
  })

  it('what has failed for good, or was answered, is a result all the same', async () => {
    for (const outcome of ['ok', 'invalid'] as const) {
      const world = new World([outcome])
      const result = world.call(requestOf())
      world.stop.request()
      expect(kindsOf(await world.timers.until(result))).toEqual([outcome])
    }
  })

  it('no wait that ended leaves a listener behind', async () => {
    let listeners = 0
    const stop = {
      stopped: false,
      onStop() {
        listeners++
        return () => listeners--
      },
    }
    const timers = new FakeTimers()
    const plain = () => Promise.resolve({ attempt: attemptOf({ kind: 'timeout', message: '' }), earlier: [] })
    const options = { settings: undefined, timers, random: () => 0.5, budget: new RetryBudget(), stop }
    await timers.until(retried(options)(plain)(requestOf()))
    expect(listeners).toBe(0)
  })
})

describe('what lies inside', () => {
  it('may withhold the call, at the first try or a later one', async () => {
    const withheld = { withheld: 'outage', account: 'm', message: 'it is down' } as const
    expect(await new World([withheld]).run()).toBe(withheld)
    expect(await new World(['unavailable', withheld]).run()).toBe(withheld)
  })

  it('goes on counting where an earlier session stopped, with as many tries as ever', async () => {
    const before = [
      attemptOf({ kind: 'timeout', message: 'then' }),
      attemptOf({ kind: 'throttled', message: 'then' }),
    ]
    const world = new World(['unavailable'])
    const result = await world.run({ before })
    expect(kindsOf(result)).toEqual(['timeout', 'throttled', ...Array<string>(5).fill('unavailable')])
    expect(world.calls.map(({ request }) => request.retry)).toEqual([2, 3, 4, 5, 6])
    if (isWithheld(result)) throw new Error('withheld')
    expect(result.earlier.slice(0, 2)).toEqual(before)
  })
})
