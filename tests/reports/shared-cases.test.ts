import { describe, expect, it } from 'vitest'
import { sharedCases } from '../../reports/format/shared-cases.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { comparedInput, makeFlip } from './make-comparison.ts'
import { makeInput } from './make-input.ts'
import { TRIALS } from './make-quoting.ts'

describe('the cases that a shared report shows', () => {
  it('are all where it is not shared', () => {
    expect(sharedCases(comparedInput())).toBeUndefined()
  })

  it('are those that were named, and no others', () => {
    expect(sharedCases({ ...comparedInput(), share: { cases: ['a', 'b'] } })).toEqual(new Set(['a', 'b']))
    expect(sharedCases({ ...comparedInput(), share: { cases: [] } })).toEqual(new Set())
  })

  it('are else those that got worse in a column that gates, the broken ones first', () => {
    expect([...(sharedCases({ ...comparedInput(), share: {} }) ?? [])]).toEqual([
      'mail-7',
      'mail-8',
      'mail-9',
    ])
  })

  it('are else those that failed most', () => {
    const flips = [makeFlip({ gates: false })]
    const compared = comparedInput({ flips, broken: [] })
    const worst = makeInput({ trials: [...TRIALS, makeTrial()] })
    for (const input of [
      worst,
      { ...compared, analysis: { ...compared.analysis, worst: worst.analysis.worst } },
    ])
      expect(sharedCases({ ...input, share: {} })).toEqual(new Set(['open', 'closed']))
    expect(sharedCases({ ...makeInput({ trials: [makeTrial()] }), share: {} })).toEqual(new Set())
  })

  it('are fifty at most', () => {
    const flips = Array.from({ length: 200 }, (_, i) => makeFlip({ caseId: `f-${i}` }))
    expect(sharedCases({ ...comparedInput({ flips, broken: [] }), share: {} })?.size).toBe(50)
  })
})
