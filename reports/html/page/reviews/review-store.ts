import type { ReviewFile, ReviewMark } from '../../../../harness/model/review.ts'
import type { ReviewAbout } from '../../data/about.ts'
import type { ReportData } from '../model/report-data.ts'
import { cellOf, rowOf } from '../state/cell-id.ts'
import { cleanNote, type Draft, type Drafts } from './draft.ts'
import { browserStorage, type DraftStorage } from './draft-storage.ts'
import { reviewFile } from './review-file.ts'

/** What reviewers say of the run's cells: what is on record, and what was marked on this page since. */
export interface ReviewStore {
  /** What was marked on this page. */
  get(row: number): Draft | undefined
  /** What is on record, the newest last. */
  stored(row: number): readonly ReviewAbout[]
  /** The latest word on a row: this page's, else the newest on record. */
  markOf(row: number): ReviewMark | undefined
  set(row: number, mark: ReviewMark, note?: string): void
  remove(row: number): void
  /** Called after every change. Returns what ends it. */
  subscribe(listener: () => void): () => void
  /** Reviews made on this page. */
  readonly size: number
  /** Rows whose latest word is another than that the checks are right. */
  readonly disputed: number
  /** True while something was marked that no downloaded file holds. */
  readonly unsaved: boolean
  toFile(): ReviewFile
  /** The file was handed to the reader. */
  markDownloaded(): void
}

/** @param now the time of a review, as ISO text */
export function createReviewStore(
  data: ReportData,
  storage: DraftStorage = browserStorage(data.about.run.id),
  now: () => string = () => new Date().toISOString(),
): ReviewStore {
  const { about, main } = data
  const stored = Map.groupBy(
    about.reviews.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    ({ row }) => row,
  )
  const listeners = new Set<() => void>()
  const loaded = storage.load()
  const drafts = new Map<number, Draft>()
  for (const [cell, draft] of Object.entries(loaded.reviews)) {
    const row = rowOf(main, cell)
    if (row !== undefined) drafts.set(row, draft)
  }
  let downloaded = loaded.downloaded

  function keep(isDownloaded: boolean): void {
    downloaded = isDownloaded
    const reviews = Object.fromEntries([...drafts].map(([row, draft]) => [cellOf(main, row), draft]))
    storage.save({ reviews, downloaded } satisfies Drafts)
    for (const listener of listeners) listener()
  }
  const markOf = (row: number) => drafts.get(row)?.mark ?? stored.get(row)?.at(-1)?.mark
  return {
    get: (row) => drafts.get(row),
    stored: (row) => stored.get(row) ?? [],
    markOf,
    set(row, mark, note) {
      const kept = cleanNote(note)
      drafts.set(row, { mark, at: now(), ...(kept !== undefined && { note: kept }) })
      keep(false)
    },
    remove(row) {
      if (drafts.delete(row)) keep(false)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get size() {
      return drafts.size
    },
    get disputed() {
      return [...new Set([...drafts.keys(), ...stored.keys()])].filter((row) => markOf(row) !== 'agree')
        .length
    },
    get unsaved() {
      return drafts.size > 0 && !downloaded
    },
    toFile: () => reviewFile(data, drafts),
    markDownloaded: () => keep(true),
  }
}
