import { describe, expect, it } from 'vitest'
import { Call } from '../../../providers/bedrock/client/call.ts'
import { Turns } from '../../../providers/bedrock/client/turns.ts'

const CLOCK = { now: () => 0 }
const TOGETHER = 64

function callOf(turns: Turns, timeoutMs = 60_000, signal?: AbortSignal): Call {
  return new Call(CLOCK, turns, timeoutMs, signal)
}

/** Calls that get ready at the same time, as many as may. */
async function busy(turns: Turns): Promise<Call[]> {
  const calls = Array.from({ length: TOGETHER }, () => callOf(turns))
  await Promise.all(calls.map((call) => call.takeTurn()))
  return calls
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
}

it('a call that is over leaves no timer, which would keep the process', () => {
  const before = timers()
  const call = callOf(new Turns())
  expect(timers()).toBe(before + 1)
  call.close()
  expect(timers()).toBe(before)
})

describe('calls of a burst', () => {
  it('that are too many to get ready together do so one after the other, once the others have left', async () => {
    const turns = new Turns()
    const others = await busy(turns)
    const told: string[] = []
    let ready = 0
    const waiting = ['a', 'b', 'c'].map(async (name) => {
      const call = callOf(turns)
      await call.takeTurn()
      expect(++ready).toBe(1)
      await new Promise(setImmediate)
      told.push(name)
      ready--
      call.departs()
      call.close()
    })
    for (const call of others.slice(1)) call.departs()
    await new Promise(setImmediate)
    expect(told).toEqual([])
    others[0]?.departs()
    await Promise.all(waiting)
    expect(told).toEqual(['a', 'b', 'c'])
    for (const call of others) call.close()
    // And together again, once none waits.
    for (const call of await busy(turns)) call.close()
  })

  it('take no turn with them where they are aborted while they wait, and need not wait to hear of it', async () => {
    const turns = new Turns()
    const others = await busy(turns)
    const abort = new AbortController()
    const waiting = callOf(turns, 60_000, abort.signal)
    const ready = waiting.until(waiting.takeTurn())
    abort.abort()
    await expect(ready).rejects.toThrow(/aborted/)
    waiting.close()
    for (const call of others) call.close()
    await new Promise(setImmediate)
    for (const call of await busy(turns)) call.close()
  })

  it('need not wait to hear that they were aborted before they began', async () => {
    const turns = new Turns()
    const others = await busy(turns)
    const late = callOf(turns, 60_000, AbortSignal.abort())
    await expect(late.until(late.takeTurn())).rejects.toThrow(/aborted/)
    for (const call of [late, ...others]) call.close()
  })

  it('are out of time while they wait as well', async () => {
    const turns = new Turns()
    const others = await busy(turns)
    const waiting = callOf(turns, 20)
    await expect(waiting.until(waiting.takeTurn())).rejects.toThrow(/aborted/)
    expect(waiting.timedOut).toBe(true)
    for (const call of [waiting, ...others]) call.close()
  })
})
