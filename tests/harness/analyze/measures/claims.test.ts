import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsTally } from '../../../../harness/analyze/measures/claims.ts'
import type { ClaimsEvidence } from '../../../../harness/model/evidence.ts'
import { measureOf, tally } from './read-measures.ts'

interface Seen {
  readonly caseId: string
  readonly claims: number
  readonly supported: number
  readonly citations?: NonNullable<ClaimsEvidence['citations']>
}

const measured = (seen: readonly Seen[]) =>
  tally(
    claimsTally(),
    seen.map(({ caseId, ...claims }) => ({ evidence: { kind: 'claims', ...claims }, caseId })),
  )

describe('hallucination rate', () => {
  it.each([
    [[[4, 4]], 0, 0],
    [[[4, 3]], 1 / 4, 1],
    [[[4, 0]], 1, 1],
    // Of all claims, not the mean of replies.
    [
      [
        [9, 9],
        [1, 0],
      ],
      1 / 10,
      1 / 2,
    ],
    // A decline claims nothing: it counts among replies, not among claims.
    [
      [
        [2, 1],
        [0, 0],
      ],
      1 / 2,
      1 / 2,
    ],
    [[[0, 0]], null, 0],
  ])('of replies with [claims, supported] %j is %j, of replies %j', (replies, rate, hallucinating) => {
    const found = measured(
      replies.map(([claims = 0, supported = 0], at) => ({ caseId: `c${at}`, claims, supported })),
    )
    expect(measureOf(found, 'hallucination_rate').value).toBe(rate)
    expect(measureOf(found, 'hallucinating_replies').value).toBe(hallucinating)
  })

  it('has Wilson’s interval: 5 of 10 is 23.7 % to 76.3 %, 0 of 10 is 0 % to 27.8 %', () => {
    const ten = (unsupported: number) =>
      Array.from({ length: 10 }, (_, at) => ({
        caseId: `c${at}`,
        claims: 1,
        supported: at < unsupported ? 0 : 1,
      }))
    const half = measureOf(measured(ten(5)), 'hallucination_rate').interval
    expect(half?.lo).toBeCloseTo(0.2366, 4)
    expect(half?.hi).toBeCloseTo(0.7634, 4)
    const none = measureOf(measured(ten(0)), 'hallucination_rate').interval
    expect(none?.lo).toBe(0)
    expect(none?.hi).toBeCloseTo(0.2775, 4)
  })

  it('is no surer for claims that fall together: ten claims of one case are not ten cases', () => {
    const together = measured([
      { caseId: 'a', claims: 10, supported: 0 },
      { caseId: 'b', claims: 10, supported: 10 },
    ])
    const apart = measured(
      Array.from({ length: 20 }, (_, at) => ({ caseId: `c${at}`, claims: 1, supported: at % 2 })),
    )
    const width = (found: typeof apart) => {
      const { interval } = measureOf(found, 'hallucination_rate')
      return (interval?.hi ?? 0) - (interval?.lo ?? 0)
    }
    expect(width(together)).toBeGreaterThan(width(apart))
  })

  it('counts claims and replies, lower is better', () => {
    const found = measured([{ caseId: 'a', claims: 3, supported: 2 }])
    expect(measureOf(found, 'hallucination_rate')).toMatchObject({
      n: { count: 3, of: 'claims' },
      better: 'lower',
      unit: 'share',
    })
    expect(measureOf(found, 'hallucinating_replies')).toMatchObject({
      n: { count: 1, of: 'replies' },
      better: 'lower',
    })
  })
})

describe('citations', () => {
  const cited = (made: number, exist: number, support: number) => ({ made, exist, support })

  it.each([
    [[cited(4, 4, 3)], 3 / 4, 0],
    [[cited(4, 2, 1)], 1 / 4, 1 / 2],
    [[cited(1, 1, 1), cited(3, 2, 1)], 1 / 2, 1 / 4],
    [[cited(2, 2, 2), undefined], 1, 0],
    [[cited(0, 0, 0), cited(1, 0, 0)], 0, 1],
  ])('of %j have a precision of %d, and %d are of no document', (all, precision, invented) => {
    const found = measured(
      all.map((citations, at) => ({
        caseId: `c${at}`,
        claims: 1,
        supported: 1,
        ...(citations && { citations }),
      })),
    )
    expect(measureOf(found, 'citation_precision').value).toBe(precision)
    expect(measureOf(found, 'invented_citations').value).toBe(invented)
  })

  it('are not spoken of where none was made', () => {
    const names = measured([
      { caseId: 'a', claims: 1, supported: 1, citations: cited(0, 0, 0) },
    ]).measures.map(({ name }) => name)
    expect(names).toEqual(['hallucination_rate', 'hallucinating_replies'])
  })
})

describe('measures of claims, for all replies', () => {
  const reply = fc
    .record({ caseId: fc.constantFrom('a', 'b', 'c'), claims: fc.nat(9), right: fc.nat(9), made: fc.nat(5) })
    .map(({ caseId, claims, right, made }) => ({
      caseId,
      claims,
      supported: Math.min(claims, right),
      citations: cited3(made, right),
    }))

  function cited3(made: number, right: number): NonNullable<ClaimsEvidence['citations']> {
    const exist = Math.min(made, right)
    return { made, exist, support: Math.floor(exist / 2) }
  }

  it('do not depend on their order, and lie in their intervals, from 0 to 1', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 12 }), (replies) => {
        const found = measured(replies)
        expect(measured(replies.toReversed())).toEqual(found)
        for (const { value, interval } of found.measures) {
          if (value === null) continue
          expect(interval?.lo).toBeGreaterThanOrEqual(0)
          expect(interval?.lo).toBeLessThanOrEqual(value)
          expect(interval?.hi).toBeGreaterThanOrEqual(value)
          expect(interval?.hi).toBeLessThanOrEqual(1)
        }
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('say nothing where there are no replies', () => {
    expect(measured([])).toEqual({ measures: [], tables: [] })
  })
})
