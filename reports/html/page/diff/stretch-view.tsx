import { counted } from '../../../format/figures.ts'
import { Disclosure } from '../safe-text/disclosure.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { Marked } from '../safe-text/marked.tsx'
import { type Segment, segmentsOf } from '../safe-text/marks.ts'
import { sizeOf } from '../safe-text/size.ts'
import { fold } from './fold.ts'
import type { Piece } from './pieces.ts'
import { sideOf, type Stretch } from './stretches.ts'

/** UTF-16 units of what was added or removed that are shown in the line. */
const IN_LINE = 6_000

export interface StretchProps {
  readonly stretch: Stretch
  /** The stretch begins, or ends, the whole comparison. */
  readonly first: boolean
  readonly last: boolean
}

/** Both texts in one, what changed marked where it stands. */
export function InlineStretch({ stretch, ...edge }: StretchProps) {
  if (stretch.kind === 'same') return <Alike text={stretch.text} {...edge} />
  return (
    <div class="changed safe">
      <Pieces pieces={stretch.pieces} />
    </div>
  )
}

/** The lines of both beside one another. */
export function SidesStretch({ stretch, ...edge }: StretchProps) {
  if (stretch.kind === 'same') return <Alike text={stretch.text} {...edge} beside />
  return (
    <div class="sides changed">
      {(['before', 'after'] as const).map((side) => (
        <div key={side} class="safe">
          <Pieces pieces={sideOf(stretch.pieces, side)} />
        </div>
      ))}
    </div>
  )
}

interface AlikeProps {
  readonly text: string
  readonly first: boolean
  readonly last: boolean
  /** On both sides. */
  readonly beside?: boolean
}

/** Lines that did not change: a long stretch of them is folded. */
function Alike({ text, beside = false, ...edge }: AlikeProps) {
  const folded = fold(text, edge)
  if (folded === undefined) return <AlikeLines text={text} beside={beside} />
  return (
    <>
      <AlikeLines text={folded.head} beside={beside} />
      <Hidden text={folded.middle} lines={folded.lines} />
      <AlikeLines text={folded.tail} beside={beside} />
    </>
  )
}

function AlikeLines({ text, beside }: { text: string; beside: boolean }) {
  if (text === '') return null
  const lines = (
    <div class="safe">
      <Marked segments={segmentsOf(text)} />
    </div>
  )
  if (!beside) return lines
  return (
    <div class="sides">
      {lines}
      <div class="safe">
        <Marked segments={segmentsOf(text)} />
      </div>
    </div>
  )
}

function Hidden({ text, lines }: { text: string; lines: number }) {
  const size = lines > 1 ? counted(lines, 'line') : sizeOf(text.length)
  return (
    <Disclosure class="alike" summary={`⋯ ${size} unchanged`}>
      {() => <LongText text={text} label="Unchanged text" />}
    </Disclosure>
  )
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <>
      {pieces.map((piece, i) => (
        <PieceText key={i} {...piece} />
      ))}
    </>
  )
}

function PieceText({ op, text }: Piece) {
  if (op === 'same') {
    const folded = fold(text, { first: false, last: false })
    if (folded === undefined) return <Marked segments={segmentsOf(text)} />
    return (
      <>
        <Marked segments={segmentsOf(folded.head)} />
        <Hidden text={folded.middle} lines={folded.lines} />
        <Marked segments={segmentsOf(folded.tail)} />
      </>
    )
  }
  const [Tag, sign, word] =
    op === 'added' ? (['ins', '+', 'added'] as const) : (['del', '−', 'removed'] as const)
  return (
    <Tag>
      <span class="unseen">{word}: </span>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {text.length > IN_LINE ? (
        <LongText text={text} label={`Text that was ${word}`} />
      ) : (
        <Marked segments={text.trim() === '' ? withLineEnds(text) : segmentsOf(text)} />
      )}
      <span class="unseen"> end of {word}. </span>
    </Tag>
  )
}

/** White space that was added or removed: nothing else would tell the end of a line. */
function withLineEnds(text: string): Segment[] {
  return text.split(/(\n)/).flatMap((piece): Segment[] => {
    if (piece === '\n') return [{ original: '', shown: '↵', title: 'end of a line' }, '\n']
    return segmentsOf(piece)
  })
}
