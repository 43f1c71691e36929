import type { Analysis, CaseAnalysis } from '../../../../harness/model/analysis.ts'
import { columnName } from '../../../../harness/model/column-name.ts'
import { count, counted } from '../../../format/figures.ts'
import { nameOf, placeOf } from '../../../format/flips.ts'
import { outputText } from '../../../format/plain.ts'
import type { ReportView } from '../../page-module.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { textsOf } from './case-texts.ts'
import { CellLink } from './cell-link.tsx'
import { LISTED, UNITS } from './limits.ts'
import { PromptExcerpt } from './prompt-excerpt.tsx'
import { Quote } from './quote.tsx'
import { isWithheld } from './withheld.ts'

const COLUMNS = 6

/** For a run that is compared with nothing: the cases that did not pass everywhere. */
export function WorstCases({ view }: { readonly view: ReportView }) {
  const { worst, cells } = view.input.analysis
  const title = cells.failed > 0 || worst.length === 0 ? 'Cases that failed most' : 'Cases that errored'
  return (
    <section id="flips" class="report-part" aria-labelledby="flips-title">
      <h2 id="flips-title">{title}</h2>
      {worst.length === 0 ? (
        <p class="quiet">
          {cells.finished === 0 ? 'No cell was finished.' : 'Every cell that was scored passed.'}
        </p>
      ) : (
        <>
          <p class="quiet">{caption(view.input.analysis)}</p>
          {worst.slice(0, LISTED.worst).map((one, i) => (
            <WorstCase view={view} of={one} isPrinted={i < LISTED.printedFlips} />
          ))}
        </>
      )}
    </section>
  )
}

function caption({ worst, cells }: Analysis): string {
  const listed = `${counted(Math.min(worst.length, LISTED.worst), 'case')} that did not pass everywhere, worst first.`
  const all = [
    ...(cells.failed > 0 ? [`${counted(cells.failed, 'cell')} failed`] : []),
    ...(cells.errored > 0 ? [`${counted(cells.errored, 'cell')} errored`] : []),
  ].join(' and ')
  return `${listed} In all ${all}: every one is in the table of all cells and in trials.jsonl.`
}

function WorstCase({
  view,
  of,
  isPrinted,
}: {
  readonly view: ReportView
  readonly of: CaseAnalysis
  readonly isPrinted: boolean
}) {
  const { failed, errored, scored, reason, columns, source } = of
  const withheld = isWithheld(view.input, of.caseId)
  const texts = withheld ? [] : textsOf(view.figures, of)
  return (
    <details class={isPrinted ? 'flip' : 'flip beyond'}>
      <summary>
        <span class={failed > 0 ? 'bad' : 'warn'}>
          {failed > 0 ? `✗ ${count(failed)} of ${count(scored)} failed` : `? ${count(errored)} errored`}
        </span>{' '}
        <strong>
          <InlineText text={nameOf(of)} limit={UNITS.name * 2} />
        </strong>{' '}
        {!withheld && (
          <span class="quiet">
            <InlineText text={reason} limit={UNITS.name} />
          </span>
        )}
      </summary>
      {reason.length > UNITS.name && !withheld && (
        <p>
          <InlineText text={reason} limit={UNITS.reason} />
        </p>
      )}
      <ul>
        {columns.slice(0, COLUMNS).map((column) => (
          <li>
            <InlineText text={columnName(column)} limit={UNITS.column} />: {count(column.failed)} of{' '}
            {count(column.of)} failed
          </li>
        ))}
        {columns.length > COLUMNS && (
          <li class="quiet">… and {counted(columns.length - COLUMNS, 'more column')}</li>
        )}
      </ul>
      {texts.map(({ column, output, prompt, cell }) => (
        <>
          <p class="quiet">
            A reply of <InlineText text={columnName(column)} limit={UNITS.column} />:
          </p>
          <Quote label="Reply">
            <InlineText text={outputText(output)} limit={UNITS.output} />
          </Quote>
          <PromptExcerpt text={prompt} />
          <p>
            <CellLink cell={cell} />
          </p>
        </>
      ))}
      {withheld && <p class="quiet">Prompt and replies are left out of this copy.</p>}
      <p class="where">
        <code>
          <InlineText text={placeOf(source) ?? ''} />
        </code>
      </p>
    </details>
  )
}
