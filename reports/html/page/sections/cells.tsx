import type { ReportInput } from '../../../../harness/model/report.ts'
import { counted } from '../../../format/figures.ts'

/** Where the page's script puts the table of all cells, and what stands there until it does: a host may forbid it without a word. */
export function Cells({ input: { analysis } }: { readonly input: ReportInput }) {
  return (
    <section id="cells" aria-label="All cells">
      <h2>All cells</h2>
      <p>
        {counted(analysis.cells.finished, 'cell')}: every cell is in trials.jsonl; turn scripts on to read
        them here. The cases that matter most are above.
      </p>
    </section>
  )
}
