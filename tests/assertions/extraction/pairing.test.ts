import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import extraction from '../../../assertions/extraction.ts'

type Item = Readonly<Record<string, number>>

/** Values that the best of all pairings has in common, by trying each. */
function mostInCommon(expected: readonly Item[], given: readonly Item[]): number {
  const [first, ...others] = expected
  if (first === undefined) return 0
  const without = mostInCommon(others, given)
  return given.reduce((most, item, index) => {
    const common = Object.keys(first).filter((key) => first[key] === item[key]).length
    return Math.max(most, common + mostInCommon(others, given.toSpliced(index, 1)))
  }, without)
}

function rightOf(expected: unknown, given: unknown): number {
  const { metadata } = extraction(JSON.stringify(given), { config: { expected } })
  const fields = metadata?.evidence?.kind === 'fields' ? Object.values(metadata.evidence.fields) : []
  return fields.reduce((sum, { right }) => sum + right, 0)
}

function f1Of(expected: unknown, given: unknown): number {
  return extraction(JSON.stringify(given), { config: { expected } }).score
}

const value = fc.integer({ min: 0, max: 2 })
const item: fc.Arbitrary<Item> = fc.record({ a: value, b: value, c: value })
const items = fc.array(item, { maxLength: 5 })

describe('the pairing of items', () => {
  it('has as much in common as the best of all pairings', () => {
    fc.assert(
      fc.property(items, items, (expected, given) => {
        expect(rightOf(expected, given)).toBe(mostInCommon(expected, given))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('does not depend on the order of either list', () => {
    const nested = fc.array(fc.record({ id: value, tags: fc.array(value, { maxLength: 3 }) }), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(nested, nested, (expected, given) => {
        const f1 = f1Of(expected, given)
        expect(f1Of(expected.toReversed(), given)).toBeCloseTo(f1, 12)
        expect(f1Of(expected, given.toReversed())).toBeCloseTo(f1, 12)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('finds equal items in lists of any length, and pairs the others by place in those too long to search', () => {
    const long = Array.from({ length: 400 }, (_, id) => ({ id, kind: 'x' }))
    expect(rightOf(long, long.toReversed())).toBe(800)
    // Of 400 items none is equal; by place each has its kind right and nothing else.
    expect(
      rightOf(
        long,
        long.map(({ id, kind }) => ({ id: id + 1000, kind })),
      ),
    ).toBe(400)
  })
})

describe('F1', () => {
  const object = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.oneof(value, items, fc.record({ x: value, y: value })),
  )

  it('is from 0 to 1, and 1 for the expected object itself', () => {
    fc.assert(
      fc.property(object, object, (expected, given) => {
        const f1 = f1Of(expected, given)
        expect(f1).toBeGreaterThanOrEqual(0)
        expect(f1).toBeLessThanOrEqual(1)
        expect(f1Of(expected, expected)).toBe(1)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('is the same with reply and expected object exchanged; precision and recall change places', () => {
    fc.assert(
      fc.property(object, object, (one, other) => {
        const there = extraction(JSON.stringify(other), { config: { expected: one } }).namedScores
        const back = extraction(JSON.stringify(one), { config: { expected: other } }).namedScores
        expect(there?.['f1']).toBeCloseTo(back?.['f1'] ?? Number.NaN, 12)
        expect(there?.['precision']).toBeCloseTo(back?.['recall'] ?? Number.NaN, 12)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('falls when a right value is taken away, and when a wrong one is added', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 10 }),
        (values) => {
          const whole = f1Of(values, values)
          const less = f1Of(values, values.slice(1))
          const more = f1Of(values, [...values, 99])
          expect(less).toBeLessThan(whole)
          expect(more).toBeLessThan(whole)
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })
})

it.each([
  [100, 100],
  // 10,201 pairs are too many: by their places only the middle ones belong together.
  [101, 1],
])('%d items that are not equal, in the other order: %d of them find each other', (size, found) => {
  const expected = Array.from({ length: size }, (_, id) => ({ id, say: 'yes' }))
  const given = expected.map(({ id }) => ({ id, no: 1 })).toReversed()
  const { namedScores } = extraction(JSON.stringify(given), { config: { expected } })
  expect(namedScores?.['recall']).toBeCloseTo(found / (2 * size), 12)
})
