import { describe, expect, it } from 'vitest'
import { humanVerdict } from '../../../harness/model/human-verdict.ts'
import type { ReviewMark } from '../../../harness/model/review.ts'
import type { CheckResult, Outcome } from '../../../harness/model/trial.ts'
import { calibrationRows } from '../../../harness/review/calibration-rows.ts'
import { disagrees } from '../../../harness/review/survey-reviews.ts'
import { AT, makeReview, trialOf } from './make-review.ts'

const CHECK: CheckResult = { type: 'llm-rubric', metric: 'tone', pass: false, score: 0.2, reason: 'rude' }

describe("a reviewer's verdict", () => {
  it.each<[ReviewMark, Outcome, 'passed' | 'failed' | null]>([
    ['agree', 'passed', 'passed'],
    ['agree', 'failed', 'failed'],
    ['agree', 'errored', null],
    ['judge_wrong', 'passed', 'failed'],
    ['judge_wrong', 'failed', 'passed'],
    ['judge_wrong', 'errored', null],
    ['acceptable', 'failed', 'passed'],
    ['acceptable', 'passed', 'passed'],
    ['acceptable', 'errored', 'passed'],
    ['label_wrong', 'failed', null],
    ['label_wrong', 'passed', null],
  ])('%s on a cell that %s is %s', (mark, outcome, verdict) => {
    expect(humanVerdict({ mark, outcome })).toBe(verdict)
  })

  it('is of the reply, and stays when the checks come to another outcome', () => {
    const review = makeReview(trialOf('c-1', 0, { outcome: 'failed' }), { mark: 'judge_wrong' })
    const trial = trialOf('c-1', 0, { outcome: 'passed' })
    const [row] = calibrationRows({ review, trial }, 'run-2')
    expect(row).toMatchObject({ run: 'run-2', machine: 'passed', human: 'passed' })
    const cell = { review, repeat: 0, human: humanVerdict(review), source: trial.cell.source }
    expect(disagrees({ ...cell, machine: 'passed' })).toBe(false)
    expect(disagrees({ ...cell, machine: 'failed' })).toBe(true)
    expect(disagrees({ ...cell, machine: 'errored' })).toBe(false)
    expect(disagrees({ ...cell, human: null, machine: 'failed' })).toBe(false)
  })
})

describe('rows that a judge is calibrated on', () => {
  it('hold what was asked and answered, what the check said, and what the reviewer says', () => {
    const trial = trialOf('c-1', 1, {
      outcome: 'failed',
      checks: [CHECK],
      request: { prompt: 'Be kind to Ann.' },
    })
    const review = makeReview(trial, { mark: 'judge_wrong', note: 'kind enough', by: 'Ann' })
    expect(calibrationRows({ review, trial }, 'run-1')).toEqual([
      {
        v: 1,
        run: 'run-1',
        cellId: trial.cell.id,
        caseId: 'c-1',
        column: { prompt: 'zero-shot', provider: 'flash' },
        repeat: 1,
        replyHash: review.replyHash,
        vars: {},
        prompt: 'Be kind to Ann.',
        output: 'said of c-1',
        check: CHECK,
        checks: 1,
        machine: 'failed',
        human: 'passed',
        mark: 'judge_wrong',
        note: 'kind enough',
        by: 'Ann',
        at: AT,
      },
    ])
  })

  it('are one a check, those of sets too, and say how many there are', () => {
    const set = {
      type: 'assert-set',
      pass: false,
      score: 0,
      reason: 'one failed',
      members: [CHECK, { ...CHECK, metric: 'facts' }],
    }
    const broken = { type: 'javascript', pass: false, score: null, reason: '', error: 'x is not defined' }
    const trial = trialOf('c-1', 0, { outcome: 'errored', checks: [set, broken] })
    const rows = calibrationRows({ review: makeReview(trial), trial }, 'run-1')
    expect(rows.map(({ check }) => check?.metric ?? check?.error)).toEqual([
      'tone',
      'facts',
      'x is not defined',
    ])
    expect(rows.map(({ checks, machine, human }) => [checks, machine, human])).toEqual(
      rows.map(() => [3, null, null]),
    )
  })

  it('are one for a case without checks', () => {
    const trial = trialOf('c-1')
    expect(calibrationRows({ review: makeReview(trial), trial }, 'run-1')).toMatchObject([
      { check: null, checks: 0 },
    ])
  })
})
