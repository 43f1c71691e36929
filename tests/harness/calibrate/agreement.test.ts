import { describe, expect, it } from 'vitest'
import type { Pair } from '../../../harness/calibrate/agreement.ts'
import { agreementOf } from '../../../harness/calibrate/agreement.ts'
import { refuseUnknown, scaleFor } from '../../../harness/calibrate/scale.ts'
import type { CheckResult } from '../../../harness/model/trial.ts'

const LEVELS = ['1', '2', '3', '4']

describe('how far a judge agrees with people', () => {
  it('is told by the same labels, the confusion, recall of each label, and the mean difference', () => {
    const pairs: Pair[] = [
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 1],
      [3, 3],
      [3, 2],
    ]
    const { exact, confusion, recall, bias } = agreementOf(pairs, LEVELS)
    expect(exact.value).toBeCloseTo(4 / 6, 12)
    expect(confusion).toEqual([
      [1, 1, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 1, 1],
    ])
    expect(recall.map(({ label, rows, value }) => [label, rows, value])).toEqual([
      ['1', 2, 0.5],
      ['2', 2, 1],
      ['3', 0, null],
      ['4', 2, 0.5],
    ])
    // +1 once, −1 once.
    expect(bias.value).toBe(0)
  })

  it('weighs steps where labels are ordered, and does not where there are two', () => {
    const ordered = agreementOf(
      [
        [0, 0],
        [3, 3],
      ],
      LEVELS,
    )
    expect([ordered.kappa.weights, ordered.alpha.measurement]).toEqual(['quadratic', 'ordinal'])
    const two = agreementOf(
      [
        [0, 0],
        [1, 1],
      ],
      ['failed', 'passed'],
    )
    expect([two.kappa.weights, two.alpha.measurement]).toEqual(['none', 'nominal'])
  })

  it('has no coefficient where people gave one label only', () => {
    const { kappa, alpha, exact } = agreementOf(
      [
        [2, 2],
        [2, 2],
      ],
      LEVELS,
    )
    expect([kappa.value, alpha.value, exact.value]).toEqual([null, null, 1])
  })

  it('finds a judge that is always one level kinder biased by one', () => {
    const pairs = Array.from({ length: 30 }, (_, i): Pair => [i % 3, (i % 3) + 1])
    expect(agreementOf(pairs, LEVELS).bias.value).toBe(1)
    expect(agreementOf(pairs, LEVELS).exact.value).toBe(0)
  })
})

const instrument = {
  graders: [],
  identity: {},
  scale: LEVELS.map((label, i) => ({ label, score: i / 3 })),
}

function row(label: string): Parameters<typeof refuseUnknown>[1][number] {
  return { id: label, output: 'x', label, vars: {}, at: { file: 'labels.csv', line: 7 } }
}

function said(score: number, pass = score >= 0.5): CheckResult {
  return { type: 'javascript', pass, score, reason: '' }
}

describe('the scale', () => {
  it('takes a label as a person writes it', () => {
    const scale = scaleFor(instrument, [row('3')])
    expect(['1', ' 3 ', '3.0', 'three', ''].map((label) => scale.place(label))).toEqual([
      0,
      2,
      2,
      undefined,
      undefined,
    ])
  })

  it('takes the nearest level for a score between two, the lower of two as near', () => {
    const scale = scaleFor(instrument, [row('3')])
    expect([0, 0.33, 0.5, 0.6, 1].map((score) => scale.verdict(said(score)))).toEqual([0, 1, 1, 2, 3])
  })

  it('is whether the check passes, where people said no more than that', () => {
    const scale = scaleFor(instrument, [row('passed'), row('Fail')])
    expect(scale.labels).toEqual(['failed', 'passed'])
    expect([scale.verdict(said(0.6, false)), scale.verdict(said(0.4, true))]).toEqual([0, 1])
  })

  it('is that of a check without levels', () => {
    expect(scaleFor({ graders: [], identity: {} }, [row('3')]).labels).toEqual(['failed', 'passed'])
  })

  it('refuses a label that the judge cannot give, at its row, with those that it can', () => {
    const rows = [row('3'), row('5'), row('good')]
    expect(() => refuseUnknown(scaleFor(instrument, rows), rows, 'helpful')).toThrow(
      expect.objectContaining({
        message: 'the label `5` (and 1 more like it) is none that the judge `helpful` gives',
        hint: 'labels: 1, 2, 3, 4; or `passed` and `failed`, for all rows',
        at: { file: 'labels.csv', line: 7 },
      }),
    )
  })
})
