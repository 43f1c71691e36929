import { render } from 'preact'
import type { ReportData } from '../model/report-data.ts'
import { createReviewStore } from '../reviews/review-store.ts'
import { Cells } from './cells.tsx'

/** Puts the table of cells into its place, at once. */
export function mountCells(data: ReportData, place: HTMLElement): void {
  const root = document.createElement('div')
  place.append(root)
  render(data.main.rows === 0 ? <NoCells /> : <Cells data={data} reviews={createReviewStore(data)} />, root)
}

function NoCells() {
  return (
    <>
      <h2>All cells</h2>
      <div class="nothing">The run has no finished cell: there is nothing to list yet.</div>
    </>
  )
}
