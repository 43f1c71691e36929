import type { VNode } from 'preact'
import { duration, NOTHING, score } from '../../../format/figures.ts'
import type { ReportData } from '../model/report-data.ts'
import { markWord } from '../reviews/mark-words.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { signed } from './columns.tsx'
import { changeSign, flagWords, outcomeSign } from './words.ts'

/** A cell in two lines: what it is, and how it came out. */
export function cellCard({ main, cases }: ReportData, reviews: ReviewStore, row: number): VNode {
  const { id, description } = cases.label(main.case[row] as number)
  const column = main.columns[main.column[row] as number]
  const repeat = main.repeat[row] as number
  const points = main.score[row] as number
  const ms = main.latencyMs[row] as number
  const change = changeSign(main, row)
  const mark = reviews.markOf(row)
  return (
    <div class="card">
      <div class="first">
        {signed(outcomeSign(main, row))}{' '}
        <strong>
          <InlineText text={description === '' ? id : description} limit={80} />
        </strong>
      </div>
      <div class="second quiet">
        {change !== undefined && change.word !== 'same' && <>{signed(change)} · </>}
        <InlineText text={`${column?.prompt} × ${column?.provider}`} limit={60} />
        {repeat > 0 && ` · repeat ${repeat + 1}`} · {Number.isNaN(points) ? NOTHING : score(points)} ·{' '}
        {Number.isNaN(ms) ? NOTHING : duration(ms)} {flagWords(main, row)}
        {mark !== undefined && ` · ${markWord(mark)}`}
      </div>
    </div>
  )
}
