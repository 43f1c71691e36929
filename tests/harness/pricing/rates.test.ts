import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, sumOf } from '../../../harness/pricing/decimal.ts'
import { costOf, flatRates, scaled } from '../../../harness/pricing/rates.ts'

const SEED = { seed: 20_261_126, numRuns: 300 }
const tokens = fc.integer({ min: 0, max: 3_000_000 })
const price = fc.integer({ min: 0, max: 200_000_000 }).map((units) => Number(`${units}e-6`))
const usage = fc
  .record({ input: tokens, output: tokens, cacheRead: tokens, kept: tokens, cacheWrite1h: tokens })
  .map(({ input, output, cacheRead, kept, cacheWrite1h }) => {
    const cacheWrite = kept + cacheWrite1h
    return { input, output, cacheRead, cacheWrite, cacheWrite1h }
  })
const rates = fc
  .record({ input: price, output: price, cacheRead: price, cacheWrite: price, cacheWrite1h: price })
  .map(flatRates)

describe('the cost of a call', () => {
  it('is that of its token classes, one by one', () => {
    fc.assert(
      fc.property(usage, rates, (used, at) => {
        const none = { input: 0, output: 0 }
        const kept = used.cacheWrite - used.cacheWrite1h
        const parts = [
          { ...none, input: used.input },
          { ...none, output: used.output },
          { ...none, cacheRead: used.cacheRead },
          { ...none, cacheWrite: kept },
          { ...none, cacheWrite: used.cacheWrite1h, cacheWrite1h: used.cacheWrite1h },
        ].map((part) => costOf(part, at) as number)
        const whole = costOf(used, at) as number
        // Every part is rounded to a double by itself: the sum of five may be off in the sixteenth digit.
        expect(Math.abs(whole - sumOf(parts))).toBeLessThanOrEqual(whole * 4e-16)
      }),
      SEED,
    )
  })

  it('is a number of at least 0, or unknown, whatever is told', () => {
    const anything = fc.oneof(tokens, fc.double(), fc.constant(undefined))
    const told = fc.record({
      input: fc.oneof(tokens, fc.double()),
      output: fc.oneof(tokens, fc.double()),
      cacheRead: anything,
      cacheWrite: anything,
      cacheWrite1h: anything,
    })
    fc.assert(
      fc.property(told, rates, fc.boolean(), (used, at, isPartial) => {
        const cost = costOf(used, isPartial ? { ...at, cacheRead: undefined } : at)
        expect(cost === 'unknown' || cost >= 0).toBe(true)
      }),
      SEED,
    )
  })

  it('of parts of tokens, as a mean has them, is exact too', () => {
    expect(costOf({ input: 0.1, output: 0.2 }, flatRates({ input: 3, output: 15 }))).toBe(0.0000033)
  })

  it('is exact beyond the whole numbers of a double', () => {
    const used = { input: 9_007_199_254_740_991, output: 1 }
    expect(costOf(used, flatRates({ input: 3.3, output: 1 }))).toBe(29_723_757_540.645_27)
  })

  it('changes for every token of a call with the length of its prompt', () => {
    const at = {
      input: {
        base: decimalOf(1),
        longer: [
          { above: 10, price: decimalOf(2) },
          { above: 20, price: decimalOf(4) },
        ],
      },
    }
    const of = (input: number) => costOf({ input, output: 0 }, at)
    expect([of(10), of(11), of(20), of(21)]).toEqual([0.00001, 0.000022, 0.00004, 0.000084])
  })
})

describe('rates times a factor', () => {
  it('are exact, those of longer prompts and the fee of a call among them', () => {
    const at = {
      input: { base: decimalOf(3.3), longer: [{ above: 10, price: decimalOf(6.6) }] },
      calls: decimalOf(12),
    }
    const half = scaled(at, 0.5)
    expect(costOf({ input: 10, output: 0 }, half)).toBe(0.0060165)
    expect(costOf({ input: 100, output: 0 }, half)).toBe(0.00633)
  })
})
