import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ReportData } from '../model/report-data.ts'
import { ReviewForm } from '../reviews/review-form.tsx'
import type { ReviewStore } from '../reviews/review-store.ts'
import { useReviews } from '../reviews/use-reviews.ts'
import { useSameReplies } from '../reviews/use-same-replies.ts'
import { hasFlag, outcomeOf } from '../table/words.ts'
import { type CellRef, counterpartOf } from './case-rows.ts'
import { CellBody } from './cell-body.tsx'
import { CompareChooser } from './compare-chooser.tsx'
import { Heading } from './heading.tsx'
import { detailKeys } from './keys.ts'
import { Neighbours } from './neighbours.tsx'
import { keepTabInside } from './tab-inside.ts'
import { Toolbar } from './toolbar.tsx'
import { useRowText } from './use-row-text.ts'
import { type View, ViewChoice } from './view-choice.tsx'

export interface DetailProps {
  readonly data: ReportData
  readonly row: number
  /** What it is compared with: a row of the run or of the baseline; undefined for the default (its baseline, if any) */
  readonly compare: CellRef | undefined
  readonly reviews: ReviewStore
  /** Whether keys of a single character do anything. */
  readonly lettersOn: boolean
  readonly onClose: () => void
  readonly onCompare: (target: DetailProps['compare']) => void
  /** Next or previous row of the table as it is filtered and sorted. */
  readonly onStep: (by: 1 | -1) => void
}

/** Px of the window's width below which two texts do not fit side by side. */
const NARROW = 900

/** Everything about one cell, in a panel beside the table or, on a small screen, over it. */
export function Detail(props: DetailProps) {
  const { data, row, compare, onClose, onCompare, onStep } = props
  const reviews = useReviews(props.reviews)
  const [view, setView] = useState<View>(() => (innerWidth < NARROW ? 'inline' : 'sides'))
  const other = compare ?? counterpartOf(data, row)
  const text = useRowText(data, { arm: 'main', row })
  const otherText = useRowText(data, other)
  const alike = useSameReplies(data, row, text.state === 'read' ? text.trial.output : undefined)
  const panel = useRef<HTMLElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const note = useRef<HTMLTextAreaElement>(null)
  useFocusInside(panel, title)
  useEffect(() => {
    panel.current?.scrollTo(0, 0)
  }, [row])
  const outcome = outcomeOf(data.main, row)
  // A mark is bound to a reply, and holds for no other.
  const hasReply =
    text.state !== 'read' || text.trial.output !== undefined || hasFlag(data.main, row, 'withheld')
  const caseId =
    text.state === 'read' ? text.trial.cell.caseId : data.cases.label(data.main.case[row] as number).id
  const onKey = detailKeys(
    {
      onClose,
      onMark: (mark) => hasReply && reviews.set(row, mark, note.current?.value),
      onNote: () => note.current?.focus(),
    },
    props.lettersOn,
  )
  const onKeyDown = (event: KeyboardEvent) => keepTabInside(event, panel.current) || onKey(event)
  return (
    <aside class="detail" aria-labelledby="detail-title" ref={panel} onKeyDown={onKeyDown}>
      <Toolbar data={data} row={row} caseId={caseId} onStep={onStep} onClose={onClose} />
      <div class="detail-body">
        <Heading data={data} row={row} reviews={reviews} titleRef={title} />
        <Neighbours data={data} row={row} other={other} onCompare={onCompare} />
        <div class="controls">
          <CompareChooser data={data} row={row} other={other} onCompare={onCompare} />
          {other !== undefined && <ViewChoice view={view} onView={setView} />}
        </div>
        <CellBody data={data} row={row} text={text} other={other} otherText={otherText} view={view}>
          {hasReply && (
            <ReviewForm
              store={reviews}
              row={row}
              outcome={outcome}
              alsoIn={alike.map((one) => (data.main.repeat[one] as number) + 1)}
              noteRef={note}
            />
          )}
        </CellBody>
      </div>
    </aside>
  )
}

/** Moves the focus into the panel, and back to where it came from when the panel goes. */
function useFocusInside(
  panel: { current: HTMLElement | null },
  title: { current: HTMLElement | null },
): void {
  useLayoutEffect(() => {
    const opener = document.activeElement
    title.current?.focus({ preventScroll: true })
    const element = panel.current
    return () => {
      const isInside =
        element?.contains(document.activeElement) === true || document.activeElement === document.body
      if (isInside && opener instanceof HTMLElement && opener.isConnected)
        opener.focus({ preventScroll: true })
    }
  }, [])
}
