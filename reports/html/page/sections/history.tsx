import { type ColumnName, columnName } from '../../../../harness/model/column-name.ts'
import {
  columnIn,
  followedRuns,
  type History as SuiteHistory,
  type HistoryEntry,
  type Measure,
  MEASURES,
} from '../../../../harness/model/history.ts'
import { count, counted } from '../../../format/figures.ts'
import {
  decisionMark,
  measured,
  MEASURE_WORDS,
  noShiftSentence,
  shiftSentence,
} from '../../../format/history.ts'
import { moment } from '../../../format/moment.ts'
import { cut } from '../../../format/plain.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'
import { Trend } from './trend.tsx'

/** How the suite fared from run to run. Nothing where no other run is known. */
export function History({
  history,
  runId,
}: {
  readonly history: SuiteHistory | undefined
  readonly runId: string
}) {
  if (history === undefined) return null
  const { runs, shifts, unread } = history
  return (
    <section id="history" class="report-part" aria-labelledby="history-title">
      <h2 id="history-title">History: {counted(runs.length, 'run')} of this suite</h2>
      {shifts.length === 0 ? (
        <p class="quiet">{noShiftSentence(history)}</p>
      ) : (
        <ul>
          {shifts.slice(0, LISTED.others).map((shift) => (
            <li>
              <span class={shift.explained ? 'quiet' : 'warn'}>{shift.explained ? '◆ ' : '▲ '}</span>
              <InlineText text={shiftSentence(shift, history)} limit={UNITS.line} />
            </li>
          ))}
        </ul>
      )}
      <More
        of={shifts.length}
        listed={LISTED.others}
        noun="change of level"
        plural="changes of level"
        where="the history"
      />
      <Trends runs={runs} />
      <Runs runs={runs} runId={runId} />
      {unread.length > 0 && <p class="quiet">{counted(unread.length, 'folder')} could not be read.</p>}
    </section>
  )
}

/** A line of each measure for each column of the latest run; runs of a part of the suite are no part of it. */
function Trends({ runs }: { readonly runs: readonly HistoryEntry[] }) {
  const whole = followedRuns(runs).slice(-LISTED.runs)
  const columns = whole.at(-1)?.columns ?? []
  if (whole.length < 2) return null
  return (
    <>
      <ScrollTable
        label="Trends"
        caption={`From the oldest of ${counted(whole.length, 'whole run')} on the left to the latest; each line from its least to its greatest value.`}
        head={[
          { title: 'column' },
          ...MEASURES.map((name) => ({ title: `${MEASURE_WORDS[name].name} (${MEASURE_WORDS[name].unit})` })),
        ]}
      >
        {columns.slice(0, LISTED.trends).map((column) => (
          <tr>
            <th scope="row">
              <InlineText text={columnName(column)} limit={UNITS.column} />
            </th>
            {MEASURES.map((measure) => (
              <td>
                <TrendOf runs={whole} column={column} measure={measure} />
              </td>
            ))}
          </tr>
        ))}
      </ScrollTable>
      <More of={columns.length} listed={LISTED.trends} noun="column" where="history.json" />
    </>
  )
}

interface TrendProps {
  readonly runs: readonly HistoryEntry[]
  readonly column: ColumnName
  readonly measure: Measure
}

function TrendOf({ runs, column, measure }: TrendProps) {
  const values = runs.map((entry) => columnIn(entry, column)?.[measure] ?? null)
  const last = runs.at(-1)
  return (
    <>
      <Trend values={values} />
      <span class="line">{measured(last === undefined ? undefined : columnIn(last, column), measure)}</span>
    </>
  )
}

function Runs({ runs, runId }: { readonly runs: readonly HistoryEntry[]; readonly runId: string }) {
  const latest = runs.toReversed()
  const columns = latest[0]?.columns.slice(0, LISTED.trends) ?? []
  return (
    <details>
      <summary>The runs behind it, latest first</summary>
      <ScrollTable
        label="Runs"
        caption={`${counted(Math.min(runs.length, LISTED.runs), 'run')}: pass rate of each column.`}
        head={[
          { title: 'run' },
          { title: 'started' },
          { title: 'decision' },
          { title: 'passed', number: true },
          { title: 'failed', number: true },
          { title: 'errored', number: true },
          ...columns.map((column) => ({ title: cut(columnName(column), UNITS.column), number: true })),
        ]}
      >
        {latest.slice(0, LISTED.runs).map((entry) => (
          <Run entry={entry} columns={columns} isThis={entry.id === runId} />
        ))}
      </ScrollTable>
      <More of={runs.length} listed={LISTED.runs} noun="run" where="history.json" />
    </details>
  )
}

interface RunProps {
  readonly entry: HistoryEntry
  readonly columns: readonly ColumnName[]
  readonly isThis: boolean
}

function Run({ entry, columns, isThis }: RunProps) {
  const { shape, word, tone } = decisionMark(entry)
  return (
    <tr>
      <th scope="row">
        <InlineText text={entry.id} limit={UNITS.name} />
        {isThis && <span class="tag">this run</span>} {!entry.isWhole && <span class="tag">part</span>}
      </th>
      <td class="when">{moment(entry.at)}</td>
      <td class={`result ${tone}`}>
        {shape} {word}
      </td>
      {[entry.cells.passed, entry.cells.failed, entry.cells.errored].map((n) => (
        <Figure>{count(n)}</Figure>
      ))}
      {columns.map((column) => (
        <Figure>{measured(columnIn(entry, column), 'quality')}</Figure>
      ))}
    </tr>
  )
}
