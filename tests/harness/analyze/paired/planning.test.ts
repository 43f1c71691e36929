import { describe, expect, it } from 'vitest'
import type { Planned } from '../../../../harness/analyze/paired/planning.ts'
import { detectable, needs } from '../../../../harness/analyze/paired/planning.ts'

/** 100 cases, run once at an 80% pass rate, where nothing has changed. */
const single: Planned = {
  n: 100,
  k: 1,
  units: 100,
  effectiveUnits: 100,
  binary: true,
  alpha: 0.05,
  alphaLeft: 0.05,
  margin: null,
  ofDifferences: 0.32,
  omega2: null,
  withinBase: null,
  withinCandidate: null,
  designEffect: 1,
}

describe('what a comparison could have seen', () => {
  it('of 100 cases run once is a drop of 16 points', () => {
    // mde#1 of the reference values.
    expect(detectable(single)).toBeCloseTo(0.1584815924639738, 9)
  })

  it('is less with repeats, where the differences are flake', () => {
    const repeated = {
      ...single,
      k: 3,
      ofDifferences: 0.32 / 3,
      omega2: 0,
      withinBase: 0.16,
      withinCandidate: 0.16,
    }
    expect(detectable(repeated)).toBeCloseTo(0.1584815924639738 / Math.sqrt(3), 9)
  })

  it('is more where clusters make cases alike', () => {
    expect(detectable({ ...single, designEffect: 4 })).toBeCloseTo(2 * 0.1584815924639738, 9)
  })

  it('is no less than what the sign-flip test can tell, however few cases differ', () => {
    const [few, none] = [
      detectable({ ...single, ofDifferences: 0.01 }),
      detectable({ ...single, ofDifferences: 0 }),
    ]
    expect(few).toBe(none)
    expect(none).toBeCloseTo(0.0664, 3)
  })

  it('is nothing with fewer units than that test needs', () => {
    expect(detectable({ ...single, n: 4, units: 4, effectiveUnits: 4 })).toBeNull()
    expect(detectable({ ...single, alphaLeft: 0.0001, n: 9, units: 9, effectiveUnits: 9 })).toBeNull()
  })
})

describe('what it would take', () => {
  it('is more cases, or more repeats of the cases there are', () => {
    expect(needs(single)).toEqual({
      drop: 0.1,
      options: [
        { cases: 252, repeats: 1 },
        { cases: 100, repeats: 3 },
      ],
    })
  })

  it('is never fewer units than a margin needs, whatever the repeats', () => {
    const options = needs({
      ...single,
      n: 20,
      units: 20,
      effectiveUnits: 20,
      margin: 0.05,
      ofDifferences: 0,
    })?.options
    expect(options).toEqual([{ cases: 72, repeats: 1 }])
    const clustered = { ...single, n: 40, units: 20, effectiveUnits: 20, margin: 0.05, ofDifferences: 0 }
    expect(needs(clustered)?.options[0]?.cases).toBe(144)
  })

  it('is nothing where the size is enough already', () => {
    expect(needs({ ...single, n: 1000, units: 1000, effectiveUnits: 1000, k: 5 })).toBeNull()
  })

  it('names no option that another one beats in cases and in repeats', () => {
    const options = needs({ ...single, margin: 0.05 })?.options ?? []
    const beaten = options.filter((a) =>
      options.some((b) => b !== a && b.cases <= a.cases && b.repeats <= a.repeats),
    )
    expect(options.length).toBeGreaterThan(1)
    expect(beaten).toEqual([])
  })
})
