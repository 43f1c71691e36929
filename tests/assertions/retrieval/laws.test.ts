import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Gain } from '../../../assertions/retrieval/metrics.ts'
import {
  averagePrecision,
  distinct,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '../../../assertions/retrieval/metrics.ts'

const id = fc.constantFrom(...'a b c d e f g h i j k l m n o p'.split(' '))
const ranked = fc.uniqueArray(id, { maxLength: 16 })
const grades = fc
  .uniqueArray(fc.tuple(id, fc.integer({ min: 1, max: 5 })), { minLength: 1, selector: ([key]) => key })
  .map((pairs) => new Map(pairs))
const cut = fc.integer({ min: 1, max: 20 })
const gain = fc.constantFrom<Gain>('linear', 'exponential')
const always = { seed: 1, numRuns: 200 }

describe('every metric', () => {
  it('is from 0 to 1', () => {
    fc.assert(
      fc.property(ranked, grades, cut, gain, (ids, relevant, k, how) => {
        const scores = [
          recallAt(ids, relevant, k),
          precisionAt(ids, relevant, k),
          ndcgAt(ids, relevant, k, how),
          reciprocalRank(ids, relevant),
          averagePrecision(ids, relevant),
        ]
        for (const score of scores) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
        }
      }),
      always,
    )
  })

  it('does not depend on what irrelevant documents are called', () => {
    fc.assert(
      fc.property(ranked, grades, cut, (ids, relevant, k) => {
        const renamed = ids.map((one) => (relevant.has(one) ? one : `other-${one}`))
        expect(ndcgAt(renamed, relevant, k)).toBe(ndcgAt(ids, relevant, k))
        expect(averagePrecision(renamed, relevant)).toBe(averagePrecision(ids, relevant))
      }),
      always,
    )
  })

  it('does not fall when a relevant document moves up by one', () => {
    fc.assert(
      fc.property(ranked, grades, cut, fc.nat(), (ids, relevant, k, seed) => {
        const movable = ids.flatMap((one, index) =>
          index > 0 && relevant.has(one) && !relevant.has(ids[index - 1] ?? '') ? [index] : [],
        )
        const at = movable[seed % movable.length]
        if (at === undefined) return
        const better = ids.toSpliced(at - 1, 2, ids[at] ?? '', ids[at - 1] ?? '')
        const tolerance = 1e-12
        for (const metric of [recallAt, precisionAt, ndcgAt])
          expect(metric(better, relevant, k)).toBeGreaterThanOrEqual(metric(ids, relevant, k) - tolerance)
        expect(reciprocalRank(better, relevant)).toBeGreaterThanOrEqual(reciprocalRank(ids, relevant))
        expect(averagePrecision(better, relevant)).toBeGreaterThan(averagePrecision(ids, relevant))
      }),
      always,
    )
  })
})

describe('recall', () => {
  it('never falls with k, and is that of the set in the end', () => {
    fc.assert(
      fc.property(ranked, grades, cut, (ids, relevant, k) => {
        expect(recallAt(ids, relevant, k + 1)).toBeGreaterThanOrEqual(recallAt(ids, relevant, k))
        const found = [...relevant.keys()].filter((one) => ids.includes(one)).length
        expect(recallAt(ids, relevant, 16)).toBe(found / relevant.size)
      }),
      always,
    )
  })

  it('and precision of the first k count the same hits', () => {
    fc.assert(
      fc.property(ranked, grades, cut, (ids, relevant, k) => {
        expect(recallAt(ids, relevant, k) * relevant.size).toBeCloseTo(precisionAt(ids, relevant, k) * k, 10)
      }),
      always,
    )
  })

  it('does not depend on the order within the first k', () => {
    fc.assert(
      fc.property(ranked, grades, cut, (ids, relevant, k) => {
        const turned = [...ids.slice(0, k).toReversed(), ...ids.slice(k)]
        expect(recallAt(turned, relevant, k)).toBe(recallAt(ids, relevant, k))
      }),
      always,
    )
  })
})

describe('nDCG', () => {
  it('is 1 for grades in descending order, at every k', () => {
    fc.assert(
      fc.property(grades, cut, gain, (relevant, k, how) => {
        const best = [...relevant].toSorted(([, a], [, b]) => b - a).map(([one]) => one)
        expect(ndcgAt(best, relevant, k, how)).toBeCloseTo(1, 12)
      }),
      always,
    )
  })

  it('does not change when all grades are doubled, with linear gain', () => {
    fc.assert(
      fc.property(ranked, grades, cut, (ids, relevant, k) => {
        const doubled = new Map([...relevant].map(([one, grade]) => [one, 2 * grade]))
        expect(ndcgAt(ids, doubled, k)).toBeCloseTo(ndcgAt(ids, relevant, k), 12)
      }),
      always,
    )
  })
})

it('an id that comes again changes nothing', () => {
  fc.assert(
    fc.property(ranked, (ids) => {
      expect(distinct([...ids, ...ids])).toEqual(ids)
    }),
    always,
  )
})
