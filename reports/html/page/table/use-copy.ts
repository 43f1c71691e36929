import { useRef, useState } from 'preact/hooks'
import { counted } from '../../../format/figures.ts'
import { copyText } from '../detail/copy.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { type CopyFormat, exportRows } from './export-rows.ts'
import { saveFile } from './save-file.ts'

/** Copies rows, and tells how far it is and what came of it. */
export function useCopy(
  data: ReportData,
  reviews: ReviewStore,
): [said: string, copy: (rows: Uint32Array, format: CopyFormat) => void] {
  const [said, say] = useState('')
  const isBusy = useRef(false)
  async function copy(rows: Uint32Array, format: CopyFormat): Promise<void> {
    if (isBusy.current || rows.length === 0) return
    isBusy.current = true
    try {
      const { text, withTexts } = await exportRows(data, reviews, rows, format, (done) =>
        say(`Copying … ${Math.round(done * 100)}%`),
      )
      const what = `${counted(rows.length, 'cell')} as ${format === 'csv' ? 'CSV' : 'JSONL'}, ${withTexts ? 'with prompts and outputs' : 'figures only: prompts and outputs go along up to 2,000 cells'}`
      if (await copyText(text)) say(`Copied ${what}.`)
      else {
        saveFile(text, `cells.${format}`, format === 'csv' ? 'text/csv' : 'application/jsonl')
        say(`The browser did not let the page copy: saved cells.${format} instead, ${what}.`)
      }
    } catch (error) {
      say(`Not copied: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      isBusy.current = false
    }
  }
  return [said, (rows, format) => void copy(rows, format)]
}
