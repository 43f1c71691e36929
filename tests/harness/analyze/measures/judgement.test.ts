import { describe, expect, it } from 'vitest'
import { judgementTally } from '../../../../harness/analyze/measures/judgement.ts'
import type { JudgementEvidence } from '../../../../harness/model/evidence.ts'
import { measureOf, tally } from './read-measures.ts'

type Seen = Omit<JudgementEvidence, 'kind'>

function seen(...rows: readonly Seen[]): { evidence: JudgementEvidence; caseId: string }[] {
  return rows.map((row, index) => ({
    caseId: `case-${index}`,
    evidence: { kind: 'judgement', ...row },
  }))
}

function valueOf(name: string, rows: readonly Seen[]): number | null {
  return measureOf(tally(judgementTally(), seen(...rows)), name).value
}

const scored = (score: number, length: number): Seen => ({ score, length })
const compared = (score: number, orders: Seen['orders'], length = 10, lengthOfOther = 20): Seen => ({
  score,
  length,
  lengthOfOther,
  ...(orders !== undefined && { orders }),
})

describe('what judgements come to', () => {
  it('is their mean, and of comparisons how many were won', () => {
    expect(valueOf('mean_score', [scored(0, 1), scored(0.5, 1), scored(1, 1)])).toBe(0.5)
    expect(
      valueOf('win_rate', [compared(1, 'agreed'), compared(0.5, 'first'), compared(0.5, 'agreed')]),
    ).toBeCloseTo(2 / 3, 12)
  })

  it('is how often a verdict turned with the order, and which place that favours', () => {
    const rows = [
      compared(1, 'agreed'),
      compared(0, 'agreed'),
      compared(0.5, 'first'),
      compared(0.5, 'first'),
      compared(0.5, 'second'),
    ]
    expect(valueOf('flip_rate', rows)).toBe(3 / 5)
    expect(valueOf('first_place_preference', rows)).toBeCloseTo((2 - 1) / 5, 12)
  })

  it('leaves out of that what nobody was asked: an empty reply', () => {
    const measures = tally(judgementTally(), seen(compared(0, undefined, 0), compared(1, 'agreed')))
    expect(measureOf(measures, 'flip_rate').n).toEqual({ count: 1, of: 'comparisons in both orders' })
    expect(measureOf(measures, 'win_rate').n).toEqual({ count: 2, of: 'comparisons' })
  })

  it.each([
    ['that rises with length', [scored(0, 1), scored(0.5, 10), scored(1, 11)], 1],
    ['that falls with it', [scored(1, 1), scored(0.5, 10), scored(0, 11)], -1],
    // 1 − 6 Σd² / (n(n² − 1)), two places changed over: d² = 1 + 1 of n = 4.
    ['that nearly does', [scored(0.25, 1), scored(0, 2), scored(0.5, 3), scored(1, 4)], 1 - 12 / 60],
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    ['with ties', [scored(0, 1), scored(0.5, 2), scored(0.5, 3), scored(1, 4)], 4.5 / Math.sqrt(4.5 * 5)],
  ])('is the rank correlation of a score %s', (_name, rows, expected) => {
    expect(valueOf('length_correlation', rows)).toBeCloseTo(expected, 9)
  })

  it('is no correlation where nothing varies', () => {
    const { measures } = tally(judgementTally(), seen(scored(1, 5), scored(1, 9)))
    expect(measures.map(({ name }) => name)).not.toContain('length_correlation')
  })

  it('is how often the longer reply won, of those that were decided', () => {
    const rows = [
      compared(1, 'agreed', 30, 20),
      compared(0, 'agreed', 10, 20),
      compared(1, 'agreed', 10, 20),
      // Neither tells anything: a tie, and two of one length.
      compared(0.5, 'agreed', 30, 20),
      compared(1, 'agreed', 20, 20),
    ]
    expect(valueOf('longer_wins', rows)).toBeCloseTo(2 / 3, 12)
  })

  it('is how far the members of a panel agree, beyond chance', () => {
    const agreed = [0, 0.5, 1].map((score) => ({ score, length: 1, panel: [score, score, null] }))
    expect(valueOf('panel_alpha', agreed)).toBe(1)
    const half = [
      { score: 0, length: 1, panel: [0, 0] },
      { score: 0.5, length: 1, panel: [0, 1] },
      { score: 1, length: 1, panel: [1, 1] },
    ]
    // n = 6: Do = 2/6, De = 2·3·3 / (6·5) = 0.6; α = 1 − (1/3) / 0.6.
    expect(valueOf('panel_alpha', half)).toBeCloseTo(1 - 1 / 3 / 0.6, 12)
  })

  it('does not depend on the order in which trials come', () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      compared((i % 3) / 2, i % 4 === 0 ? 'first' : 'agreed', 7 * i, 100),
    )
    const forwards = seen(...rows)
    expect(tally(judgementTally(), forwards.toReversed())).toStrictEqual(tally(judgementTally(), forwards))
  })

  it('says nothing of no judgements', () => {
    expect(tally(judgementTally(), [])).toEqual({ measures: [], tables: [] })
  })
})
