import { describe, expect, it } from 'vitest'
import { positive, probability } from '../../../harness/stats/probability.ts'
import { wilson } from '../../../harness/stats/wilson.ts'

describe('wilson', () => {
  // statsmodels 0.13.5, proportion_confint(method='wilson')
  it.each([
    [0, 20, 0.0, 0.1611251580528194],
    [80, 100, 0.7111708344068411, 0.8666330666689676],
    [100, 100, 0.9630065017930143, 1.0],
    [43, 50, 0.7381380628941445, 0.930491665729837],
  ])('gives the bounds that statsmodels gives for %i of %i', (successes, n, lo, hi) => {
    const interval = wilson(probability(successes / n), positive(n))
    expect(interval.lo).toBeCloseTo(lo, 9)
    expect(interval.hi).toBeCloseTo(hi, 9)
  })

  it('has a width at 0% and at 100%, and ends exactly there', () => {
    expect(wilson(probability(0), positive(7))).toMatchObject({ lo: 0, hi: expect.closeTo(0.354, 3) })
    expect(wilson(probability(1), positive(7))).toMatchObject({ lo: expect.closeTo(0.646, 3), hi: 1 })
  })

  it('takes an effective size that is not whole', () => {
    const [less, more] = [wilson(probability(0.8), positive(20)), wilson(probability(0.8), positive(20.5))]
    expect(more.hi - more.lo).toBeLessThan(less.hi - less.lo)
  })
})

describe('probability and positive', () => {
  it.each([-0.001, 1.001, NaN])('refuses %d as a probability', (x) => {
    expect(() => probability(x)).toThrow(RangeError)
  })

  it.each([0, -1, Infinity, NaN])('refuses %d as a size', (x) => {
    expect(() => positive(x)).toThrow(RangeError)
  })
})
