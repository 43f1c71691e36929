import type { ReviewMark } from '../../../../harness/model/review.ts'
import { isMark } from './mark-words.ts'

/** Most UTF-16 units of a note. */
export const NOTE_LIMIT = 2_000

/** A review made on this page. */
export interface Draft {
  readonly mark: ReviewMark
  readonly note?: string
  /** ISO time. */
  readonly at: string
}

/** What was reviewed on this page, by cell (the first 16 hex digits of its id), and whether it was downloaded as it is now. */
export interface Drafts {
  readonly reviews: Readonly<Record<string, Draft>>
  readonly downloaded: boolean
}

export const NO_DRAFTS: Drafts = { reviews: {}, downloaded: false }

/** A note as it is kept: without space around it, well-formed, cut to its limit; none where nothing is left. */
export function cleanNote(note: string | undefined): string | undefined {
  const text = note
    ?.toWellFormed()
    .trim()
    .slice(0, NOTE_LIMIT)
    .replace(/[\uD800-\uDBFF]$/, '')
  return text === '' ? undefined : text
}

/** Drafts out of a storage that others may have written to: what is no draft is left out. */
export function parseDrafts(json: string | null): Drafts {
  if (json === null) return NO_DRAFTS
  const stored = JSON.parse(json) as { reviews?: unknown; downloaded?: unknown } | null
  const entries = Object.entries(stored?.reviews ?? {}).flatMap(([cell, value]) => {
    const draft = draftOf(value)
    return draft !== undefined && /^[0-9a-f]{16}$/.test(cell) ? [[cell, draft] as const] : []
  })
  return { reviews: Object.fromEntries(entries), downloaded: stored?.downloaded === true }
}

function draftOf(value: unknown): Draft | undefined {
  const { mark, note, at } = (value ?? {}) as Record<string, unknown>
  if (!isMark(mark) || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined
  const kept = typeof note === 'string' ? cleanNote(note) : undefined
  return { mark, at, ...(kept !== undefined && { note: kept }) }
}
