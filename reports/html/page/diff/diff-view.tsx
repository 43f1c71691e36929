import { useMemo, useState } from 'preact/hooks'
import { count, counted } from '../../../format/figures.ts'
import { LongText } from '../safe-text/long-text.tsx'
import { sizeOf } from '../safe-text/size.ts'
import { InlineStretch, SidesStretch } from './stretch-view.tsx'
import type { FirstDifference, Piece } from './pieces.ts'
import { stretchesOf } from './stretches.ts'
import { useDiff } from './use-diff.ts'

/** Places shown before one asks for more. */
const PLACES = 150

export type DiffLayout = 'sides' | 'inline'

interface DiffViewProps {
  readonly before: string
  readonly after: string
  /** What the two are: `Baseline`, `This cell`. */
  readonly names: { readonly before: string; readonly after: string }
  readonly layout: DiffLayout
}

/** Two texts compared word by word: side by side, or one with what was removed and added marked in it. */
export function DiffView({ before, after, names, layout }: DiffViewProps) {
  const diff = useDiff(before, after)
  if (diff === undefined) return <p class="quiet">Comparing…</p>
  if (diff.kind === 'same')
    return (
      <>
        <p class="quiet">Word for word the same.</p>
        <LongText text={after} label={names.after} />
      </>
    )
  if (diff.kind === 'different')
    return <TooDifferent at={diff.at} before={before} after={after} names={names} />
  return (
    <>
      {diff.by === 'lines' && (
        <p class="quiet">
          Long texts: compared line by line, and by words where few words of a line changed.
        </p>
      )}
      <Stretches key={diff} pieces={diff.pieces} layout={layout} names={names} />
    </>
  )
}

function Stretches({
  pieces,
  layout,
  names,
}: Pick<DiffViewProps, 'layout' | 'names'> & { readonly pieces: readonly Piece[] }) {
  const [places, setPlaces] = useState(PLACES)
  const stretches = useMemo(() => stretchesOf(pieces), [pieces])
  const View = layout === 'sides' ? SidesStretch : InlineStretch
  return (
    <>
      {layout === 'sides' && (
        <div class="sides names">
          <span>{names.before}</span>
          <span>{names.after}</span>
        </div>
      )}
      <div class="diff" role="group" aria-label="Differences" tabIndex={0}>
        {stretches.slice(0, places).map((stretch, i) => (
          <View key={i} stretch={stretch} first={i === 0} last={i === stretches.length - 1} />
        ))}
      </div>
      {stretches.length > places && (
        <p class="more">
          <button type="button" onClick={() => setPlaces(places + PLACES * 4)}>
            Show more: {count(stretches.length - places)} stretches are left
          </button>
        </p>
      )}
    </>
  )
}

/** Both texts from where they part. */
function TooDifferent({
  at,
  before,
  after,
  names,
}: Omit<DiffViewProps, 'layout'> & { readonly at: FirstDifference }) {
  const from = Math.max(0, at.offset - 80)
  const skipped = from === 0 ? '' : `, from ${counted(from, 'character')} in`
  return (
    <>
      <p>
        Too long or too different to compare word by word ({sizeOf(before.length)} and {sizeOf(after.length)}
        ). The first difference is in line {count(at.line)}, column {count(at.column)}.
      </p>
      {(['before', 'after'] as const).map((side) => (
        <section key={side}>
          <h4>
            {names[side]}
            {skipped}
          </h4>
          <LongText text={(side === 'before' ? before : after).slice(from)} label={names[side]} />
        </section>
      ))}
    </>
  )
}
