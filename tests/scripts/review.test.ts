import { describe, expect, it } from 'vitest'
import { humanVerdict } from '../../harness/model/human-verdict.ts'
import type { Review } from '../../harness/model/review.ts'
import type { Outcome } from '../../harness/model/trial.ts'
import type { SurveyedCell } from '../../harness/review/survey-reviews.ts'
import { reviewJson, reviewText } from '../../scripts/review/review-text.ts'
import { makeReview, runOf, trialOf } from '../harness/review/make-review.ts'

const RUN = runOf([])

function cell(caseId: string, machine: Outcome, parts: Partial<Review> = {}, repeat = 0): SurveyedCell {
  const trial = trialOf(caseId, repeat, { outcome: machine })
  const review = makeReview(trial, parts)
  return { review, repeat, machine, human: humanVerdict(review), source: { file: 'cases.csv', line: 7 } }
}

function textOf(cells: readonly SurveyedCell[], more: object = {}): string {
  return reviewText({ run: RUN, cells, ...more }, '/elsewhere')
}

describe('what is said of reviews', () => {
  it('counts marks by what the checks had said, and leaves out marks that nobody made', () => {
    const cells = [
      ...['a', 'b'].map((id) => cell(id, 'passed', { mark: 'judge_wrong' })),
      cell('c', 'failed', { mark: 'judge_wrong' }),
      cell('d', 'errored', { mark: 'acceptable' }),
    ]
    const said = textOf(cells)
    expect(said).toContain('  judge_wrong  2 cells that passed, 1 cell that failed\n')
    expect(said).toContain('  acceptable   1 cell that errored\n')
    expect(said).not.toMatch(/agree {2}|label_wrong/)
    // An errored cell has no verdict to disagree with.
    expect(said).toContain('Checks and reviewer disagree in 3 cells:')
  })

  it('says that they agree where they do, also of a single cell', () => {
    const said = textOf([cell('a', 'failed', { mark: 'agree' })])
    expect(said).toContain('1 cell carries a review:')
    expect(said).toContain('Checks and reviewer agree wherever both have a verdict.')
  })

  it('asks for wider checks only where a check failed what is acceptable', () => {
    const saying = (machine: Outcome): string => textOf([cell('a', machine, { mark: 'acceptable' })])
    expect(saying('failed')).toContain('widen the checks that failed them')
    expect(saying('passed')).not.toContain('widen')
  })

  it('lists twenty cells at most, with their places and repeats', () => {
    const cells = Array.from({ length: 23 }, (_, i) => cell(`c-${i}`, 'failed', { mark: 'acceptable' }, 2))
    const said = textOf(cells)
    expect(said.match(/cases\.csv:7: /g)).toHaveLength(20)
    expect(said).toContain(
      'c-0 in zero-shot × flash, repeat 3 failed by its checks, passed by the reviewer (acceptable)',
    )
    expect(said).toContain('… and 3 more: --json has all of them')
    expect(reviewJson({ run: RUN, cells })).toMatchObject({
      disagreements: cells.map(() => ({ mark: 'acceptable' })),
    })
  })

  it('lets no escape code and no second line of a note through, and shortens a long one', () => {
    const note = `\u001b[31mred\nError: faked \u202E${'x'.repeat(500)}`
    const said = textOf([cell('a\nb', 'failed', { mark: 'judge_wrong', note })])
    expect(said).toContain('"␛[31mred Error: faked x')
    expect(said).toContain('x…"')
    expect(said).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|^Error/mu)
    expect(said.split('\n').every((line) => line.length < 400)).toBe(true)
  })

  it('names what is to be done about the marks that there are, and nothing else', () => {
    expect(textOf([cell('a', 'failed', { mark: 'label_wrong' })])).toMatch(
      /Next:\n {2}label_wrong: mend[^]*calibrate a judge/,
    )
    const exported = { file: '/x/rows.jsonl', rows: 1 }
    const said = textOf([cell('a', 'failed')], { exported })
    expect(said).not.toContain('Next:')
    expect(said).toContain('1 row to calibrate on: /x/rows.jsonl')
  })

  it('tells reviews that came from other runs', () => {
    const cells = [cell('a', 'passed'), cell('b', 'passed', { run: 'run-0' })]
    expect(textOf(cells)).toContain('2 cells carry a review, 1 of them from other runs with the same reply:')
  })
})
