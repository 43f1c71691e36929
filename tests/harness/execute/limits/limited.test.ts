import { expect, it } from 'vitest'
import type { CallModel, CallResult, ModelRequest } from '../../../../harness/execute/call.ts'
import { limited } from '../../../../harness/execute/limits/limited.ts'
import type { Limiters } from '../../../../harness/execute/limits/limiters.ts'
import { createLimiters } from '../../../../harness/execute/limits/limiters.ts'
import type { FailureKind } from '../../../../harness/model/failure.ts'
import type { AccountLimit } from '../../../../harness/model/suite.ts'
import type { Attempt } from '../../../../harness/model/trial.ts'
import { providerOf, specOf } from '../world.ts'
import { VirtualTime } from './virtual-time.ts'

const TIMING = { queuedMs: 0, backoffMs: 3, latencyMs: 7, trusted: true }

function requestOf(account: string, over: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role: 'model',
    cellId: 'cell',
    caseId: 'case',
    repeat: 0,
    attempt: 0,
    retry: 0,
    promptKey: 'p',
    prompt: 'hello',
    spec: specOf(account),
    provider: providerOf(),
    shape: { provider: '', options: {}, vars: {} },
    invoke: () => Promise.resolve({}),
    trusted: true,
    ...over,
  }
}

function replied(over: Partial<Attempt> = {}): CallResult {
  const attempt = {
    request: { prompt: 'hello' },
    reply: { output: 'hi' },
    timing: TIMING,
    costUsd: 0,
    ...over,
  }
  return { attempt, earlier: [] }
}

function failed(kind: FailureKind): CallResult {
  const attempt = {
    request: { prompt: 'hello' },
    failure: { kind, message: kind },
    timing: TIMING,
    costUsd: 0,
  }
  return { attempt, earlier: [] }
}

function limitersOf(time: VirtualTime, limits: Record<string, AccountLimit> = {}): Limiters {
  return createLimiters({ limitOf: (account) => limits[account] ?? {}, timers: time, random: () => 1 })
}

/** A call that takes its time. */
function taking(time: VirtualTime, ms: number, result: CallResult = replied()): CallModel {
  return async () => {
    await time.sleep(ms)
    return result
  }
}

it('says how long a call waited for its permit, and changes nothing else of it', async () => {
  const time = new VirtualTime()
  const call = limited(limitersOf(time, { a: { concurrency: 1 } }), () => 0)(taking(time, 100))
  const results = Promise.all([call(requestOf('a')), call(requestOf('a')), call(requestOf('a'))])
  await time.pass(300)
  expect(await results).toStrictEqual(
    [0, 100, 200].map((queuedMs) => replied({ timing: { ...TIMING, queuedMs } })),
  )
})

it('lets no account slow another', async () => {
  const time = new VirtualTime()
  const call = limited(limitersOf(time, { slow: { concurrency: 1, rpm: 1 } }), () => 0)(taking(time, 10))
  const ended: string[] = []
  for (const account of ['slow', 'slow', 'fast', 'fast', 'fast']) {
    void call(requestOf(account)).then(() => ended.push(account))
  }
  await time.pass(1000)
  expect(ended.toSorted()).toStrictEqual(['fast', 'fast', 'fast', 'slow'])
})

it('asks for an estimate of tokens only where an account has a limit on them, and corrects it by what was used', async () => {
  const time = new VirtualTime()
  const estimated: string[] = []
  const limiters = limitersOf(time, { metered: { tpm: 600_000 } })
  const estimate = ({ spec }: ModelRequest) => {
    estimated.push(spec.account)
    return 1000
  }
  const usage = { input: 5, output: 5, cacheRead: 1, cacheWrite: 1 }
  const call = limited(limiters, estimate)(() => Promise.resolve(replied({ usage })))
  const results = Promise.all(
    Array.from({ length: 90 }, (_, index) => call(requestOf(index % 2 === 0 ? 'metered' : 'free'))),
  )
  await time.pass(0)
  const waits = (await results).map((result) => ('attempt' in result ? result.attempt.timing.queuedMs : -1))
  expect(new Set(waits)).toStrictEqual(new Set([0]))
  expect(new Set(estimated)).toStrictEqual(new Set(['metered']))
})

it('keeps the slot for the provider’s delay, but not after a cached reply', async () => {
  const time = new VirtualTime()
  const limiters = limitersOf(time, { a: { concurrency: 1 } })
  const provider = providerOf(undefined, { delay: 500 })
  const answers = [replied({ reply: { output: '', cached: true } }), replied(), replied()]
  const left: number[] = []
  const call = limited(
    limiters,
    () => 0,
  )(() => {
    left.push(time.now())
    return Promise.resolve(answers.shift() ?? replied())
  })
  for (let index = 0; index < 3; index++) void call(requestOf('a', { provider }))
  await time.pass(2000)
  expect(left).toStrictEqual([0, 0, 500])
})

it('withholds a call that led to its account being given up, and makes none after it', async () => {
  const time = new VirtualTime()
  let made = 0
  const call = limited(
    limitersOf(time),
    () => 0,
  )(() => {
    made++
    return Promise.resolve(failed('credit'))
  })
  const results = await Promise.all([call(requestOf('a')), call(requestOf('a'))])
  const withheld = {
    withheld: 'credit',
    account: 'a',
    message: 'the account is out of money: credit',
  }
  expect(made).toBe(1)
  expect(results[1]).toStrictEqual(withheld)
  // The first was made: it goes on record, though its cell is left out.
  expect(results[0]).toMatchObject({ ...withheld, made: { failure: { kind: 'credit' } } })
})

it('hands on a failure that is the call’s own, and what was withheld further in', async () => {
  const time = new VirtualTime()
  const budget: CallResult = { withheld: 'budget', account: 'a', message: 'used up' }
  for (const result of [failed('invalid'), failed('timeout'), budget]) {
    const call = limited(limitersOf(time), () => 0)(() => Promise.resolve(result))
    expect(await call(requestOf('a'))).toStrictEqual(result)
  }
})

it('withholds what waits when the run is stopped, from accounts not asked before as well', async () => {
  const time = new VirtualTime()
  const limiters = limitersOf(time, { a: { concurrency: 1 } })
  const call = limited(limiters, () => 0)(taking(time, 1000))
  const results = Promise.all([call(requestOf('a')), call(requestOf('a'))])
  await time.pass(10)
  limiters.stop()
  const late = Promise.all([call(requestOf('b')), call(requestOf('b'))])
  await time.pass(2000)
  const kinds = [...(await results), ...(await late)].map((each) =>
    'withheld' in each ? each.withheld : 'called',
  )
  expect(kinds).toStrictEqual(['called', 'stopped', 'called', 'stopped'])
  expect(time.pending).toBe(0)
})
