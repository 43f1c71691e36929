import { comparisonNotes, ownSections, ratioSections } from '../../../format/sections.ts'
import { judgesSection } from '../../../format/judges.ts'
import type { ReportView } from '../../page-module.ts'
import { Charts } from '../charts/charts.tsx'
import { Columns } from './columns.tsx'
import { ComparisonTable } from './comparison-table.tsx'
import { Errors } from './errors.tsx'
import { Feedback } from './feedback.tsx'
import { LISTED, UNITS } from './limits.ts'
import { Measures } from './measures.tsx'
import { SectionList } from './section-list.tsx'
import { Spending } from './spending.tsx'

const LIMITS = {
  flips: LISTED.flips,
  changes: LISTED.changes,
  diff: UNITS.change,
  flaky: LISTED.flaky,
  others: LISTED.others,
  rankedColumns: LISTED.rankedColumns,
}

/** Charts, and every figure behind the verdict as a table. */
export function Figures({ view }: { readonly view: ReportView }) {
  const { input } = view
  const lists = [
    ...judgesSection(input.run.manifest, LISTED.others),
    ...comparisonNotes(input, LIMITS),
    ...ratioSections(input, LIMITS),
    ...ownSections(input, LIMITS),
  ]
  return (
    <section id="figures" class="report-part" aria-labelledby="figures-title">
      <h2 id="figures-title">Figures</h2>
      <Charts view={view} />
      <ComparisonTable input={input} />
      <Columns input={input} />
      <Feedback input={input} />
      <Measures input={input} />
      <Spending input={input} />
      {lists.map((section) => (
        <SectionList {...section} />
      ))}
      <Errors input={input} />
    </section>
  )
}
