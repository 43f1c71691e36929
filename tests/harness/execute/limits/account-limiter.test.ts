import { beforeEach, describe, expect, it } from 'vitest'
import { AccountLimiter } from '../../../../harness/execute/limits/account-limiter.ts'
import type { AccountLimiterOptions } from '../../../../harness/execute/limits/account-limiter.ts'
import type { Outcome, Permit, Refusal } from '../../../../harness/execute/limits/permit.ts'
import type { AccountState } from '../../../../harness/model/account-state.ts'
import type { FailureKind } from '../../../../harness/model/failure.ts'
import { VirtualTime } from './virtual-time.ts'

const REPLY: Outcome = { kind: 'reply' }

function failure(kind: FailureKind, retryAfterMs?: number): Outcome {
  return { kind: 'failure', failure: { kind, message: `it said ${kind}`, retryAfterMs } }
}

let time: VirtualTime
beforeEach(() => {
  time = new VirtualTime()
})

function limiterOf(options: Partial<AccountLimiterOptions> = {}): AccountLimiter {
  return new AccountLimiter({ limit: {}, timers: time, random: () => 1, ...options })
}

interface Asked {
  readonly name: string
  permit?: Permit
  refusal?: Refusal
}

/** Asks for a permit and notes what comes of it. */
function ask(limiter: AccountLimiter, name = '', isRetry = false, tokens = 0): Asked {
  const asked: Asked = { name }
  const wait = async () => {
    const admission = await limiter.acquire({ tokens, isRetry })
    if ('cause' in admission) asked.refusal = admission
    else asked.permit = admission
  }
  void wait()
  return asked
}

function askMany(limiter: AccountLimiter, count: number): Asked[] {
  return Array.from({ length: count }, (_, index) => ask(limiter, String(index)))
}

async function settle({ permit, name }: Asked, outcome: Outcome): Promise<unknown> {
  if (permit === undefined) throw new Error(`call ${name} has no permit`)
  return permit.settle(outcome)
}

const started = (asked: readonly Asked[]) => asked.filter(({ permit }) => permit !== undefined)

/** An account that has answered once, so that its calls go freely. */
async function healthy(options: Partial<AccountLimiterOptions> = {}): Promise<AccountLimiter> {
  const limiter = limiterOf(options)
  const first = ask(limiter)
  await time.pass(0)
  await settle(first, REPLY)
  return limiter
}

describe('the queue', () => {
  it('admits as many as may be in flight, then one for each that ends, in order, and retries first', async () => {
    const limiter = await healthy({ limit: { concurrency: 2 } })
    const [a, b, c, d] = askMany(limiter, 4)
    const retry = ask(limiter, 'retry', true)
    await time.pass(10)
    expect([a, b, c, d, retry].map((each) => each?.permit !== undefined)).toStrictEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    if (a === undefined || b === undefined) return
    await settle(a, REPLY)
    await time.pass(0)
    expect(retry.permit?.queuedMs).toBe(10)
    await settle(b, REPLY)
    await time.pass(0)
    expect([c?.permit !== undefined, d?.permit !== undefined]).toStrictEqual([true, false])
  })

  it('sets no timer where nothing is limited by time', async () => {
    const limiter = await healthy()
    for (let index = 0; index < 100; index++) {
      const asked = ask(limiter)
      await time.pass(0)
      await settle(asked, REPLY)
    }
    expect(time.pending).toBe(0)
  })

  it('keeps a slot taken for a provider’s delay, and counts a settlement once', async () => {
    const limiter = await healthy({ limit: { concurrency: 1 } })
    const [first, second, third] = askMany(limiter, 3)
    await time.pass(0)
    void first?.permit?.settle(REPLY, 500)
    void first?.permit?.settle(REPLY)
    await time.pass(499)
    expect(second?.permit).toBeUndefined()
    await time.pass(1)
    expect([second?.permit?.queuedMs, third?.permit]).toStrictEqual([500, undefined])
  })

  it('refuses what waits when it is stopped, and leaves no timer; what was started may still go on', async () => {
    const limiter = await healthy({ limit: { concurrency: 2, rpm: 6 } })
    const [first, second] = askMany(limiter, 2)
    await time.pass(10_500)
    void first?.permit?.settle(REPLY, 60_000)
    limiter.stop()
    await time.pass(0)
    expect(second?.refusal?.cause).toBe('stopped')
    expect(time.pending).toBe(0)
    await time.pass(60_000)
    const [next, waiting] = askMany(limiter, 2)
    await time.pass(0)
    expect([next?.permit !== undefined, waiting?.refusal?.cause]).toStrictEqual([true, 'stopped'])
  })
})

describe('the first call of an account', () => {
  it('goes alone until it answers', async () => {
    const limiter = limiterOf()
    const asked = askMany(limiter, 5)
    await time.pass(8)
    expect(started(asked)).toHaveLength(1)
    await settle(asked[0] as Asked, REPLY)
    await time.pass(0)
    expect(started(asked)).toHaveLength(5)
  })

  it('is waited for no longer than 10 ms', async () => {
    const limiter = limiterOf()
    const asked = askMany(limiter, 5)
    await time.pass(10)
    expect(started(asked)).toHaveLength(5)
  })

  it('is followed by another one alone when the account did not answer', async () => {
    const limiter = limiterOf()
    const asked = askMany(limiter, 5)
    for (let index = 0; index < 4; index++) {
      await time.pass(1)
      expect(started(asked)).toHaveLength(index + 1)
      await settle(asked[index] as Asked, failure('unavailable'))
    }
    await time.pass(1)
    await settle(asked[4] as Asked, REPLY)
    const more = askMany(limiter, 5)
    await time.pass(0)
    expect(started(more)).toHaveLength(5)
  })
})

describe('throttling', () => {
  it('halves the calls in flight once a round trip, and starts none until it has cooled down', async () => {
    const limiter = await healthy({ limit: { concurrency: 8 } })
    const asked = askMany(limiter, 8)
    await time.pass(40)
    for (const each of asked) await settle(each, failure('throttled'))
    const after = askMany(limiter, 8)
    await time.pass(24)
    expect(started(after)).toHaveLength(0)
    await time.pass(1)
    expect(started(after)).toHaveLength(1)
    await settle(after[0] as Asked, REPLY)
    await time.pass(60_000)
    expect(started(after)).toHaveLength(5)
  })

  it('waits for as long as the server asks, and twice as long each time when it does not', async () => {
    const limiter = await healthy()
    const first = ask(limiter)
    await time.pass(0)
    await settle(first, failure('throttled', 7000))
    const leftAfter: number[] = []
    for (let index = 0; index < 5; index++) {
      const before = time.now()
      const asked = ask(limiter)
      while (asked.permit === undefined) await time.pass(1)
      leftAfter.push(time.now() - before)
      await settle(asked, failure('throttled'))
    }
    expect(leftAfter).toStrictEqual([7000, 50, 100, 200, 400])
  })

  it('never gives an account up before ten times the time of an outage', async () => {
    const limiter = await healthy({ outageMs: 1000 })
    let verdict: unknown
    while (verdict === undefined) {
      const asked = ask(limiter)
      while (asked.permit === undefined) await time.pass(10)
      verdict = await settle(asked, failure('throttled'))
      expect(verdict === undefined || time.now() >= 10_000).toBe(true)
    }
    expect(verdict).toMatchObject({ cause: 'outage' })
  })

  it('takes no notice of replies that were cached and calls that were not made', async () => {
    const limiter = await healthy({ limit: { concurrency: 4, rpm: 60 } })
    for (let index = 0; index < 50; index++) {
      const asked = ask(limiter)
      await time.pass(index === 0 ? 2000 : 0)
      await settle(asked, { kind: 'none' })
    }
    expect(time.now()).toBe(2000)
  })

  it('tells of trouble, and when it is over', async () => {
    const states: AccountState[] = []
    const limiter = await healthy({ onState: (state) => states.push(state) })
    const first = ask(limiter)
    await time.pass(0)
    await settle(first, failure('throttled'))
    const second = ask(limiter)
    await time.pass(25)
    await settle(second, REPLY)
    expect(states).toStrictEqual([{ is: 'throttled', waitMs: 25 }, { is: 'answering' }])
  })
})

describe('an account that does not answer', () => {
  it('is left alone after five failures, tried by one call at a time, and well again with the first answer', async () => {
    const limiter = await healthy({ limit: { concurrency: 8 } })
    for (const each of await startedNow(limiter, 5)) await settle(each, failure('timeout'))
    const waiting = askMany(limiter, 8)
    await time.pass(999)
    expect(started(waiting)).toHaveLength(0)
    await time.pass(30_000)
    expect(started(waiting)).toHaveLength(1)
    await settle(waiting[0] as Asked, REPLY)
    await time.pass(0)
    expect(started(waiting)).toHaveLength(8)
  })

  it('is given up after a minute of it: whoever waits or comes is told why, with the provider’s words', async () => {
    const given: unknown[] = []
    const limiter = await healthy({ onGivenUp: (why) => given.push(why) })
    for (const each of await startedNow(limiter, 5)) await settle(each, failure('unavailable'))
    let verdict: unknown
    while (verdict === undefined) {
      const asked = ask(limiter)
      while (asked.permit === undefined) await time.pass(100)
      verdict = await settle(asked, failure('unavailable'))
    }
    expect(time.now()).toBe(60_000)
    const why = { cause: 'outage', message: 'no call has succeeded for 60 s: it said unavailable' }
    expect([verdict, await limiter.acquire({ tokens: 0, isRetry: true }), given]).toStrictEqual([
      why,
      why,
      [why],
    ])
  })

  it('is not given up while it refuses requests: then it lives', async () => {
    const limiter = await healthy({ outageMs: 1000 })
    for (let index = 0; index < 100; index++) {
      const [asked] = await startedNow(limiter, 1)
      expect(await settle(asked as Asked, failure(index % 5 === 4 ? 'invalid' : 'timeout'))).toBeUndefined()
      await time.pass(100)
    }
  })
})

describe('a refused key', () => {
  it('gives the account up at once when it has never served', async () => {
    const limiter = limiterOf()
    const asked = askMany(limiter, 3)
    await time.pass(0)
    expect(await settle(asked[0] as Asked, failure('auth'))).toMatchObject({ cause: 'auth' })
    await time.pass(0)
    expect(asked[2]?.refusal).toStrictEqual({ cause: 'auth', message: 'access was refused: it said auth' })
  })

  it('that has served gives it up when it is refused three times in a row, and so for the first two as well', async () => {
    const limiter = await healthy()
    const verdicts = (await startedNow(limiter, 3)).map((each) => settle(each, failure('auth')))
    for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject({ cause: 'auth' })
  })

  it('that serves again fails the call alone', async () => {
    const limiter = await healthy()
    const [a, b, c] = await startedNow(limiter, 3)
    const verdicts = [settle(a as Asked, failure('auth')), settle(b as Asked, failure('auth'))]
    await settle(c as Asked, REPLY)
    expect(await Promise.all(verdicts)).toStrictEqual([undefined, undefined])
  })

  it('keeps no call waiting when no other is left to tell', async () => {
    const limiter = await healthy()
    const [a] = await startedNow(limiter, 1)
    expect(await settle(a as Asked, failure('auth'))).toBeUndefined()
    const [b, c] = await startedNow(limiter, 2)
    const verdict = settle(b as Asked, failure('auth'))
    limiter.stop()
    expect(await verdict).toBeUndefined()
    await settle(c as Asked, REPLY)
  })
})

describe('an account that is given up', () => {
  it('for want of money is so at once; its calls in flight that fail fall with it, those that answer count', async () => {
    const limiter = await healthy()
    const [a, b, c, d] = await startedNow(limiter, 4)
    expect(await settle(a as Asked, failure('credit'))).toMatchObject({ cause: 'credit' })
    expect(await settle(b as Asked, failure('timeout'))).toMatchObject({ cause: 'credit' })
    expect(await settle(c as Asked, REPLY)).toBeUndefined()
    expect(await settle(d as Asked, failure('invalid'))).toBeUndefined()
  })
})

/** Calls that leave now. */
async function startedNow(limiter: AccountLimiter, count: number): Promise<Asked[]> {
  const asked = askMany(limiter, count)
  await time.pass(0)
  return started(asked)
}
