import { describe, expect, it } from 'vitest'
import { createEstimates } from '../../../../harness/execute/budget/estimates.ts'
import { openPrices } from '../../../../harness/pricing/open-prices.ts'
import { attemptOf, requestOf } from './make-request.ts'

const prices = await openPrices()
const PRICED = 'simulated:sonnet' // $3 in, $15 out, a million tokens

describe('the estimate of a call', () => {
  it('takes a third of the bytes of the prompt for its tokens until the provider has counted one', () => {
    const estimates = createEstimates()
    expect(estimates.of(requestOf({ prompt: 'a'.repeat(300) })).inputTokens).toBe(100)
    expect(estimates.of(requestOf({ prompt: '語'.repeat(100) })).inputTokens).toBe(100)

    const asked = requestOf({ prompt: 'a'.repeat(1_000) })
    estimates.observe(asked, attemptOf({ usage: { input: 200, cacheRead: 50, output: 5 } }))
    expect(estimates.of(requestOf({ prompt: 'a'.repeat(400) })).inputTokens).toBe(100)
  })

  it('keeps what it learned of one provider from another', () => {
    const estimates = createEstimates()
    const usage = { input: 300, output: 9 }
    estimates.observe(requestOf({ key: 'a', prompt: 'abc' }), attemptOf({ usage, costUsd: 1 }))
    expect(estimates.of(requestOf({ key: 'b', prompt: 'abc' }))).toMatchObject({
      inputTokens: 1,
      costUsd: 'unknown',
      isGuess: true,
    })
  })

  it('expects the longest reply allowed: of the prompt, before that of its provider', () => {
    const estimates = createEstimates()
    const config = { max_tokens: 400 }
    expect(estimates.of(requestOf({ config })).outputTokens).toBe(400)
    expect(estimates.of(requestOf({ config, options: [{ maxTokens: 60 }, ''] })).outputTokens).toBe(60)
  })

  it('expects the longest reply seen where none is set, and 1,000 tokens before any', () => {
    const estimates = createEstimates()
    expect(estimates.of(requestOf()).outputTokens).toBe(1_000)
    for (const output of [20, 70, 5])
      estimates.observe(requestOf(), attemptOf({ usage: { input: 1, output } }))
    expect(estimates.of(requestOf()).outputTokens).toBe(70)
  })

  it('no longer sets a far larger max_tokens aside of a budget once 30 replies were short', () => {
    const estimates = createEstimates()
    const request = requestOf({ config: { max_tokens: 64_000 } })
    const observe = (times: number): void => {
      for (let i = 0; i < times; i++)
        estimates.observe(request, attemptOf({ usage: { input: 1, output: 20 } }))
    }
    observe(29)
    expect(estimates.of(request)).toMatchObject({ outputTokens: 64_000, tokens: 64_001, spread: 1.25 })
    observe(1)
    expect(estimates.of(request)).toMatchObject({ outputTokens: 64_000, tokens: 41, spread: 2 })
  })

  it('is priced by the table where the model is in it', () => {
    const request = requestOf({ model: PRICED, prompt: 'a'.repeat(3_000), config: { max_tokens: 100 } })
    const estimate = createEstimates(prices).of(request)
    expect(estimate.costUsd).toBe(0.0045)
    expect(estimate.isGuess).toBe(false)
  })

  it('is priced as what the provider says it is billed as, before its id, and by the prices of the day', () => {
    const request = requestOf({ model: PRICED, prompt: 'a'.repeat(3_000), config: { max_tokens: 100 } })
    const billing = { vendor: 'google', model: 'gemini-3.6-flash' }
    const billed = { ...request, provider: { ...request.provider, billing } }
    const on = (day: string) => createEstimates(prices, () => new Date(day)).of(billed).costUsd
    expect(on('2026-12-31T23:59:59Z')).toBe(0.001125) // .75 and 3.75
    expect(on('2027-01-01T00:00:00Z')).toBe(0.00225) // 1.5 and 7.5
  })

  it('is unknown where the provider says that it knows no bill, whatever its id', () => {
    const request = requestOf({ model: PRICED, config: { max_tokens: 100 } })
    const provider = { ...request.provider, billing: undefined }
    expect(createEstimates(prices).of({ ...request, provider }).costUsd).toBe('unknown')
  })

  it('is priced by the dearest call seen where it is not: unknown, then known', () => {
    const estimates = createEstimates()
    const request = requestOf({ prompt: 'abc', config: { max_tokens: 99 } })
    expect(estimates.of(request).costUsd).toBe('unknown')
    estimates.observe(request, attemptOf({ usage: { input: 1, output: 9 }, costUsd: 0.5 }))
    estimates.observe(request, attemptOf({ usage: { input: 1, output: 9 }, costUsd: 0.1 }))
    expect(estimates.of(request).costUsd).toBeCloseTo(5, 12)
  })

  it('is a guess only until the provider has answered once, whether or not it tells its usage', () => {
    const estimates = createEstimates()
    expect(estimates.of(requestOf()).isGuess).toBe(true)
    estimates.observe(requestOf(), attemptOf({ failure: { kind: 'unavailable', message: 'down' } }))
    expect(estimates.of(requestOf()).isGuess).toBe(true)
    estimates.observe(requestOf(), attemptOf())
    expect(estimates.of(requestOf()).isGuess).toBe(false)
  })

  it('outlives a provider that throws when it is asked its name', () => {
    const request = requestOf()
    const provider = {
      ...request.provider,
      id: () => {
        throw new Error('no name')
      },
    }
    expect(createEstimates().of({ ...request, provider }).costUsd).toBe('unknown')
  })
})

describe('what a call took', () => {
  it('is what it tells', () => {
    const usage = { input: 10, output: 5, cacheRead: 3, cacheWrite: 2 }
    const took = createEstimates().observe(requestOf(), attemptOf({ usage, costUsd: 0.25 }))
    expect(took).toEqual({ tokens: 20, costUsd: 0.25 })
  })

  it('is counted by its texts, and priced by the table, where it tells nothing', () => {
    const request = requestOf({ model: PRICED, prompt: 'a'.repeat(30) })
    const took = createEstimates(prices).observe(request, attemptOf({ reply: { output: 'b'.repeat(60) } }))
    expect(took).toEqual({ tokens: 30, costUsd: (10 * 3 + 20 * 15) / 1e6 })
  })

  it('is nothing for a reply out of the cache of the provider, which teaches nothing either', () => {
    const estimates = createEstimates()
    const attempt = attemptOf({ reply: { output: 'yes', cached: true }, costUsd: 3 })
    expect(estimates.observe(requestOf(), attempt)).toEqual({ tokens: 0, costUsd: 0 })
    expect(estimates.of(requestOf())).toMatchObject({ costUsd: 'unknown', isGuess: true })
  })

  it('knows a provider that costs nothing from one that does not tell', () => {
    const estimates = createEstimates()
    estimates.observe(requestOf(), attemptOf({ costUsd: 0 }))
    expect(estimates.of(requestOf()).costUsd).toBe(0)
  })
})
