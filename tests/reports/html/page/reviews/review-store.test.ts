import { describe, expect, test } from 'vitest'
import { REVIEW_MARKS } from '../../../../../harness/model/review.ts'
import { bindReviews } from '../../../../../harness/review/bind-reviews.ts'
import {
  type Drafts,
  NO_DRAFTS,
  NOTE_LIMIT,
  parseDrafts,
} from '../../../../../reports/html/page/reviews/draft.ts'
import type { DraftStorage } from '../../../../../reports/html/page/reviews/draft-storage.ts'
import { MARK_WORDS } from '../../../../../reports/html/page/reviews/mark-words.ts'
import { createReviewStore } from '../../../../../reports/html/page/reviews/review-store.ts'
import { makeManifest } from '../../../make-input.ts'
import { exampleParts } from '../detail/example.ts'
import { fakeReport } from '../detail/fake-report.ts'

const NOW = '2026-11-26T08:00:00.000Z'

function memory(drafts: Drafts = NO_DRAFTS): DraftStorage & { kept: string | null } {
  const storage = {
    kept: JSON.stringify(drafts) as string | null,
    load: () => parseDrafts(storage.kept),
    save: (now: Drafts) => void (storage.kept = JSON.stringify(now)),
  }
  return storage
}

const makeStore = (storage = memory(), reviews = exampleParts().reviews ?? []) =>
  createReviewStore(fakeReport({ ...exampleParts(), reviews }), storage, () => NOW)

describe('reviews on the page', () => {
  test('every mark of a review has its key, word and sentence', () => {
    expect(MARK_WORDS.map(({ mark }) => mark)).toEqual(REVIEW_MARKS)
  })

  test('the file names each cell as the run does, and is bound to its replies', async () => {
    const store = makeStore()
    store.set(0, 'judge_wrong', '  a matter of taste ')
    store.set(1, 'agree')
    const file = store.toFile()
    expect(file).toMatchObject({ v: 1, run: 'run-1', suite: 'sentiment' })
    expect(file.reviews[0]).toEqual({
      cell: '0000000100000001',
      caseId: 'mail-001',
      prompt: 'few-shot',
      provider: 'sonnet',
      repeat: 0,
      outcome: 'failed',
      mark: 'judge_wrong',
      note: 'a matter of taste',
      at: NOW,
    })
    const { trials } = exampleParts()
    const run = {
      dir: '/runs/run-1',
      manifest: makeManifest(),
      trials: async function* () {
        yield* trials
      },
    }
    const bound = await bindReviews(run, [{ ...file, name: 'review.json' }])
    expect(bound.reviews.map(({ cellId, mark }) => [cellId, mark])).toEqual([
      [trials[0]?.cell.id, 'judge_wrong'],
      [trials[1]?.cell.id, 'agree'],
    ])
  })

  test('the page’s word comes before what is on record, and undoing it brings that back', () => {
    const store = makeStore()
    expect(store.markOf(0)).toBe('judge_wrong')
    store.set(0, 'agree')
    expect([store.markOf(0), store.disputed]).toEqual(['agree', 0])
    store.remove(0)
    expect([store.markOf(0), store.size, store.disputed]).toEqual(['judge_wrong', 0, 1])
  })

  test('of several on record the newest counts, whatever their order', () => {
    const store = makeStore(memory(), [
      { row: 1, mark: 'agree', at: '2026-11-25T00:00:00.000Z' },
      { row: 1, mark: 'label_wrong', at: '2026-11-24T00:00:00.000Z' },
    ])
    expect(store.markOf(1)).toBe('agree')
    expect(store.stored(1).map(({ mark }) => mark)).toEqual(['label_wrong', 'agree'])
  })

  test('it is unsaved until it is downloaded, and again after another mark', () => {
    const store = makeStore()
    expect(store.unsaved).toBe(false)
    store.set(0, 'agree')
    expect(store.unsaved).toBe(true)
    store.markDownloaded()
    expect(store.unsaved).toBe(false)
    store.set(2, 'acceptable')
    expect(store.unsaved).toBe(true)
  })

  test('reviews are there again on the next visit, and listeners hear of every change', () => {
    const storage = memory()
    const store = makeStore(storage)
    const heard: number[] = []
    const stop = store.subscribe(() => heard.push(store.size))
    store.set(0, 'acceptable', 'x')
    stop()
    store.set(1, 'agree')
    expect(heard).toEqual([1])
    const again = makeStore(storage)
    expect([again.get(0)?.note, again.markOf(1), again.unsaved]).toEqual(['x', 'agree', true])
  })

  test('a note is cut to its limit and no character is halved', () => {
    const store = makeStore()
    store.set(0, 'agree', `${'x'.repeat(NOTE_LIMIT - 1)}😀`)
    expect(store.get(0)?.note).toBe('x'.repeat(NOTE_LIMIT - 1))
  })

  test('a storage that holds something else is read as far as it can be', () => {
    const good = { mark: 'agree', at: NOW }
    const stored = {
      reviews: {
        '0000000100000001': good,
        '0000000200000002': { mark: 'no such', at: NOW },
        __proto__: good,
        x: good,
      },
      downloaded: 'yes',
    }
    expect(parseDrafts(JSON.stringify(stored))).toEqual({
      reviews: { '0000000100000001': good },
      downloaded: false,
    })
    expect(parseDrafts('null')).toEqual(NO_DRAFTS)
    expect(parseDrafts(null)).toEqual(NO_DRAFTS)
  })
})
