import padjust from '@stdlib/stats-padjust'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, holm } from '../../../harness/stats/multiple.ts'

const samples = fc.array(
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.01, 0.5, 1)),
  {
    minLength: 1,
    maxLength: 30,
  },
)

describe('adjusted p-values', () => {
  it('are those of @stdlib, ties included', () => {
    fc.assert(
      fc.property(samples, (ps) => {
        const [ourHolm, theirHolm] = [holm(ps), padjust(ps, 'holm')]
        const [ourBh, theirBh] = [benjaminiHochberg(ps), padjust(ps, 'bh')]
        ps.forEach((p, i) => {
          expect(ourHolm[i]).toBeCloseTo(theirHolm[i] as number, 12)
          expect(ourBh[i]).toBeCloseTo(theirBh[i] as number, 12)
          expect(ourHolm[i]).toBeGreaterThanOrEqual((ourBh[i] as number) - 1e-15)
          expect(ourBh[i]).toBeGreaterThanOrEqual(p)
        })
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
