import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { replyHash } from '../../../harness/model/review.ts'
import { bindReviews } from '../../../harness/review/bind-reviews.ts'
import { mergeReviews } from '../../../harness/review/merge-reviews.ts'
import { cellId, makeReview, markedCell, reviewFile, runOf, trialOf } from './make-review.ts'

const FIRST = trialOf('c-1')
const SECOND = trialOf('c-1', 1, { outcome: 'failed', output: { label: 'negative' } })
const SILENT = trialOf('c-2', 0, { outcome: 'errored', output: undefined })
const RUN = runOf([FIRST, SECOND, SILENT])

async function refusal(bound: Promise<unknown>): Promise<string> {
  const error = await bound.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof HarnessError && error.exitCode === 2) return error.format()
  throw error instanceof Error ? error : new Error('it was taken')
}

describe('a marked cell', () => {
  it('is bound to the reply that was looked at, be that a text or an object', async () => {
    const marked = [
      markedCell(FIRST, { note: '  irony \n' }),
      markedCell(SECOND, { mark: 'judge_wrong', note: ' ' }),
    ]
    const { reviews, otherOutcome } = await bindReviews(RUN, [reviewFile(marked)], 'Ann <ann@example.com>')
    const by = 'Ann <ann@example.com>'
    expect(reviews).toEqual([
      makeReview(FIRST, { note: 'irony', by }),
      makeReview(SECOND, { mark: 'judge_wrong', by }),
    ])
    expect(reviews[1]?.replyHash).toBe(replyHash({ label: 'negative' }))
    expect(otherOutcome).toEqual([])
  })

  it('keeps the outcome that was marked, and tells which the record has by now', async () => {
    const marked = markedCell(FIRST, { outcome: 'failed', mark: 'judge_wrong' })
    const { reviews, otherOutcome } = await bindReviews(RUN, [reviewFile([marked])])
    expect(reviews[0]).toMatchObject({ outcome: 'failed', mark: 'judge_wrong' })
    expect(otherOutcome).toEqual([{ review: reviews[0], outcome: 'passed' }])
  })

  it('without a reply is left out', async () => {
    const marked = [markedCell(SILENT), markedCell(FIRST)]
    const { reviews, withoutReply } = await bindReviews(RUN, [reviewFile(marked)])
    expect(reviews.map(({ caseId }) => caseId)).toEqual(['c-1'])
    expect(withoutReply).toEqual([marked[0]])
  })

  it('is found by the beginning of an id that the page has cut', async () => {
    const long = trialOf('x'.repeat(4000))
    const marked = markedCell(long, { caseId: `${'x'.repeat(199)}…` })
    const { reviews } = await bindReviews(runOf([long]), [reviewFile([marked])])
    expect(reviews[0]?.caseId).toBe('x'.repeat(4000))
  })

  it('is found by its id alone where scrubbing may have renamed its case', async () => {
    const scrubbed = [{ at: '2027-01-31T10:00:00.000Z', rules: ['x'], hits: 1 }]
    const marked = markedCell(FIRST, { caseId: 'what it was called' })
    const { reviews } = await bindReviews(runOf([FIRST], { scrubbed }), [reviewFile([marked])])
    expect(reviews[0]?.caseId).toBe('c-1')
  })
})

describe('a review file is refused as a whole', () => {
  it('where it is of another run: both are named', async () => {
    const file = reviewFile([markedCell(FIRST)], { run: 'run-0' })
    expect(await refusal(bindReviews(RUN, [reviewFile([]), file]))).toMatch(
      /review\.json reviews the run run-0, and this is the run run-1\nhint: Name the run that was looked at/,
    )
    const other = reviewFile([markedCell(FIRST)], { run: 'run-0', suite: 'translate' })
    expect(await refusal(bindReviews(RUN, [other]))).toContain('the run run-0 of translate')
  })

  it('where it marks cells that the run does not have: they are listed', async () => {
    const marked = [markedCell(FIRST), ...[1, 2].map((repeat) => markedCell(trialOf('c-9', repeat)))]
    const said = await refusal(bindReviews(RUN, [reviewFile(marked)]))
    expect(said).toContain('the review marks 2 cells that the run run-1 does not have. Nothing was written.')
    expect(said).toContain(`${cellId('c-9 1').slice(0, 16)} (c-9 in zero-shot × flash, repeat 2)`)
    expect(said).toContain(`${cellId('c-9 2').slice(0, 16)} (c-9 in zero-shot × flash, repeat 3)`)
  })

  it('where it lists very many of them, with the first ten', async () => {
    const marked = Array.from({ length: 14 }, (_, i) => markedCell(trialOf(`d-${i}`)))
    const said = await refusal(bindReviews(RUN, [reviewFile(marked)]))
    expect(said).toContain('(d-9 in')
    expect(said).not.toContain('(d-10 in')
    expect(said).toContain('… and 4 more')
  })

  it('where it calls a cell something else than the record does', async () => {
    for (const parts of [{ caseId: 'c-2' }, { prompt: 'few-shot' }, { provider: 'sonnet' }, { repeat: 1 }])
      expect(await refusal(bindReviews(RUN, [reviewFile([markedCell(FIRST, parts)])]))).toContain(
        ': there it is c-1 in zero-shot × flash',
      )
  })
})

describe('of several words on one cell', () => {
  const old = makeReview(FIRST, { mark: 'agree', at: '2027-01-01T00:00:00Z' })
  const late = makeReview(FIRST, { mark: 'label_wrong', at: '2027-01-01T00:00:00.500Z' })

  it('the newest holds, in whatever order they come', () => {
    expect(mergeReviews([old], [late])).toEqual({ reviews: [late], added: 0, replaced: 1, older: 0 })
    expect(mergeReviews([late], [old])).toEqual({ reviews: [late], added: 0, replaced: 0, older: 1 })
    expect(mergeReviews([], [late, old])).toEqual({ reviews: [late], added: 1, replaced: 0, older: 0 })
  })

  it('that have the same time, the one that came last holds', () => {
    const again = makeReview(FIRST, { mark: 'acceptable', at: old.at })
    expect(mergeReviews([old], [again]).reviews).toEqual([again])
  })

  it('the file lists cells by case, column and repeat, whatever was marked first', () => {
    const reviews = [trialOf('c-2'), SECOND, FIRST].map((trial) => makeReview(trial))
    expect(mergeReviews([], reviews).reviews.map(({ caseId, repeat }) => `${caseId} ${repeat}`)).toEqual([
      'c-1 0',
      'c-1 1',
      'c-2 0',
    ])
  })
})
