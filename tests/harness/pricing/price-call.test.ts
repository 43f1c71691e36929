import { describe, expect, it } from 'vitest'
import { priceCall } from '../../../harness/pricing/price-call.ts'
import { PRICES_AS_OF } from '../../../harness/pricing/prices.ts'

const PRICES = {
  full: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  plain: { input: 1, output: 2 },
}

describe('the price of a call', () => {
  it('adds the four token classes, each at its own price per million', () => {
    const usage = { input: 1000, output: 100, cacheRead: 2000, cacheWrite: 400 }
    expect(priceCall('full', usage, PRICES)).toBeCloseTo(0.003 + 0.0015 + 0.0006 + 0.0015, 12)
  })

  it('is unknown, never 0, for a model without a price', () => {
    expect(priceCall('some-model', { input: 0, output: 0 }, PRICES)).toBe('unknown')
    expect(priceCall('toString', { input: 1, output: 1 }, PRICES)).toBe('unknown')
  })

  it('is unknown when a class was used that has no price', () => {
    expect(priceCall('plain', { input: 10, output: 1, cacheRead: 5 }, PRICES)).toBe('unknown')
    expect(priceCall('plain', { input: 10, output: 1, cacheRead: 0 }, PRICES)).toBeCloseTo(0.000012, 12)
  })

  it('is 0 for a call of no tokens', () => {
    expect(priceCall('plain', { input: 0, output: 0 }, PRICES)).toBe(0)
  })

  it('knows the simulated models, at invented prices', () => {
    expect(priceCall('simulated:flash', { input: 1_000_000, output: 1_000_000 })).toBeCloseTo(0.5, 12)
    expect(priceCall('simulated:sonnet', { input: 1_000_000, output: 1_000_000 })).toBeCloseTo(18, 12)
  })

  it('carries the day of its table', () => {
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })
})
