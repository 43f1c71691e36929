import { describe, expect, it } from 'vitest'
import type { MetricComparison } from '../../../harness/model/comparison.ts'
import {
  driftSentence,
  improvedSentence,
  leaningSentence,
  noSignalSentence,
  noSignalsSentence,
  noWorseSentence,
  noWorsesSentence,
  regressionSentence,
  sequentialSentence,
  smallDropSentence,
  type Told,
} from '../../../harness/gate/sentences.ts'
import { COLUMN, LEANING, metric, NO_WORSE, REGRESSION } from './compared.ts'

const told = (comparison: MetricComparison, parts: Partial<Told> = {}): Told => ({
  comparison,
  alpha: 0.05,
  margin: 0.05,
  among: 1,
  ...parts,
})

describe('the sentence of a change that is proven', () => {
  it('tells what fell, how surely, and over how much', () => {
    expect(regressionSentence(told(REGRESSION))).toBe(
      'few-shot × sonnet got worse: pass fell by 8.0 points (95% −14.1 to −2.0), from 81.4% to 73.4% over 156 cases × 3.',
    )
  })

  it('tells a score as a score, and what it was compared with where that has another name', () => {
    const comparison = metric({
      ...REGRESSION,
      metric: 'accuracy',
      against: { prompt: 'zero-shot', provider: 'sonnet' },
      repeats: 1,
    })
    expect(regressionSentence(told(comparison, { alpha: 0.0221 }))).toBe(
      'few-shot × sonnet (against zero-shot × sonnet) got worse: accuracy fell by 8.0 points (97.8% −14.1 to −2.0), from 0.814 to 0.734 over 156 cases run once.',
    )
  })

  it('does not name the baseline that was run again beside it', () => {
    const against = { prompt: 'few-shot@baseline', provider: 'sonnet' }
    expect(regressionSentence(told({ ...REGRESSION, against }))).toMatch(/^few-shot × sonnet got worse:/)
  })

  it('never says that a rate fell from itself', () => {
    const comparison = metric({
      delta: -0.0002,
      interval: [-0.0003, -0.0001],
      base: { mean: 0.9004, interval: [0.9, 1] },
      candidate: { mean: 0.9002, interval: [0.9, 1] },
    })
    expect(regressionSentence(told(comparison))).toContain(
      'by 0.02 points (95% −0.03 to −0.01), from 90.04% to 90.02%',
    )
  })

  it('is said of an improvement in the same way', () => {
    const comparison = metric({
      delta: 0.08,
      interval: [0.02, 0.14],
      candidate: { mean: 0.88, interval: [0.8, 1] },
    })
    expect(improvedSentence(told(comparison))).toBe(
      'few-shot × sonnet got better: pass rose by 8.0 points (95% +2.0 to +14.0), from 80.0% to 88.0% over 100 cases × 3.',
    )
  })

  it('is "no worse" with its margin, and with the drop where there is one', () => {
    expect(noWorseSentence(told(NO_WORSE))).toBe(
      'few-shot × sonnet is no worse: by less than 5 points in pass, proven (+0.4 points [−2.1, +2.9] over 100 cases × 3).',
    )
    const small = metric({ delta: -0.012, interval: [-0.02, -0.004] })
    expect(smallDropSentence(told(small))).toBe(
      'few-shot × sonnet did fall a little, by 1.2 points in pass [−2.0, −0.4]: less than the 5 points allowed, proven.',
    )
    expect(noWorsesSentence([told(NO_WORSE), told({ ...NO_WORSE, metric: 'format' })], 0.025)).toBe(
      'few-shot × sonnet is no worse: by less than 2.5 points in pass and format, proven.',
    )
  })
})

describe('the sentence of a change that is not proven', () => {
  it('says what may be, what can be seen, and what it would take', () => {
    expect(leaningSentence(told(LEANING))).toBe(
      'few-shot × flash may be worse by 8 points [−18, +2]: inconclusive; with 100 cases run once only drops over 16 points can be seen; 240 cases, or 100 × 3 repeats, would settle a 10-point drop.',
    )
  })

  it('names a metric that is not the pass rate, and says why an interval below 0 is not enough', () => {
    const comparison = { ...LEANING, metric: 'tone', interval: [-0.15, -0.01] as const }
    expect(leaningSentence(told(comparison, { among: 15 }))).toMatch(
      /^few-shot × flash may be worse in tone by 8 points \[−15, −1\]: inconclusive; of 15 comparisons that gate, one/,
    )
  })

  it('asks for nothing that the run has already', () => {
    const needs = { drop: 0.1, options: [{ cases: 90, repeats: 3 }] }
    const sentence = leaningSentence(told({ ...LEANING, repeats: 3, needs, detectable: null }))
    expect(sentence).toBe('few-shot × flash may be worse by 8 points [−18, +2]: inconclusive.')
  })

  it('counts repeats with cases where it takes more of both', () => {
    const needs = { drop: 0.05, options: [{ cases: 1200, repeats: 3 }] }
    expect(leaningSentence(told({ ...LEANING, needs }))).toMatch(
      /; 1,200 cases × 3 would settle a 5-point drop\.$/,
    )
  })

  it('without any sign of a drop says what is not ruled out', () => {
    expect(noSignalSentence(told(metric()))).toBe(
      'few-shot × sonnet: no proof of a drop in pass (0.0 points [−6, +6]), but drops over 5 points are not ruled out; with 100 cases × 3 only drops over 9 points can be seen; 320 cases × 3 would settle a 5-point drop.',
    )
  })

  it.each([
    [-0.06, 'drops of up to 6 points are not ruled out'],
    [0.001, 'a drop is not ruled out'],
  ])('says so without a margin too: from %d', (lower, expected) => {
    const comparison = metric({ interval: [lower, 0.1], detectable: null, needs: null })
    expect(noSignalSentence(told(comparison, { margin: null }))).toContain(`, but ${expected}.`)
  })

  it('is one for several metrics, by the bluntest of them', () => {
    const tone = told(metric({ metric: 'tone', detectable: 0.3, needs: null }))
    expect(noSignalsSentence([told(metric()), tone], 0.05)).toBe(
      'few-shot × sonnet: no proof of a drop in pass and tone, but drops over 5 points are not ruled out; with 100 cases × 3 only drops over 30 points can be seen.',
    )
  })

  it('says nothing of what cannot be seen at all', () => {
    const comparison = metric({ cases: 1, repeats: 1, detectable: 1.4, interval: [-1, 1], needs: null })
    expect(noSignalSentence(told(comparison))).toBe(
      'few-shot × sonnet: no proof of a drop in pass (0.0 points [−100, +100]), but drops over 5 points are not ruled out.',
    )
  })
})

it('drift is told apart from the change', () => {
  const part = (delta: number): { delta: number; interval: [number, number]; pWorse: number } => ({
    delta,
    interval: [-1, 1],
    pWorse: 0.5,
  })
  expect(driftSentence({ column: COLUMN, metric: 'pass', model: part(-0.03), change: part(-0.01) })).toBe(
    'few-shot × sonnet: since the baseline was made the model drifted −3.0 points in pass; your change accounts for −1.0.',
  )
})

it('stopping early says what it saved', () => {
  expect(sequentialSentence({ stopped: true, casesUsed: 89, casesPlanned: 200, callsSaved: 1 })).toBe(
    'The gate had decided after 89 of 200 cases, so the run stopped there: 1 call was saved.',
  )
  expect(sequentialSentence({ stopped: false, casesUsed: 9, casesPlanned: 9, callsSaved: 0 })).toContain(
    'saved nothing',
  )
})
