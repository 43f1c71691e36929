import { describe, expect, it } from 'vitest'
import type { Provider, ProviderResponse } from '../../../harness/model/provider.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { casesOf, providerOf, reply, run, specOf, suiteOf, verifierOf } from './world.ts'

const prices = await openPrices()
const SONNET = { vendor: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' } // 3.3 / 16.5
const usage = { input: 1_000, output: 10 }

/** What one call costs on record, its call's line and its trial alike. */
async function costOf(response: ProviderResponse, over: Partial<Provider> = {}): Promise<unknown> {
  const { calls, trials } = await run(suiteOf({ tests: casesOf(1) }), providerOf(reply(response), over), {
    prices,
  })
  expect(trials[0]?.costUsd).toBe(calls[0]?.result.costUsd)
  return trials[0]?.costUsd
}

describe('what a call costs', () => {
  it('is by the price table what it says it is billed as, before the cost that its provider tells', async () => {
    expect(await costOf({ output: 'x', cost: 7, metadata: { usage, billing: SONNET } })).toBe(0.003465)
  })

  it('counts the hour in the cache', async () => {
    const cached = { ...usage, cacheRead: 100, cacheWrite: 30, cacheWrite1h: 20 }
    // 1,000 × 3.3 + 10 × 16.5 + 100 × .33 + 10 × 4.125 + 20 × 6.6, in millionths
    expect(await costOf({ output: 'x', metadata: { usage: cached, billing: SONNET } })).toBe(0.00367125)
  })

  it('is what the provider tells where it tells no bill, or one that has no price', async () => {
    expect(await costOf({ output: 'x', cost: 7, metadata: { usage } }, { id: () => 'openai:gpt-4o' })).toBe(7)
    const billing = { vendor: 'nobody', model: 'knows' }
    expect(await costOf({ output: 'x', cost: 7, metadata: { usage, billing } })).toBe(7)
  })

  it('is that of the model its id names where it tells neither', async () => {
    const tokenUsage = { prompt: 1_000, completion: 10 }
    const byId = (id: string) => costOf({ output: 'x', tokenUsage }, { id: () => id })
    expect(await byId('openai:chat:gpt-4o')).toBe(0.0026)
    expect(await byId('simulated:sonnet')).toBe(0.00315)
    expect(await byId('azure:chat:gpt-4o')).toBe('unknown')
  })

  it('is that of what the provider is billed as, before its id', async () => {
    const over = { id: () => 'openai:gpt-4o', billing: SONNET }
    expect(await costOf({ output: 'x', metadata: { usage } }, over)).toBe(0.003465)
  })

  it('is unknown, not 0: for another tier, without usage, and for usage that is only an estimate', async () => {
    const billing = { ...SONNET, tier: 'flex' }
    expect(await costOf({ output: 'x', metadata: { usage, billing } })).toBe('unknown')
    expect(await costOf({ output: 'x', metadata: { billing: SONNET } })).toBe('unknown')
    const estimated = { ...usage, estimated: true }
    expect(await costOf({ output: 'x', metadata: { usage: estimated, billing: SONNET } })).toBe('unknown')
  })

  it('is by a price of the user’s own, before what the provider tells', async () => {
    const entries = [{ model: 'openai/*', factor: 0.5 }]
    const own = await openPrices({ name: 'prices.yaml', digest: '0123456789ab', entries })
    const byId = async (id: string) => {
      const provider = providerOf(reply({ output: 'x', cost: 7, metadata: { usage } }), { id: () => id })
      return (await run(suiteOf({ tests: casesOf(1) }), provider, { prices: own })).trials[0]?.costUsd
    }
    expect(await byId('openai:gpt-4o')).toBe(0.0013)
    expect(await byId('openai:nobody-knows')).toBe(7)
    expect(await byId('google:gemini-2.5-flash')).toBe(7)
  })

  it('is that of a failure too, where it tells what it used', async () => {
    const metadata = { usage, billing: SONNET, failure: { kind: 'refused' } }
    expect(await costOf({ error: 'the guardrail stopped it', metadata })).toBe(0.003465)
    expect(await costOf({ error: 'down' })).toBe('unknown')
  })

  it('of a cell is unknown where a failed try used tokens that have no price', async () => {
    const billing = { vendor: 'nobody', model: 'knows' }
    const failure = { kind: 'throttled', retryAfterMs: 1 }
    const triesOf = async (failed: ProviderResponse) => {
      let tries = 0
      const provider = providerOf(() => (tries++ === 0 ? failed : { output: 'x', cost: 0.2 }))
      const { trials } = await run(suiteOf({ tests: casesOf(1) }), provider, { prices, random: () => 0 })
      expect(trials[0]?.attempts).toHaveLength(2)
      return trials[0]?.costUsd
    }
    expect(await triesOf({ error: 'cut', metadata: { failure, usage, billing } })).toBe('unknown')
    expect(await triesOf({ error: 'slow down', metadata: { failure } })).toBe(0.2)
  })

  it('goes by the prices of the moment of the call', async () => {
    const billing = { vendor: 'google', model: 'gemini-3.6-flash' }
    const on = async (day: string) => {
      const provider = providerOf(reply({ output: 'x', metadata: { usage, billing } }))
      const clock = { now: () => performance.now(), wallClock: () => new Date(day) }
      const { trials } = await run(suiteOf({ tests: casesOf(1) }), provider, { prices, clock })
      return trials[0]?.costUsd
    }
    expect(await on('2026-12-31')).toBe(0.0007875)
    expect(await on('2027-01-01')).toBe(0.001575)
  })

  it('is added up over the tries of a cell, to the last digit', async () => {
    let tries = 0
    const failure = { kind: 'throttled', retryAfterMs: 1 }
    const provider = providerOf(() =>
      tries++ === 0 ? { error: 'slow down', cost: 0.1, metadata: { failure } } : { output: 'x', cost: 0.2 },
    )
    const { trials } = await run(suiteOf({ tests: casesOf(1) }), provider, { prices, random: () => 0 })
    expect(trials[0]?.attempts.map(({ costUsd }) => costUsd)).toEqual([0.1, 0.2])
    expect(trials[0]?.costUsd).toBe(0.3)
  })

  it('is what a check of costs sees', async () => {
    const seen: unknown[] = []
    const provider = providerOf(reply({ output: 'x', metadata: { usage, billing: SONNET } }))
    const plain = verifierOf()
    const verifier = verifierOf({
      verify(input) {
        seen.push(input.response.cost)
        return plain.verify(input)
      },
    })
    await run(suiteOf({ tests: casesOf(1) }), provider, { prices, verifier })
    expect(seen).toEqual([0.003465])
  })

  it('without prices is what its provider tells', async () => {
    const response = { output: 'x', cost: 7, metadata: { usage, billing: SONNET } }
    const { trials } = await run(suiteOf({ tests: casesOf(1) }), providerOf(reply(response)))
    expect(trials[0]?.costUsd).toBe(7)
  })
})

describe('the latency of a call', () => {
  const measured = async (latencyMs: unknown, over: ProviderResponse = {}) => {
    let ms = 0
    const provider = providerOf(() => {
      ms += 100
      return { output: 'x', ...over, metadata: { timing: { latencyMs } } }
    })
    const clock = { now: () => ms, wallClock: () => new Date(0) }
    const { calls } = await run(suiteOf({ tests: casesOf(1) }), provider, { clock })
    return calls[0]?.result.timing
  }

  it('is from when the provider says that the request left, if that was within the call', async () => {
    expect(await measured(93.5)).toMatchObject({ latencyMs: 93.5, trusted: true })
    expect(await measured(100)).toMatchObject({ latencyMs: 100 })
  })

  it.each([100.1, 0, -5, Number.NaN, '50'])(
    'is measured where what it says cannot be: %s',
    async (latencyMs) => {
      expect(await measured(latencyMs)).toMatchObject({ latencyMs: 100, trusted: true })
    },
  )

  it('of a reply out of a cache is the one it had', async () => {
    expect(await measured(93, { cached: true, latencyMs: 812 })).toMatchObject({ latencyMs: 812 })
  })
})

describe('what a provider finds odd about a call', () => {
  const odd = (warnings: readonly string[]): Provider =>
    providerOf(reply({ output: 'x', metadata: { warnings } }))

  it('is on every trial, and told aloud once with the provider’s name, whatever the numbers in it', async () => {
    let call = 0
    const provider = providerOf(() => ({
      output: 'x',
      metadata: { warnings: [`the prompt has ${++call} tokens: nothing was cached`, 'and so on'] },
    }))
    const { trials, warnings } = await run(suiteOf({ tests: casesOf(2) }), provider, { concurrency: 1 })
    expect(trials.map((trial) => trial.warnings)).toEqual([
      ['the prompt has 1 tokens: nothing was cached', 'and so on'],
      ['the prompt has 2 tokens: nothing was cached', 'and so on'],
    ])
    expect(warnings).toEqual(['m: the prompt has 1 tokens: nothing was cached', 'm: and so on'])
  })

  it('is told of each provider by itself', async () => {
    const suite = suiteOf({ tests: casesOf(1), providers: [specOf('a'), specOf('b')] })
    const { warnings } = await run(suite, { a: odd(['slow']), b: odd(['slow']) })
    expect(warnings.toSorted()).toEqual(['a: slow', 'b: slow'])
  })

  it('is told of a failure too', async () => {
    const provider = providerOf(
      reply({ error: 'no', metadata: { warnings: ['retired'], failure: { kind: 'invalid' } } }),
    )
    const { trials, warnings } = await run(suiteOf({ tests: casesOf(1) }), provider)
    expect(trials[0]?.warnings).toEqual(['retired'])
    expect(warnings).toEqual(['m: retired'])
  })
})
