import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KappaWeights } from '../../../harness/stats/cohen-kappa.ts'
import { cohenKappa } from '../../../harness/stats/cohen-kappa.ts'
import type { Measurement } from '../../../harness/stats/krippendorff-alpha.ts'
import { krippendorffAlpha } from '../../../harness/stats/krippendorff-alpha.ts'
import { meanRanks } from '../../../harness/stats/mean-ranks.ts'

const SEED = { seed: 1, numRuns: 40 }

/** Pairs with these counts: rows are the first rater's. */
function pairsOf(table: readonly (readonly number[])[]): [number, number][] {
  return table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, (): [number, number] => [a, b])),
  )
}

/** Two label vectors as scikit-learn's tests write them: [label, times]. */
function vector(...runs: readonly (readonly [number, number])[]): number[] {
  return runs.flatMap(([label, times]) => Array.from({ length: times }, () => label))
}

function zip(a: readonly number[], b: readonly number[]): [number, number][] {
  return a.map((value, i) => [value, b[i] ?? -1])
}

describe('Cohen’s kappa', () => {
  it.each([
    // Cohen 1960, EPM 20:37, table 1: p_o = .70, p_c = .41.
    [
      'the example of Cohen 1960',
      pairsOf([
        [44, 5, 1],
        [7, 20, 3],
        [9, 5, 6],
      ]),
      3,
      'none',
      0.4915,
      4,
    ],
    // sklearn.metrics.tests.test_classification.test_cohen_kappa, after Artstein & Poesio 2008.
    [
      'Artstein & Poesio 2008, table 1, in scikit-learn’s tests',
      pairsOf([
        [20, 20],
        [10, 50],
      ]),
      2,
      'none',
      0.348,
      3,
    ],
    [
      'Artstein & Poesio 2008, table 4, in scikit-learn’s tests',
      zip(vector([0, 46], [1, 44], [2, 10]), vector([0, 52], [1, 32], [2, 16])),
      3,
      'none',
      0.8013,
      4,
    ],
    // The example in the docs of cohen_kappa_score: negative 0, neutral 1, positive 2.
    [
      'the example of scikit-learn’s documentation',
      zip([0, 2, 0, 1, 2], [0, 2, 0, 1, 0]),
      3,
      'none',
      0.6875,
      6,
    ],
  ] as const)('is that of %s', (_, pairs, categories, weights, expected, digits) => {
    expect(cohenKappa(pairs, categories, weights).value).toBeCloseTo(expected, digits)
  })

  it.each([
    ['none', 0.9315],
    ['linear', 0.9412],
    ['quadratic', 0.9541],
  ] as const)('weighted by "%s" is that of scikit-learn’s tests', (weights, expected) => {
    const pairs = zip(vector([0, 46], [1, 44], [2, 10]), vector([0, 50], [1, 40], [2, 10]))
    expect(cohenKappa(pairs, 3, weights).value).toBeCloseTo(expected, 4)
  })

  // scikit-learn 1.2.1, cohen_kappa_score(first, second, labels=range(k), weights=…), on tables drawn at random.
  it.each([
    [
      6,
      [3, 1, 0, 0, 3, 0, 1, 3, 1, 4, 3, 0, 3, 5],
      [4, 1, 0, 3, 1, 2, 4, 3, 2, 0, 5, 4, 3, 1],
      { none: 0.125, linear: -0.016759776536312776, quadratic: -0.10019646365422408 },
    ],
    [
      6,
      [3, 3, 0, 5, 1, 4, 2, 5, 1, 5, 1, 3, 0],
      [3, 3, 0, 5, 1, 3, 2, 5, 1, 5, 1, 3, 0],
      { none: 0.9029850746268656, linear: 0.9611940298507463, quadratic: 0.9875835721107927 },
    ],
    [
      4,
      [1, 3, 2, 3, 1, 2, 2, 2, 1, 3],
      [1, 1, 2, 0, 2, 1, 3, 3, 3, 2],
      { none: -0.1428571428571428, linear: -0.22448979591836715, quadratic: -0.375 },
    ],
  ] as const)('of %i categories is what scikit-learn gives, whatever the weights', (k, a, b, expected) => {
    for (const weights of ['none', 'linear', 'quadratic'] as const)
      expect(cohenKappa(zip(a, b), k, weights).value).toBeCloseTo(expected[weights], 12)
  })

  it('is 1 where raters agree on everything, 0 where they agree as chance would, −1 where two are opposed', () => {
    expect(
      cohenKappa(
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        3,
      ).value,
    ).toBe(1)
    expect(
      cohenKappa(
        pairsOf([
          [1, 1],
          [1, 1],
        ]),
        2,
      ).value,
    ).toBe(0)
    expect(
      cohenKappa(
        pairsOf([
          [0, 1],
          [1, 0],
        ]),
        2,
      ).value,
    ).toBe(-1)
  })

  it('has no value where both raters use one category only, and without a pair', () => {
    expect(
      cohenKappa(
        [
          [1, 1],
          [1, 1],
        ],
        2,
      ).value,
    ).toBeNull()
    expect(cohenKappa([], 2)).toStrictEqual({ value: null, interval: null, units: 0 })
  })

  it('counts a step as less than two, once it is weighted', () => {
    const near = pairsOf([
      [5, 5, 0],
      [0, 10, 0],
      [0, 0, 10],
    ])
    const far = pairsOf([
      [5, 0, 5],
      [0, 10, 0],
      [0, 0, 10],
    ])
    const of = (pairs: [number, number][], weights: KappaWeights): number =>
      cohenKappa(pairs, 3, weights).value ?? NaN
    expect(of(near, 'linear')).toBeGreaterThan(of(far, 'linear'))
    expect(of(near, 'quadratic')).toBeGreaterThan(of(near, 'linear'))
  })

  it('refuses a category that is none of those', () => {
    expect(() => cohenKappa([[0, 2]], 2)).toThrow(RangeError)
    expect(() => cohenKappa([[0, -1]], 2)).toThrow(RangeError)
    expect(() => cohenKappa([[0, 0.5]], 2)).toThrow(RangeError)
  })

  it('has an interval that holds it, narrower with ten times the units', () => {
    const table = [
      [20, 20],
      [10, 50],
    ]
    const few = cohenKappa(pairsOf(table), 2)
    const many = cohenKappa(pairsOf(table.map((row) => row.map((count) => 10 * count))), 2)
    const width = ({ interval }: typeof few): number => (interval?.hi ?? 9) - (interval?.lo ?? -9)
    expect(few.interval?.lo).toBeLessThan(few.value ?? NaN)
    expect(few.interval?.hi).toBeGreaterThan(few.value ?? NaN)
    // √10 ≈ 3.2 times.
    expect(width(few) / width(many)).toBeGreaterThan(2.5)
    expect(width(few) / width(many)).toBeLessThan(4)
  })

  const rated = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 5,
    maxLength: 25,
  })

  it('keeps to the laws: at most 1, the same with raters changed over, and with categories renamed', () => {
    fc.assert(
      fc.property(rated, fc.constantFrom<KappaWeights>('none', 'linear', 'quadratic'), (pairs, weights) => {
        const { value } = cohenKappa(pairs, 4, weights)
        const turned = cohenKappa(
          pairs.map(([a, b]) => [b, a] as [number, number]),
          4,
          weights,
        ).value
        // Order upside down is the only renaming that weights survive.
        const renamed = cohenKappa(
          pairs.map(([a, b]) => [3 - a, 3 - b] as [number, number]),
          4,
          weights,
        ).value
        expect(value ?? 0).toBeLessThanOrEqual(1)
        expect(apart(turned, value)).toBeLessThan(1e-9)
        expect(apart(renamed, value)).toBeLessThan(1e-9)
      }),
      SEED,
    )
  })

  it('does not depend on the names of unordered categories', () => {
    fc.assert(
      fc.property(rated, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (pairs, names) => {
        const { value } = cohenKappa(pairs, 4)
        const renamed = pairs.map(([a, b]): [number, number] => [names[a] ?? 0, names[b] ?? 0])
        expect(apart(cohenKappa(renamed, 4).value, value)).toBeLessThan(1e-9)
      }),
      SEED,
    )
  })
})

// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
const _ = null
const FOUR_OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
  [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]

function unitsOf(observers: readonly (readonly (number | null)[])[]): (number | null)[][] {
  return (observers[0] ?? []).map((_first, unit) => observers.map((values) => values[unit] ?? null))
}

describe('Krippendorff’s alpha', () => {
  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)(
    'of four observers, with values missing, is Krippendorff’s own: %s',
    (measurement, expected) => {
      const { value, units } = krippendorffAlpha(unitsOf(FOUR_OBSERVERS), measurement)
      expect(value).toBeCloseTo(expected, 3)
      // The last unit has one value.
      expect(units).toBe(11)
    },
  )

  // The coincidence matrix of the definition, written out in Python 3.11 for these units, which were drawn at random.
  it.each([
    [
      [
        [3, 3, 1, _, 3],
        [3, _, 3, 3, _],
        [1, _, _, 2, 1],
        [3, 1, 5, _, 2],
        [3, 1, 1, _, 3],
        [2, 3, 2, 2, 3],
        [5, _, 4, _, _],
        [4, _, _, _, 1],
        [2, 5, 4, 5, 5],
        [2, 5, 2, 5, _],
      ],
      { nominal: 0.16915670650730408, ordinal: 0.16815476190476186, interval: 0.2082111436950147 },
    ],
    [
      [
        [0, 0, 0],
        [7, 7, _],
        [7, 7, 7],
        [7, 7, 7],
        [-3, -3, -3],
        [-3, -3, -3],
        [-3, 0, -3],
        [20, 20, 20],
      ],
      { nominal: 0.8829787234042553, ordinal: 0.9626115281121654, interval: 0.9933574879227053 },
    ],
    [
      [
        [0, 0.5],
        [0.25, _],
        [1, 0],
        [_, 0.25],
        [0, 0.5],
        [_, _],
      ],
      { nominal: -0.36363636363636376, ordinal: -0.5833333333333333, interval: -0.5 },
    ],
  ])('with values missing is what its definition comes to (%#)', (units, expected) => {
    for (const measurement of ['nominal', 'ordinal', 'interval'] as const)
      expect(krippendorffAlpha(units, measurement).value).toBeCloseTo(expected[measurement], 12)
  })

  it('of two observers and two values is Krippendorff’s own (section A)', () => {
    const units = unitsOf([
      [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
      [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    ])
    expect(krippendorffAlpha(units, 'nominal').value).toBeCloseTo(0.095, 3)
  })

  it('of two observers and five values is Krippendorff’s own (section B)', () => {
    const [a, b, c, d, e] = [1, 2, 3, 4, 5]
    const units = unitsOf([
      [a, a, b, b, d, c, c, c, e, d, d, a],
      [b, a, b, b, b, c, c, c, e, d, d, d],
    ])
    expect(krippendorffAlpha(units, 'nominal').value).toBeCloseTo(0.692, 3)
  })

  it('is 1 where observers agree, and has no value where nothing varies or nothing can be paired', () => {
    for (const measurement of ['nominal', 'ordinal', 'interval'] as const) {
      expect(
        krippendorffAlpha(
          [
            [1, 1],
            [2, 2, 2],
            [4, 4, null],
          ],
          measurement,
        ).value,
      ).toBe(1)
      expect(
        krippendorffAlpha(
          [
            [3, 3],
            [3, 3],
          ],
          measurement,
        ).value,
      ).toBeNull()
      expect(
        krippendorffAlpha(
          [
            [3, null],
            [null, 1],
          ],
          measurement,
        ).value,
      ).toBeNull()
      expect(krippendorffAlpha([], measurement).value).toBeNull()
    }
  })

  it('does not lose an interval scale that begins far from 0', () => {
    const far = unitsOf(FOUR_OBSERVERS).map((unit) => unit.map((value) => value && value + 1e9))
    expect(krippendorffAlpha(far, 'interval').value).toBeCloseTo(0.849, 3)
  })

  it('has a wider interval where units come in clusters, and the same value', () => {
    const units = unitsOf(FOUR_OBSERVERS).slice(0, 10)
    const copies = [...units, ...units, ...units]
    const clusters = copies.map((_unit, i) => `case ${i % units.length}`)
    const alone = krippendorffAlpha(copies, 'interval')
    const together = krippendorffAlpha(copies, 'interval', clusters)
    expect(together.value).toBe(alone.value)
    const width = ({ interval }: typeof alone): number => (interval?.hi ?? NaN) - (interval?.lo ?? NaN)
    expect(width(together)).toBeGreaterThan(1.3 * width(alone))
  })

  it('refuses what is no finite number, and more than a hundred categories', () => {
    expect(() => krippendorffAlpha([[1, NaN]], 'interval')).toThrow(RangeError)
    const many = Array.from({ length: 101 }, (_one, i) => [i, i])
    expect(() => krippendorffAlpha(many, 'ordinal')).toThrow(RangeError)
    expect(krippendorffAlpha(many, 'interval').value).toBe(1)
  })

  const rated = fc.array(
    fc.array(fc.option(fc.integer({ min: 1, max: 4 })), { minLength: 2, maxLength: 4 }),
    {
      minLength: 5,
      maxLength: 20,
    },
  )
  const measured = fc.constantFrom<Measurement>('nominal', 'ordinal', 'interval')

  it('keeps to the laws: at most 1; neither order of units nor of observers counts; the scale upside down is as good', () => {
    fc.assert(
      fc.property(rated, measured, (units, measurement) => {
        const { value } = krippendorffAlpha(units, measurement)
        const turned = units.toReversed().map((unit) => unit.toReversed())
        const upsideDown = units.map((unit) => unit.map((one) => one && 5 - one))
        expect(value ?? 0).toBeLessThanOrEqual(1)
        expect(apart(krippendorffAlpha(turned, measurement).value, value)).toBeLessThan(1e-9)
        expect(apart(krippendorffAlpha(upsideDown, measurement).value, value)).toBeLessThan(1e-9)
      }),
      SEED,
    )
  })

  it('goes by order alone where values are ordinal, by sameness alone where they are nominal', () => {
    fc.assert(
      fc.property(rated, (units) => {
        const stretched = units.map((unit) => unit.map((one) => one && 10 ** one))
        const swapped = units.map((unit) => unit.map((one) => one && ([0, 3, 1, 4, 2][one] ?? 0)))
        const of = (rows: typeof units, how: Measurement): number | null => krippendorffAlpha(rows, how).value
        expect(apart(of(stretched, 'ordinal'), of(units, 'ordinal'))).toBeLessThan(1e-9)
        expect(apart(of(swapped, 'nominal'), of(units, 'nominal'))).toBeLessThan(1e-9)
      }),
      SEED,
    )
  })
})

describe('ranks', () => {
  it.each([
    [
      [30, 10, 20],
      [3, 1, 2],
    ],
    // Two share places 2 and 3, three share 4 to 6.
    [
      [9, 5, 9, 1, 5, 9],
      [5, 2.5, 5, 1, 2.5, 5],
    ],
    [
      [7, 7],
      [1.5, 1.5],
    ],
    [[], []],
  ])('of %j are %j', (values, ranks) => {
    expect(meanRanks(values)).toEqual(ranks)
  })
})

/** No distance between two that are both missing, an endless one where one is. */
function apart(a: number | null, b: number | null): number {
  if (a === null || b === null) return a === b ? 0 : Infinity
  return Math.abs(a - b)
}
