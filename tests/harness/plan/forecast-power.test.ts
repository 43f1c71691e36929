import { describe, expect, it } from 'vitest'
import { forecastPower } from '../../../harness/plan/forecast-power.ts'

const SIZE = { cases: 156, repeats: 3, units: 156, alpha: 0.05, margin: 0.05 }

describe('what a comparison of a size could see', () => {
  it('is what repeats that vary leave, and an option says what the margin takes', () => {
    const power = forecastPower(SIZE)
    expect([power.basis, power.passRate, power.leastUnits]).toEqual(['assumed', 0.8, 72])
    expect(power.detectable).toBeCloseTo(0.0733, 3)
    expect(power.options[0]).toEqual({ cases: 1005, repeats: 1 })
  })

  it('is less where several comparisons share alpha, but for what rules a drop out, which needs no adjustment', () => {
    const [one, ten] = [forecastPower(SIZE), forecastPower({ ...SIZE, comparisons: 10 })]
    expect(ten.detectable).toBeGreaterThan(one.detectable ?? 1)
    expect(ten.leastUnits).toBe(one.leastUnits)
  })

  it('is no drop of nothing where nothing varied: five units must break before a test can tell', () => {
    const still = { within: 0, passRate: 1 }
    const power = forecastPower({ ...SIZE, basis: still })
    expect(power.detectable).toBeGreaterThan(0.03)
    expect(power.detectable).toBeLessThan(0.06)
    // More repeats of cases that never vary are no choice.
    expect(power.options).toEqual([{ cases: 134, repeats: 1 }])
  })

  it('is nothing at all with fewer units than that, clusters counted', () => {
    expect(forecastPower({ ...SIZE, cases: 4, units: 4, margin: null }).detectable).toBeNull()
    expect(forecastPower({ ...SIZE, cases: 12, units: 4, margin: null }).detectable).toBeNull()
    expect(forecastPower({ ...SIZE, cases: 5, units: 5, margin: null }).detectable).not.toBeNull()
  })
})
