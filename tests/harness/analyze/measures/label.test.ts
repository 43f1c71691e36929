import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelTally } from '../../../../harness/analyze/measures/label.ts'
import type { LabelEvidence } from '../../../../harness/model/evidence.ts'
import { measureOf, tableOf, tally } from './read-measures.ts'

type Seen = Omit<LabelEvidence, 'kind'>

/** Each one a case of its own. */
const measured = (seen: readonly Seen[]) =>
  tally(
    labelTally(),
    seen.map((evidence, index) => ({ evidence: { kind: 'label', ...evidence }, caseId: `c${index}` })),
  )

const pairs = (expected: readonly unknown[], predicted: readonly unknown[]): Seen[] =>
  expected.map((label, index) => ({ expected: String(label), predicted: String(predicted[index]) }))

describe('labels against reference values', () => {
  // scikit-learn 1.5, examples of f1_score, precision_score and recall_score.
  const example = measured(pairs([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]))

  it('has the macro-F1 of scikit-learn', () => {
    expect(measureOf(example, 'macro_f1').value).toBeCloseTo(0.26666, 4)
  })

  it('has the F1, precision and recall by class of scikit-learn', () => {
    expect(tableOf(example, 'classes').rows).toEqual([
      { head: '0', cells: [2 / 3, 1, 0.8, 1 / 3] },
      { head: '1', cells: [0, 0, 0, 1 / 3] },
      { head: '2', cells: [0, 0, 0, 1 / 3] },
    ])
  })

  it('has the macro-recall of scikit-learn as balanced accuracy', () => {
    expect(measureOf(example, 'balanced_accuracy').value).toBeCloseTo(0.3333, 4)
  })

  it('has the balanced accuracy of the example of balanced_accuracy_score', () => {
    const seen = measured(pairs([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]))
    expect(measureOf(seen, 'balanced_accuracy').value).toBeCloseTo(0.625, 12)
  })

  it('has the figures of the example of classification_report', () => {
    const seen = measured(pairs([0, 1, 2, 2, 2], [0, 0, 2, 2, 1]))
    const rounded = tableOf(seen, 'classes').rows.map(({ head, cells }) =>
      [head as string | number].concat(cells.map((cell) => Number(cell?.toFixed(2)))),
    )
    expect(rounded).toEqual([
      ['0', 0.5, 1, 0.67, 0.2],
      ['1', 0, 0, 0, 0.2],
      ['2', 1, 0.67, 0.8, 0.6],
    ])
    expect(measureOf(seen, 'macro_f1').value).toBeCloseTo(0.49, 2)
    expect(measureOf(seen, 'balanced_accuracy').value).toBeCloseTo(0.56, 2)
    expect(measureOf(seen, 'accuracy').value).toBeCloseTo(0.6, 12)
  })

  it('has the matrix of the example of confusion_matrix', () => {
    const seen = measured(
      pairs(['cat', 'ant', 'cat', 'cat', 'ant', 'bird'], ['ant', 'ant', 'cat', 'cat', 'ant', 'cat']),
    )
    expect(tableOf(seen, 'confusion')).toMatchObject({
      heads: ['expected', 'ant', 'bird', 'cat'],
      rows: [
        { head: 'ant', cells: [2, 0, 0] },
        { head: 'bird', cells: [0, 0, 1] },
        { head: 'cat', cells: [1, 0, 2] },
      ],
    })
  })

  // Drawn at random once; scikit-learn 1.2.1: f1_score(average='macro'), balanced_accuracy_score, confusion_matrix.
  it.each([
    [
      'bcdcdbcdcdddcddcadccdddd',
      'bcdbdacbccaccbddadcdbdbb',
      0.4722222222222222,
      0.6274038461538461,
      [
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 1, 5, 2],
        [1, 5, 2, 5],
      ],
    ],
    [
      'cccccbccccccacacccbccccccccacc',
      'accccbccacccacabccbccccbaccacc',
      0.7407407407407408,
      0.9333333333333332,
      [
        [3, 0, 0],
        [0, 2, 0],
        [3, 2, 20],
      ],
    ],
  ])('has the figures of scikit-learn for %s taken for %s', (expected, predicted, f1, recall, matrix) => {
    const seen = measured(pairs(expected.split(''), predicted.split('')))
    expect(measureOf(seen, 'macro_f1').value).toBeCloseTo(f1, 12)
    expect(measureOf(seen, 'balanced_accuracy').value).toBeCloseTo(recall, 12)
    expect(tableOf(seen, 'confusion').rows.map(({ cells }) => cells)).toEqual(matrix)
  })

  it('has the Brier score of scikit-learn, and the calibration error of bins drawn by numpy', () => {
    // Drawn at random once; scikit-learn 1.2.1: brier_score_loss; numpy 1.24.2: digitize(right=True) at 0.1, …, 0.9.
    const confidences = [
      0.26, 0.57, 0.32, 0.62, 0.58, 0.1, 0.44, 0.39, 0.71, 0.09, 0.17, 0.51, 0.4, 0.67, 0.33, 0.2, 0.93, 0.24,
      0.15, 0.28,
    ]
    const right = new Set([1, 4, 12, 13, 14, 18, 19])
    const seen = measured(
      confidences.map((confidence, i) => ({
        expected: 'a',
        predicted: right.has(i) ? 'a' : 'b',
        confidence,
      })),
    )
    expect(measureOf(seen, 'brier').value).toBeCloseTo(0.25969, 12)
    expect(measureOf(seen, 'ece').value).toBeCloseTo(0.208, 12)
  })

  it('has the score of the example of brier_score_loss', () => {
    const right: Seen = { expected: 'a', predicted: 'a' }
    const wrong: Seen = { expected: 'a', predicted: 'b' }
    const seen = measured([
      { ...wrong, confidence: 0.1 },
      { ...right, confidence: 0.9 },
      { ...right, confidence: 0.8 },
      { ...wrong, confidence: 0.3 },
    ])
    expect(measureOf(seen, 'brier').value).toBeCloseTo(0.0375, 12)
  })
})

/** `a a` is an a that was taken for an a; `-` gives no label, `?` abstains. */
const seenIn = (text: string): Seen[] => text.split(', ').map((one) => seenAs(one, text.includes('?')))

function seenAs(one: string, mayAbstain: boolean): Seen {
  const [expected = '', predicted = ''] = one.split(' ')
  return {
    expected: expected === '?' ? 'abstained' : expected,
    predicted: predicted === '-' || predicted === '?' ? null : predicted,
    ...(mayAbstain && { abstained: predicted === '?' }),
  }
}

describe('labels worked by hand', () => {
  it.each([
    // Right of all.
    ['a a, b b', 'accuracy', 1],
    ['a b, b a', 'accuracy', 0],
    ['a a, a b, b b, b -', 'accuracy', 0.5],
    ['a a, a ?', 'accuracy', 0.5],
    ['a a, ? ?', 'accuracy', 1],
    ['a a, ? a', 'accuracy', 0.5],
    // F1 of a class is 2·right / (expected + predicted); the mean is over the classes.
    ['a a, b b', 'macro_f1', 1],
    ['a b, b a', 'macro_f1', 0],
    // a: 2·1/(2+1) = 2/3; b: 2·1/(1+2) = 2/3.
    ['a a, a b, b b', 'macro_f1', 2 / 3],
    // A label that nothing expects is a class too: a is 2/3, b is 0.
    ['a a, a b', 'macro_f1', 1 / 3],
    // No label is no class: a is 2·1/(2+1).
    ['a a, a -', 'macro_f1', 2 / 3],
    ['a -, b -', 'macro_f1', 0],
    // An abstention that was not expected is a miss, and no class.
    ['a a, a ?', 'macro_f1', 2 / 3],
    // Where it was expected it is one: a is 2·1/(1+2), abstaining 0.
    ['a a, ? a', 'macro_f1', 1 / 3],
    ['a a, ? ?', 'macro_f1', 1],
    // The mean of the recalls of expected classes: a ½, b 1.
    ['a a, a b, b b', 'balanced_accuracy', 0.75],
    ['a a, a c', 'balanced_accuracy', 0.5],
    ['a -, b b', 'balanced_accuracy', 0.5],
    ['a a, a a, a a, b a', 'balanced_accuracy', 0.5],
    ['a a, a -, a -, a b', 'no_label', 0.5],
    ['a ?, a a', 'no_label', 0],
    ['a ?, a a, b -, b b', 'abstention_rate', 0.25],
    // Of those that decide; no label is a decision that came to nothing.
    ['a ?, a a', 'selective_accuracy', 1],
    ['a ?, a a, b a', 'selective_accuracy', 0.5],
    ['a ?, a a, b -', 'selective_accuracy', 0.5],
    ['a ?, b ?', 'selective_accuracy', null],
  ])('of %s the %s is %s', (text, name, value) => {
    const found = measureOf(measured(seenIn(text)), name).value
    if (value === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(value, 12)
  })

  it('shows abstentions and replies without a label after the labels of the matrix', () => {
    const { heads, rows } = tableOf(measured(seenIn('a a, b ?, b -, ? ?')), 'confusion')
    expect(heads).toEqual(['expected', 'a', 'b', 'abstained', 'no label'])
    expect(rows).toEqual([
      { head: 'a', cells: [1, 0, 0, 0] },
      { head: 'b', cells: [0, 0, 1, 1] },
      { head: 'abstained', cells: [0, 0, 1, 0] },
    ])
  })

  it('tells a label named "no label" from a reply with none', () => {
    const seen = measured([
      { expected: 'no label', predicted: 'no label' },
      { expected: 'no label', predicted: null },
    ])
    expect(tableOf(seen, 'confusion').rows).toEqual([{ head: 'no label', cells: [1, 1] }])
  })

  it('says nothing of abstentions where the suite allows none', () => {
    expect(measured(seenIn('a a')).measures.map(({ name }) => name)).not.toContain('abstention_rate')
  })

  it('counts whole cases: repeats of one add nothing to its width', () => {
    const seen: Seen = { expected: 'a', predicted: 'a' }
    const once = tally(labelTally(), ofCases(seen, 10, 1))
    const often = tally(labelTally(), ofCases(seen, 10, 5))
    expect(measureOf(often, 'accuracy')).toEqual(measureOf(once, 'accuracy'))
    expect(measureOf(often, 'accuracy').n).toEqual({ count: 10, of: 'cases' })
  })

  it('says nothing without a reply', () => {
    expect(labelTally().finish()).toEqual({ measures: [], tables: [] })
  })

  it('leaves out tables of more than 40 classes, and the interval of their mean', () => {
    const seen = measured(Array.from({ length: 41 }, (_, i) => ({ expected: `l${i}`, predicted: `l${i}` })))
    expect(seen.tables).toEqual([])
    expect(measureOf(seen, 'macro_f1')).toMatchObject({ value: 1, interval: null })
  })
})

function ofCases(seen: Seen, cases: number, repeats: number) {
  return Array.from({ length: cases * repeats }, (_, index) => ({
    evidence: { kind: 'label' as const, ...seen },
    caseId: `c${index % cases}`,
  }))
}

describe('confidence', () => {
  const sure = (confidence: number, right: boolean): Seen => ({
    expected: 'a',
    predicted: right ? 'a' : 'b',
    confidence,
  })

  it.each([
    // One bin: |0.95 − 1|.
    ['sure and right', [sure(0.95, true)], 0.05],
    ['sure and wrong', [sure(0.95, false)], 0.95],
    ['certain and right', [sure(1, true)], 0],
    ['not sure at all, and wrong', [sure(0, false)], 0],
    // Two bins of two: ½·|0.95 − 0.5| + ½·|0.55 − 0.5|.
    ['half right twice', [sure(0.95, true), sure(0.95, false), sure(0.55, true), sure(0.55, false)], 0.25],
    // One bin: mean confidence 0.75, three of four right.
    ['well calibrated', [true, true, true, false].map((right) => sure(0.75, right)), 0],
    // 0.7 ends the seventh bin (it is 7.000000000000001 tenths), with 0.65; 0.71 is in the eighth.
    ['at the edge of a bin', [sure(0.7, true), sure(0.66, false), sure(0.71, true)], (0.36 + 0.29) / 3],
    // In one bin over- and underconfidence cancel out: that is what binning loses.
    [
      'cancelled within a bin',
      [sure(0.82, true), sure(0.88, true), sure(0.85, false)],
      Math.abs(2.55 - 2) / 3,
    ],
  ])('%s: the calibration error', (_, seen, error) => {
    expect(measureOf(measured(seen), 'ece').value).toBeCloseTo(error, 12)
  })

  it('shows the bins that have replies, with what they say and what they are worth', () => {
    const seen = measured([sure(0.95, true), sure(0.95, false), sure(0.2, false), sure(0.9, true)])
    expect(tableOf(seen, 'reliability').rows).toEqual([
      { head: '0.1–0.2', cells: [0.25, 0.2, 0] },
      { head: '0.8–0.9', cells: [0.25, 0.9, 1] },
      { head: '0.9–1.0', cells: [0.5, 0.95, 0.5] },
    ])
  })

  it('does not count the confidence of a reply that has no label or abstains', () => {
    const seen = measured([
      sure(0.9, true),
      { expected: 'a', predicted: null, confidence: 0.9 },
      { expected: 'a', predicted: null, abstained: true, confidence: 0.9 },
    ])
    expect(measureOf(seen, 'ece').value).toBeCloseTo(0.1, 12)
  })

  it('is not spoken of where no reply gives one', () => {
    expect(measured(seenIn('a a')).measures.map(({ name }) => name)).not.toContain('ece')
  })
})

describe('laws of the figures', () => {
  const label = fc.constantFrom('a', 'b', 'c')
  const evidence = fc.record({
    expected: label,
    predicted: fc.option(label, { freq: 4 }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  const runs = fc.array(fc.record({ evidence, caseId: fc.constantFrom('1', '2', '3', '4', '5', '6') }), {
    minLength: 1,
    maxLength: 30,
  })
  const figures = (all: readonly { evidence: Seen; caseId: string }[]) =>
    tally(
      labelTally(),
      all.map(({ evidence: seen, caseId }) => ({ evidence: { kind: 'label', ...seen }, caseId })),
    )

  it('every figure is from 0 to 1, inside its interval where it is a rate', () => {
    fc.assert(
      fc.property(runs, (all) => {
        for (const { value, interval, name } of figures(all).measures) {
          if (value === null) continue
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
          if (interval === null || name !== 'accuracy') continue
          expect(interval.lo).toBeLessThanOrEqual(value)
          expect(interval.hi).toBeGreaterThanOrEqual(value)
        }
      }),
      { seed: 1, numRuns: 30 },
    )
  })

  it('no figure depends on the order in which trials end', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (all, turn) => {
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)].reverse()
        expect(figures(turned)).toEqual(figures(all))
      }),
      { seed: 1, numRuns: 30 },
    )
  })

  it('renaming the labels changes no figure', () => {
    const renamed = (of: string | null) => (of === null ? null : { a: 'z', b: 'y', c: 'x' }[of]!)
    fc.assert(
      fc.property(runs, (all) => {
        const other = all.map(({ evidence: seen, caseId }) => ({
          caseId,
          evidence: { ...seen, expected: renamed(seen.expected)!, predicted: renamed(seen.predicted) },
        }))
        const values = (of: ReturnType<typeof figures>) =>
          of.measures.map(({ name, value }) => [name, value === null ? null : Number(value.toFixed(9))])
        expect(values(figures(other))).toEqual(values(figures(all)))
      }),
      { seed: 1, numRuns: 30 },
    )
  })
})
