import type { Ref } from 'preact'
import { columnName } from '../../../../harness/model/column-name.ts'
import { count, NOTHING, score } from '../../../format/figures.ts'
import type { ReportData } from '../model/report-data.ts'
import { markWord } from '../reviews/mark-words.ts'
import type { ReviewStore } from '../reviews/review-store.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { hasFlag, outcomeOf, outcomeSign, outcomeWord } from '../table/words.ts'
import { rowsOfCase, tallyOf } from './case-rows.ts'
import { changeOf } from './change-sentence.ts'
import { Term } from './term.tsx'

/** Metrics shown: a suite with more is read in the checks. */
const METRICS = 12

interface HeadingProps {
  readonly data: ReportData
  readonly row: number
  readonly reviews: ReviewStore
  readonly titleRef: Ref<HTMLHeadingElement>
}

/** Which cell this is and what came of it, from the numbers alone: there before its text is read. */
export function Heading({ data, row, reviews, titleRef }: HeadingProps) {
  const { main, cases } = data
  const label = cases.label(main.case[row] as number)
  const column = main.columns[main.column[row] as number]
  const outcome = outcomeOf(main, row)
  const mark = reviews.markOf(row)
  const repeats = rowsOfCase(main, main.case[row] as number, main.column[row]).length
  const value = main.score[row] as number
  return (
    <header class="heading">
      <h2 id="detail-title" ref={titleRef} tabIndex={-1}>
        <InlineText text={label.description === '' ? label.id : label.description} />
      </h2>
      <p class="quiet">
        {label.description !== '' && (
          <>
            <InlineText text={label.id} />
            {' · '}
          </>
        )}
        <code>
          <InlineText text={label.file} />:{label.line}
        </code>
        {label.tags.map((tag) => (
          <span class="tag" key={tag}>
            <InlineText text={tag} limit={60} />
          </span>
        ))}
      </p>
      <p>
        <strong>{column !== undefined && <InlineText text={columnName(column)} />}</strong>
        {repeats > 1 && (
          <>
            , repeat {count((main.repeat[row] as number) + 1)} of {count(repeats)} <Term name="repeat" />
          </>
        )}
      </p>
      <p class="verdict">
        <strong class={`badge ${outcomeSign(main, row).tone}`}>{outcomeWord(outcome)}</strong>{' '}
        <Term name="outcome" />
        {mark !== undefined && (
          <span class="badge review">
            {'\u2691'} reviewer: {markWord(mark)}
          </span>
        )}
        <span>
          score <b>{Number.isNaN(value) ? 'unscored' : score(value)}</b> <Term name="score" />
        </span>
        <Metrics data={data} row={row} />
      </p>
      <ChangeLine data={data} row={row} />
      <Flags data={data} row={row} />
    </header>
  )
}

function Metrics({ data, row }: Pick<HeadingProps, 'data' | 'row'>) {
  const known = data.about.metrics.flatMap((name, i) => {
    const value = data.main.metrics[i]?.[row] ?? Number.NaN
    return Number.isNaN(value) ? [] : [{ name, value }]
  })
  return (
    <>
      {known.slice(0, METRICS).map(({ name, value }) => (
        <span key={name} class="metric">
          <InlineText text={name} limit={40} /> <b>{score(value)}</b>
        </span>
      ))}
      {known.length > METRICS && (
        <span class="quiet">… and {count(known.length - METRICS)} more metrics</span>
      )}
    </>
  )
}

function ChangeLine({ data, row }: Pick<HeadingProps, 'data' | 'row'>) {
  const change = changeOf(data, row)
  if (change === undefined) return null
  return (
    <p>
      <strong class={change.tone}>
        {change.shape} {change.word}
      </strong>
      : <InlineText text={change.counts} /> <Term name="change" word={change.word} />
    </p>
  )
}

/** What else the reader must know of the cell. */
function Flags({ data: { main }, row }: Pick<HeadingProps, 'data' | 'row'>) {
  const tally = tallyOf(main, rowsOfCase(main, main.case[row] as number, main.column[row]))
  return (
    <>
      {hasFlag(main, row, 'flaky') && (
        <p>
          <strong class="warn">≈ flaky</strong>: passed {count(tally.passed)} of{' '}
          {tally.scored === 0 ? NOTHING : count(tally.scored)} repeats <Term name="flaky" />
        </p>
      )}
      {hasFlag(main, row, 'quarantined') && (
        <p>
          <strong class="warn">◌ in quarantine</strong>: no gate counts it{' '}
          <Term name="quarantined" word="quarantine" />
        </p>
      )}
      {hasFlag(main, row, 'refused') && (
        <p>
          <strong class="warn">⊘ refused</strong>: the model declined to answer, or a filter did.
        </p>
      )}
    </>
  )
}
