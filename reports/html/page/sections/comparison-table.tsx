import type { ReportInput } from '../../../../harness/model/report.ts'
import {
  type ComparisonRow,
  comparisonRows,
  comparisonTitle,
  fromTo,
  intervalTitle,
  pairingLines,
} from '../../../format/comparison.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** Every metric of every column against what it is compared with. Nothing where there is nothing. */
export function ComparisonTable({ input }: { readonly input: ReportInput }) {
  const { comparison } = input.analysis
  if (comparison === undefined) return null
  const limit = { gating: LISTED.comparisons, informing: LISTED.comparisons }
  const { rows, more } = comparisonRows(input, limit)
  const [title, name] = comparisonTitle(input)
  return (
    <>
      <h3>
        {title}{' '}
        {name !== '' && (
          <code>
            <InlineText text={name} limit={UNITS.name} />
          </code>
        )}
      </h3>
      {pairingLines(input).map((line) => (
        <p class="quiet">
          <InlineText text={line} limit={UNITS.line} />
        </p>
      ))}
      {rows.length === 0 ? (
        <p class="warn">No metric could be compared.</p>
      ) : (
        <ScrollTable
          label={title}
          caption="Differences of paired cases, in points. What gates comes first; of what informs, the pass rate and what seems worse."
          head={[
            { title: 'column' },
            { title: 'metric' },
            { title: fromTo(input), number: true },
            { title: 'points', number: true },
            { title: intervalTitle(comparison), number: true },
            { title: 'p worse', number: true },
            { title: 'cases', number: true },
            { title: 'decision' },
          ]}
        >
          {rows.map((row) => (
            <Row {...row} />
          ))}
        </ScrollTable>
      )}
      <More of={rows.length + more} listed={rows.length} noun="comparison" />
    </>
  )
}

function Row({ column, against, metric, means, difference, interval, p, size, word, tone }: ComparisonRow) {
  return (
    <tr>
      <th scope="row">
        <InlineText text={column} limit={UNITS.column} />
        {against !== undefined && (
          <span class="quiet line">
            against <InlineText text={against} limit={UNITS.column} />
          </span>
        )}
      </th>
      <td>
        <InlineText text={metric} limit={UNITS.name} />
      </td>
      {[means, difference, interval, p, size].map((figure) => (
        <Figure>{figure}</Figure>
      ))}
      <td class={tone === undefined ? 'result' : `result ${tone}`}>{word}</td>
    </tr>
  )
}
