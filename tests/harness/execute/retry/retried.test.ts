import { describe, expect, it } from 'vitest'
import type { ModelRequest, WrapCall } from '../../../../harness/execute/call.ts'
import { isWithheld } from '../../../../harness/execute/call.ts'
import { kindsOf, LATENCY_MS, requestOf, World } from './retry-world.ts'

describe('a call that fails', () => {
  it.each(['throttled', 'timeout', 'unavailable'] as const)('is tried again when it is %s', async (kind) => {
    const world = new World([kind, kind, 'ok'])
    expect(kindsOf(await world.run())).toEqual([kind, kind, 'ok'])
  })

  it.each(['refused', 'invalid', 'auth', 'credit', 'aborted', 'no_output', 'unknown'] as const)(
    'is final when it is %s',
    async (kind) => {
      const world = new World([kind, 'ok'])
      expect(kindsOf(await world.run())).toEqual([kind])
      expect(world.timers.now()).toBe(LATENCY_MS)
    },
  )

  it('is final when a retry fails for good', async () => {
    expect(kindsOf(await new World(['unavailable', 'invalid', 'ok']).run())).toEqual([
      'unavailable',
      'invalid',
    ])
  })

  it('is tried as often as the suite says, and not once more', async () => {
    expect(kindsOf(await new World(['timeout']).run())).toHaveLength(5)
    expect(kindsOf(await new World(['timeout'], { attempts: 2 }).run())).toHaveLength(2)
    expect(kindsOf(await new World(['timeout'], { attempts: 1 }).run())).toEqual(['timeout'])
  })

  it('costs nothing when it does not fail: the request goes on as it is, and so does the result', async () => {
    const world = new World(['ok'])
    const request = requestOf()
    const result = await world.timers.until(world.call(request))
    expect(world.calls).toEqual([{ request, at: 0 }])
    expect(world.calls[0]?.request).toBe(request)
    expect(kindsOf(result)).toEqual(['ok'])
    expect(world.timers.pending).toBe(0)
  })
})

describe('a throttled call', () => {
  it('has ten times as many retries, since a 429 says nothing about the call', async () => {
    const patient = new World(['throttled'])
    expect(kindsOf(await patient.run())).toHaveLength(1 + 40)
    // Half of 0.5, 1, 2, 4, 8 and 16 s, and of 30 s for each of the others.
    expect(patient.timers.now()).toBe(41 * LATENCY_MS + 15_750 + 34 * 15_000)
  })

  it('is not tried again where the suite wants no retries', async () => {
    expect(kindsOf(await new World(['throttled'], { attempts: 1 }).run())).toEqual(['throttled'])
  })

  it('keeps the retries it has for failures', async () => {
    const world = new World([...Array.from({ length: 20 }, () => 'throttled' as const), 'timeout'])
    const kinds = kindsOf(await world.run())
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(20)
    expect(kinds.filter((kind) => kind === 'timeout')).toHaveLength(5)
  })

  it('takes nothing from the retry budget', async () => {
    const world = new World((nth) => (nth % 40 === 39 ? 'ok' : 'throttled'))
    for (let cell = 0; cell < 10; cell++) await world.run()
    expect(world.calls).toHaveLength(400)
    let left = 0
    while (world.budget.spend('m')) left++
    expect(left).toBe(102)
  })
})

describe('the wait before a retry', () => {
  it('grows, and is noted on the try it came before', async () => {
    const world = new World(['timeout', 'unavailable', 'timeout', 'ok'])
    const result = await world.run()
    if (isWithheld(result)) throw new Error('withheld')
    const tries = [...result.earlier, result.attempt]
    expect(tries.map(({ timing }) => timing.backoffMs)).toEqual([0, 250, 500, 1000])
    expect(tries.map(({ timing }) => timing.latencyMs)).toEqual(Array(4).fill(LATENCY_MS))
    expect(world.calls.map(({ at }) => at)).toEqual([0, 290, 830, 1870])
    expect(world.calls.map(({ request }) => request.retry)).toEqual([0, 1, 2, 3])
  })

  it.each(['throttled', 'unavailable'] as const)(
    'is at least what the server asks for when %s',
    async (kind) => {
      const world = new World([{ kind, message: 'later', retryAfterMs: 20_000 }, 'ok'])
      await world.run()
      expect(world.calls.map(({ at }) => at)).toEqual([0, 20_000 + LATENCY_MS + 250])
    },
  )

  it('holds no slot: another call goes in the meantime', async () => {
    let busy = false
    const oneAtATime: WrapCall = (next) => async (request) => {
      expect(busy).toBe(false)
      busy = true
      const result = await next(request)
      busy = false
      return result
    }
    const failsFirst = (_nth: number, { caseId, retry }: ModelRequest) =>
      caseId === 'slow' && retry === 0 ? ('timeout' as const) : ('ok' as const)
    const world = new World(failsFirst, {}, () => 0.5, oneAtATime)
    const slow = world.call(requestOf({ caseId: 'slow' }))
    await world.timers.pass(LATENCY_MS)
    expect(kindsOf(await world.run({ caseId: 'quick' }))).toEqual(['ok'])
    expect(kindsOf(await world.timers.until(slow))).toEqual(['timeout', 'ok'])
    expect(world.calls.map(({ request }) => request.caseId)).toEqual(['slow', 'quick', 'slow'])
  })
})
