import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEven } from '../../../harness/pricing/break-even.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { costOf, flatRates } from '../../../harness/pricing/rates.ts'
import type { Usage } from '../../../harness/model/usage.ts'

const call = { prefix: 2000, rest: 100, output: 50 }
const at = (prices: Parameters<typeof flatRates>[0]) => (usage: Usage) => costOf(usage, flatRates(prices))

describe('the request from which caching pays', () => {
  // Prices in units of the input's; the second column by hand from n > (write − read) / (input − read).
  it.each([
    ['1.25 to write, 0.1 to read: after one read', { cacheWrite: 1.25, cacheRead: 0.1 }, 2],
    ['2 to write, 0.1 to read: after two', { cacheWrite: 2, cacheRead: 0.1 }, 3],
    ['nothing more to write, 0.25 to read', { cacheWrite: 1, cacheRead: 0.25 }, 2],
    ['a tie at the second is no gain', { cacheWrite: 1.5, cacheRead: 0.5 }, 3],
    ['free to write and to read', { cacheWrite: 0, cacheRead: 0 }, 1],
    ['hardly cheaper to read', { cacheWrite: 1.25, cacheRead: 0.95 }, 7],
    ['no cheaper to read', { cacheWrite: 1.25, cacheRead: 1 }, null],
    ['dearer to read', { cacheWrite: 1.25, cacheRead: 1.1 }, null],
    ['no price to read', { cacheWrite: 1.25 }, null],
    ['no price to write', { cacheRead: 0.1 }, null],
  ])('%s', (_name, prices, requests) => {
    expect(breakEven(at({ input: 1, output: 5, ...prices }), call)).toBe(requests)
  })

  it('goes by the price of an hour where it is kept for one', () => {
    const prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6 }
    expect(breakEven(at(prices), call)).toBe(2)
    expect(breakEven(at(prices), { ...call, forAnHour: true })).toBe(3)
  })

  it('takes writing for input where the cache fills itself, unless it has a price', () => {
    const itself = { ...call, isWritten: false }
    // (1 − read) / (1 − read) = 1: a tie at the first, a gain from the second on, free reads or not.
    expect(breakEven(at({ input: 1, output: 5, cacheRead: 0.25 }), itself)).toBe(2)
    expect(breakEven(at({ input: 1, output: 5, cacheRead: 0 }), itself)).toBe(2)
    expect(breakEven(at({ input: 1, output: 5, cacheRead: 1 }), itself)).toBeNull()
    expect(breakEven(at({ input: 1, output: 5, cacheRead: 0.1, cacheWrite: 2 }), itself)).toBe(3)
  })

  it('is nothing where there is nothing to cache, or no price at all', () => {
    expect(
      breakEven(at({ input: 1, output: 1, cacheRead: 0.1, cacheWrite: 1 }), { ...call, prefix: 0 }),
    ).toBeNull()
    expect(breakEven(() => 'unknown', call)).toBeNull()
  })

  it('is the second for Claude at the price table’s prices, five minutes long', async () => {
    const prices = await openPrices()
    const day = new Date('2026-11-26T00:00:00Z')
    const price = (usage: Usage) =>
      prices.cost({ vendor: 'anthropic', model: 'claude-sonnet-4-5' }, usage, day)
    expect(breakEven(price, call)).toBe(2)
    expect(breakEven(price, { ...call, forAnHour: true })).toBe(3)
  })

  it('is the first number of requests whose whole cost is lower', () => {
    const cents = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(cents, cents, cents, (input, cacheWrite, cacheRead) => {
        const price = at({ input, output: 1, cacheWrite, cacheRead })
        const found = breakEven(price, call)
        const { rest, prefix, output } = call
        const [plain, write, read] = [
          { input: rest + prefix, output },
          { input: rest, output, cacheWrite: prefix },
          { input: rest, output, cacheRead: prefix },
        ].map((usage) => price(usage) as number) as [number, number, number]
        const gain = (n: number): number => n * plain - (write + (n - 1) * read)
        if (found === null) expect(read).toBeGreaterThanOrEqual(plain)
        else {
          expect(gain(found)).toBeGreaterThan(0)
          if (found > 1) expect(gain(found - 1)).toBeLessThanOrEqual(1e-9)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
