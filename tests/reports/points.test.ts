import { describe, expect, it } from 'vitest'
import type { Gate } from '../../harness/model/verdict.ts'
import { gateNotes, gateSentence } from '../../reports/format/gate.ts'
import { metricWord } from '../../reports/format/metric-decision.ts'
import { points, pValue, ratio, signed, signedRange, sizeOf } from '../../reports/format/points.ts'
import { makeComparison } from './make-comparison.ts'

describe('a difference', () => {
  it.each([
    [-0.08, '−8.0'],
    [0.03, '+3.0'],
    [-0.0004, '0.0'],
    [-0, '0.0'],
    [1, '+100.0'],
    [Number.NaN, '–'],
    [-Infinity, '–'],
  ])('of %d is shown in points as %s', (difference, shown) => {
    expect(signed(difference)).toBe(shown)
  })

  it('has an interval whose bounds bear their signs, parted by a word a minus cannot be mistaken for', () => {
    expect(signedRange([-0.141, -0.02])).toBe('−14.1 to −2.0')
    expect(signedRange([-0.061, 0.0371])).toBe('−6.1 to +3.7')
  })

  it('is told in words without a sign', () => {
    expect([-0.08, 0.01, 0.1621].map(points)).toStrictEqual(['8 points', '1 point', '16.2 points'])
  })
})

it('a p-value is never shown as zero', () => {
  expect([0, 0.00049, 0.0132, 1].map(pValue)).toStrictEqual(['<0.001', '<0.001', '0.013', '1.000'])
})

it('a ratio that is no number is not shown as one', () => {
  expect([1.1249, Number.NaN].map(ratio)).toStrictEqual(['1.12×', '–'])
})

it('a size says how often its cases were run', () => {
  expect([sizeOf(156, 3), sizeOf(1, 1)]).toStrictEqual(['156 cases × 3', '1 case run once'])
})

const DIFFERENCE: Gate = {
  name: 'no worse: pass',
  column: 'few-shot × sonnet',
  metric: 'pass',
  result: 'fail',
  threshold: -0.05,
  observed: -0.08,
  interval: [-0.141, -0.02],
  figure: 'difference',
  comparison: 'regression',
}

describe('a gate', () => {
  it('on a difference is in points, on a ratio in multiples, on a count in whole numbers', () => {
    const { comparison: _, ...plain } = DIFFERENCE
    expect(gateSentence(DIFFERENCE)).toBe('−8.0 points (−14.1 to −2.0), limit −5.0 points: regression')
    expect(
      gateSentence({ ...plain, figure: 'ratio', observed: 1.12, threshold: 1.2, interval: [1.02, 1.23] }),
    ).toBe('1.12× (1.02 to 1.23), limit 1.20×')
    expect(gateSentence({ ...plain, figure: 'count', observed: 2, threshold: 0, interval: null })).toBe(
      '2, limit 0',
    )
  })

  it('without a margin says so in place of a limit', () => {
    expect(gateSentence({ ...DIFFERENCE, threshold: 'no margin' })).toBe(
      '−8.0 points (−14.1 to −2.0), no margin: regression',
    )
  })

  it('that was not measured has no figure', () => {
    const { comparison: _, ...plain } = DIFFERENCE
    expect(gateSentence({ ...plain, observed: null, interval: null })).toBe('–, limit −5.0 points')
  })

  it('on a floor keeps the unit of its metric', () => {
    const { figure: _figure, comparison: _comparison, ...plain } = DIFFERENCE
    expect(gateSentence({ ...plain, threshold: 0.8, observed: 0.5, interval: [0.4, 0.6] })).toBe(
      '50.0% (40.0–60.0%), limit 80.0%',
    )
  })

  it('that is inconclusive says what could be seen, and what it takes to see more', () => {
    const open: Gate = {
      ...DIFFERENCE,
      comparison: 'inconclusive',
      signal: 'leaning_worse',
      detectable: 0.162,
    }
    const once = { cases: 240, repeats: 1 }
    expect(gateNotes({ ...open, needs: { drop: 0.1, options: [once] } }, {})).toStrictEqual([
      'At this size only drops over 17 points can be seen.',
      'It takes 240 cases run once to see a 10-point drop.',
    ])
    expect(
      gateNotes(
        { ...open, detectable: 1, needs: { drop: 0.1, options: [once, { cases: 100, repeats: 3 }] } },
        {},
      ),
    ).toStrictEqual([
      'At this size no drop can be told from noise.',
      'It takes 240 cases run once, or 100 cases × 3, to see a 10-point drop.',
    ])
    expect(gateNotes({ ...open, detectable: null, needs: null }, {})).toStrictEqual([])
  })

  it('does not ask for what the run has already', () => {
    const needs = { drop: 0.1, options: [{ cases: 156, repeats: 3 }] }
    const open: Gate = { ...DIFFERENCE, comparison: 'inconclusive', needs }
    expect(gateNotes(open, { comparison: makeComparison() })).toStrictEqual([])
  })

  it('that decided asks for nothing more', () => {
    expect(gateNotes({ ...DIFFERENCE, detectable: 0.1 }, {})).toStrictEqual([])
  })
})

it('an inconclusive comparison is called by what it hints at', () => {
  expect([
    metricWord('inconclusive', 'leaning_worse'),
    metricWord('inconclusive', 'no_signal'),
  ]).toStrictEqual(['may be worse', 'no signal'])
})
