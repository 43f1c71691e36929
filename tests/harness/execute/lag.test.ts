import { describe, expect, it } from 'vitest'
import { busyWarning, judgeLag, watchLag } from '../../../harness/execute/lag.ts'
import { FakeTimers } from './fake-timers.ts'

describe('the watch on the event loop', () => {
  it('sees none of a loop that is idle', async () => {
    const timers = new FakeTimers()
    const watch = watchLag(timers)
    await timers.pass(2000)
    expect(watch.stop()).toEqual({ p99Ms: 0, maxMs: 0, samples: 100 })
  })

  it('counts all the moments of a block, not just the one timer that fired late', async () => {
    const timers = new FakeTimers()
    const watch = watchLag(timers)
    await timers.pass(9000)
    timers.block(1000)
    await timers.pass(0)
    // A tenth of the time the loop stood still, and was up to a second late: at the 99th percentile of all moments, 0.9 s.
    const { p99Ms, maxMs, samples } = watch.stop()
    expect([maxMs, samples]).toEqual([980, 500])
    expect(p99Ms).toBeGreaterThanOrEqual(880)
    expect(p99Ms).toBeLessThanOrEqual(900)
  })

  it('holds on to no timer once it is stopped', async () => {
    const timers = new FakeTimers()
    const watch = watchLag(timers)
    await timers.pass(100)
    watch.stop()
    expect(timers.pending).toBe(0)
    expect(watchLag(timers).stop()).toEqual({ p99Ms: 0, maxMs: 0, samples: 0 })
  })

  it('ends however long the loop stood still, and tells how long', async () => {
    const timers = new FakeTimers()
    const watch = watchLag(timers)
    timers.block(86_400_000)
    await timers.pass(0)
    const { p99Ms, maxMs } = watch.stop()
    expect([p99Ms, maxMs]).toEqual([10_000, 86_399_980])
  })
})

describe('a process is too busy to measure latency', () => {
  const lag = { p99Ms: 30, maxMs: 200, samples: 100 }

  it.each([
    ['late by over a twentieth of what it measures', lag, 500, true],
    ['late by less than that', lag, 700, false],
    ['late by no more than 20 ms, whatever it measures', { ...lag, p99Ms: 20 }, 1, false],
    ['watched for under two seconds', { ...lag, samples: 99 }, 500, false],
    ['measuring nothing', lag, null, false],
  ])('%s', (_what, sample, median, tooBusy) => {
    expect(judgeLag(sample, median)).toEqual({ p99Ms: sample.p99Ms, maxMs: 200, tooBusy })
  })

  it('and says so with what to do', () => {
    const warning = busyWarning({ p99Ms: 30, maxMs: 200, tooBusy: true })
    expect(warning).toContain('30 ms')
    expect(warning).toContain('200 ms')
    expect(warning).toContain('--concurrency')
    expect(warning).toContain('assay verify')
  })
})
