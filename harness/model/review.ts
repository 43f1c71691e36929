import { createHash } from 'node:crypto'
import type { ColumnName } from './column-name.ts'
import type { CellRecord, Outcome } from './trial.ts'

/** What a reviewer says of a cell's verdict. */
export const REVIEW_MARKS = ['label_wrong', 'judge_wrong', 'acceptable', 'agree'] as const
export type ReviewMark = (typeof REVIEW_MARKS)[number]

/** A reviewer's word on one reply. It holds for that reply wherever it comes again, and for no other. */
export interface Review {
  readonly cellId: string
  readonly caseId: string
  /** Digest of the case's variables: under the same id another question may stand by now. */
  readonly varsHash?: string
  readonly column: ColumnName
  readonly repeat: number
  /** `replyHash` of the output that was looked at. */
  readonly replyHash: string
  /** What the checks had said. */
  readonly outcome: Outcome
  readonly mark: ReviewMark
  readonly note?: string
  readonly by?: string
  /** ISO time. */
  readonly at: string
  /** Id of the run that was looked at. */
  readonly run: string
}

/** `review.json`, as the page downloads it: not bound to replies yet. */
export interface ReviewFile {
  readonly v: 1
  readonly run: string
  readonly suite: string
  readonly reviews: readonly ReviewedCell[]
}

export interface ReviewedCell {
  /** The first 16 hex digits of the cell's id. */
  readonly cell: string
  readonly caseId: string
  readonly prompt: string
  readonly provider: string
  readonly repeat: number
  readonly outcome: Outcome
  readonly mark: ReviewMark
  readonly note?: string
  /** ISO time. */
  readonly at: string
}

/** sha256 of an output, in hex. */
export function replyHash(output: unknown): string {
  const text = typeof output === 'string' ? output : (JSON.stringify(output) ?? '')
  return createHash('sha256').update(text).digest('hex')
}

/** Where a review holds: this reply to this question in this column, whatever run it comes again in. */
type ReplyPlace = Pick<Review, 'caseId' | 'varsHash' | 'column' | 'replyHash'>

export function replyPlace(
  { caseId, varsHash, prompt, provider }: Pick<CellRecord, 'caseId' | 'varsHash' | 'prompt' | 'provider'>,
  hash: string,
): ReplyPlace {
  return {
    caseId,
    ...(varsHash !== undefined && { varsHash }),
    column: { prompt, provider },
    replyHash: hash,
  }
}

export function replyKey({ caseId, varsHash = '', column, replyHash: hash }: ReplyPlace): string {
  return JSON.stringify([caseId, varsHash, column.prompt, column.provider, hash])
}
