import { count, counted } from '../../../format/figures.ts'
import type { ReportView } from '../../page-module.ts'

interface Link {
  readonly id: string
  readonly title: string
  readonly note?: string
}

/** Where the rest of the page is. */
export function Sections({ view }: { readonly view: ReportView }) {
  return (
    <nav class="sections" aria-label="Sections of this report">
      <ul>
        {linksOf(view).map(({ id, title, note }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
            {note !== undefined && <span class="quiet"> {note}</span>}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function linksOf({ input }: ReportView): Link[] {
  const { analysis, verdict, history } = input
  const { gates } = verdict
  const broken = gates.filter(({ result }) => result === 'fail').length
  const flips = analysis.comparison?.flipCounts
  return [
    ...(gates.length === 0
      ? []
      : [{ id: 'gates', title: 'Gates', note: `${count(broken)} of ${count(gates.length)} broken` }]),
    flips === undefined
      ? { id: 'flips', title: 'Worst cases', note: counted(analysis.worst.length, 'case') }
      : { id: 'flips', title: 'Flips', note: `${count(flips.worse)} worse, ${count(flips.better)} better` },
    { id: 'figures', title: 'Figures', note: counted(analysis.columns.length, 'column') },
    { id: 'cells', title: 'All cells', note: count(analysis.cells.finished) },
    ...(history === undefined
      ? []
      : [{ id: 'history', title: 'History', note: counted(history.runs.length, 'run') }]),
    { id: 'provenance', title: 'Provenance' },
  ]
}
