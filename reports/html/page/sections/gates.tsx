import type { Analysis } from '../../../../harness/model/analysis.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import type { Gate } from '../../../../harness/model/verdict.ts'
import { intervalTitle } from '../../../format/comparison.ts'
import { GATE_WORDS } from '../../../format/decision.ts'
import { count, NOTHING } from '../../../format/figures.ts'
import { gateFigure, gateInterval, gateNotes } from '../../../format/gate.ts'
import { metricWord } from '../../../format/metric-decision.ts'
import { points } from '../../../format/points.ts'
import type { Tone } from '../../../format/section.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { GatePlot, sharedReach } from './gate-plot.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'
import { Terms } from './terms.tsx'

const TONES: Record<Gate['result'], Tone> = { pass: 'good', warn: 'warn', fail: 'bad', not_measured: 'warn' }
const ORDER: Record<Gate['result'], number> = { fail: 0, not_measured: 1, warn: 2, pass: 3 }

/** Every gate with what was asked and what was seen, the broken ones first. */
export function Gates({ input: { analysis, verdict } }: { readonly input: ReportInput }) {
  const { gates } = verdict
  if (gates.length === 0) return null
  const shown = gates.toSorted((a, b) => ORDER[a.result] - ORDER[b.result]).slice(0, LISTED.gates)
  const reach = sharedReach(shown)
  return (
    <section id="gates" class="report-part" aria-labelledby="gates-title">
      <h2 id="gates-title">Gates</h2>
      <ScrollTable
        label="Table of gates"
        caption={`${tally(gates)} The dot is what was observed, the bar its interval, the upright line the limit, the dotted one no change.`}
        head={[
          { title: 'result' },
          { title: 'rule and column' },
          { title: 'observed', number: true },
          {
            title: analysis.comparison === undefined ? '95% interval' : intervalTitle(analysis.comparison),
            number: true,
          },
          { title: 'interval and limit, drawn', hidden: true },
          { title: 'limit', number: true },
          { title: 'smallest detectable drop', number: true },
        ]}
      >
        {shown.map((gate) => (
          <Row gate={gate} analysis={analysis} reach={reach} />
        ))}
      </ScrollTable>
      <More of={gates.length} listed={LISTED.gates} noun="gate" where="verdict.json" />
      <Terms
        names={[
          'interval',
          'points',
          'margin',
          'inconclusive',
          'detectable',
          'pWorse',
          'repeats',
          'broken',
          'flaky',
          'floor',
          'ratio',
          'percentile',
        ]}
      />
    </section>
  )
}

function Row({
  gate,
  analysis,
  reach,
}: {
  readonly gate: Gate
  readonly analysis: Analysis
  readonly reach: number
}) {
  const { result, comparison, signal, detectable } = gate
  return (
    <tr>
      <td class={`result ${TONES[result]}`}>
        {GATE_WORDS[result]}
        {comparison !== undefined && `: ${metricWord(comparison, signal)}`}
      </td>
      <th scope="row">
        <InlineText text={gate.name} limit={UNITS.name} />
        <span class="quiet line">
          <InlineText text={gate.column} limit={UNITS.column} />
        </span>
        {gateNotes(gate, analysis).map((note) => (
          <span class="quiet line">{note}</span>
        ))}
      </th>
      <Figure>
        <strong>{gateFigure(gate, gate.observed)}</strong>
      </Figure>
      <Figure>{gateInterval(gate)}</Figure>
      <td class="drawn">
        <GatePlot gate={gate} reach={reach} tone={TONES[result]} />
      </td>
      <Figure>
        <InlineText text={gateFigure(gate, gate.threshold)} limit={UNITS.name} />
      </Figure>
      <Figure>{detectable === undefined || detectable === null ? NOTHING : points(detectable)}</Figure>
    </tr>
  )
}

/** `2 of 5 broken, 1 warns.` */
function tally(gates: readonly Gate[]): string {
  const of = (result: Gate['result']): number => gates.filter((gate) => gate.result === result).length
  const [broken, warning, open] = [of('fail'), of('warn'), of('not_measured')]
  return `${[
    `${count(broken)} of ${count(gates.length)} broken`,
    ...(warning > 0 ? [`${count(warning)} ${warning === 1 ? 'warns' : 'warn'}`] : []),
    ...(open > 0 ? [`${count(open)} not measured`] : []),
  ].join(', ')}.`
}
