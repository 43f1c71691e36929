/** A page with nothing but the detail: its cells stand in it as JSON. Built for a browser by the tests beside it. */
import { render } from 'preact'
import { useState } from 'preact/hooks'
import '../../../../../reports/html/page/style/base.css'
import '../../../../../reports/html/page/style/detail.css'
import { enableCopyButtons } from '../../../../../reports/html/page/detail/copy-buttons.ts'
import { Detail, type DetailProps } from '../../../../../reports/html/page/detail/detail.tsx'
import { ReviewBar } from '../../../../../reports/html/page/reviews/review-bar.tsx'
import { createReviewStore } from '../../../../../reports/html/page/reviews/review-store.ts'
import { fakeReport } from './fake-report.ts'

const data = fakeReport(JSON.parse(document.querySelector('#parts')?.textContent ?? '{}'))
const reviews = createReviewStore(data)

function Scene() {
  const [row, setRow] = useState<number>()
  const [compare, setCompare] = useState<DetailProps['compare']>()
  const open = (next: number | undefined) => {
    setRow(next)
    setCompare(undefined)
  }
  return (
    <>
      {Array.from({ length: data.main.rows }, (_, i) => (
        <button type="button" id={`row-${i}`} onClick={() => open(i)}>
          row {i}
        </button>
      ))}
      {row !== undefined && (
        <Detail
          data={data}
          row={row}
          compare={compare}
          reviews={reviews}
          lettersOn
          onClose={() => open(undefined)}
          onCompare={setCompare}
          onStep={(by) => open(Math.max(0, Math.min(data.main.rows - 1, row + by)))}
        />
      )}
      <ReviewBar store={reviews} about={data.about} />
    </>
  )
}

render(<Scene />, document.querySelector('#scene') as HTMLElement)
enableCopyButtons(document)
