import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Disclosure } from './disclosure.tsx'
import { Marked } from './marked.tsx'
import { visibleText } from './marks.ts'
import { partsOf } from './parts.ts'
import { sizeOf } from './size.ts'

/** In UTF-16 units of plain text: shown at first, added by a press, laid out between two frames, and the most a press adds. */
const COSTS = { first: 20_000, step: 480_000, frame: 64_000, most: 12_000_000 }

interface LongTextProps {
  readonly text: string
  /** What the text is, for those who cannot see it: `Output`. */
  readonly label: string
  /** False for base64 data as it stands. */
  readonly foldsData?: boolean
}

/** What of a text is shown. */
interface Shown {
  readonly parts: readonly JSX.Element[]
  readonly end: number
  readonly cost: number
}

/** Text of any length and kind, in parts, so that none of it holds the page up. */
export function LongText(props: LongTextProps) {
  // Another text starts from its beginning.
  return <TextFromStart key={props.text} {...props} />
}

function TextFromStart({ text, label, foldsData = true }: LongTextProps) {
  const [wanted, setWanted] = useState(COSTS.first)
  const [shown, setShown] = useState(() => withMore(NOTHING_YET, text, COSTS.first, foldsData))
  useEffect(() => {
    if (shown.cost >= wanted || shown.end >= text.length) return undefined
    const most = Math.min(COSTS.frame, wanted - shown.cost)
    const frame = requestAnimationFrame(() => setShown(withMore(shown, text, most, foldsData)))
    return () => cancelAnimationFrame(frame)
  }, [shown, wanted, text, foldsData])
  const want = (more: number) => setWanted(shown.cost + more)
  // As far as the rest is like what is shown: a mark costs more than a letter.
  const unitsFor = (cost: number) => (cost * shown.end) / shown.cost
  const left = text.length - shown.end
  const isLeftBeyond = (cost: number) => left > unitsFor(cost)
  const more = (cost: number) => `Show ${sizeOf(Math.round(unitsFor(cost)))} more`
  return (
    <div class="long-text">
      <div class="safe" role="group" aria-label={label} tabIndex={0}>
        {shown.parts}
      </div>
      {shown.end < text.length && (
        <p class="more">
          <span>
            {sizeOf(shown.end)} of {sizeOf(text.length)} shown
          </span>
          {isLeftBeyond(COSTS.step) && (
            <button type="button" onClick={() => want(COSTS.step)}>
              {more(COSTS.step)}
            </button>
          )}
          <button type="button" onClick={() => want(COSTS.most)}>
            {isLeftBeyond(COSTS.most) ? more(COSTS.most) : 'Show all'}
          </button>
        </p>
      )}
    </div>
  )
}

const NOTHING_YET: Shown = { parts: [], end: 0, cost: 0 }

function withMore(shown: Shown, text: string, most: number, foldsData: boolean): Shown {
  const parts = partsOf(text, shown.end, most, foldsData)
  const elements = parts.map(({ from, segments, data }) =>
    data === undefined ? (
      <div key={from} class="part">
        <Marked segments={segments} />
      </div>
    ) : (
      <Disclosure
        key={from}
        class="data"
        summary={`data:${visibleText(data.type)}, ${sizeOf(data.bytes)}, not shown`}
      >
        {() => <LongText text={text.slice(data.from, data.to)} label="Base64 data" foldsData={false} />}
      </Disclosure>
    ),
  )
  return {
    parts: [...shown.parts, ...elements],
    end: parts.at(-1)?.to ?? shown.end,
    cost: parts.reduce((sum, { cost }) => sum + cost, shown.cost),
  }
}
