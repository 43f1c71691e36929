import { counted } from '../../../format/figures.ts'
import { cut, outputText } from '../../../format/plain.ts'
import type { DiffLimits, Piece } from '../diff/pieces.ts'
import { diffTexts } from '../diff/diff-texts.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'
import { Pieces } from './pieces.tsx'
import { Quote } from './quote.tsx'

/** Small enough that fifty replies take under half a second, and that no clock decides what is shown. */
const LIMITS: DiffLimits = {
  wordUnits: 12_000,
  wordEdits: 300,
  lineEdits: 200,
  pieces: 400,
  timeoutMs: 60_000,
}
/** Of unchanged text beside a change, and of a reply that is shown in a line. */
const CONTEXT = 160
const GLIMPSE = 48

interface Props {
  readonly before: string | undefined
  readonly after: string | undefined
}

/** `positive → mixed`, where both replies are that short. */
export function Glimpse({ before, after }: Props) {
  if (before === undefined || after === undefined || before === after) return null
  if ([before, after].some((text) => text.length > GLIMPSE || /\n./.test(text))) return null
  return (
    <span class="glimpse">
      <del>
        <InlineText text={outputText(before)} />
      </del>
      {' → '}
      <ins>
        <InlineText text={outputText(after)} />
      </ins>
    </span>
  )
}

/** What the model said then and now, word by word. */
export function OutputDiff({ before, after, than }: Props & { readonly than: string }) {
  if (after === undefined) return <p class="quiet">The reply is not at hand here: it is in trials.jsonl.</p>
  if (before === undefined)
    return (
      <>
        <p class="quiet">This run’s reply ({than} holds none to compare it with):</p>
        <Quote label="Reply of this run">
          <InlineText text={outputText(after)} limit={UNITS.output} />
        </Quote>
      </>
    )
  const diff = diffTexts(before, after, LIMITS)
  if (diff.kind === 'same')
    return (
      <>
        <p class="quiet">The same reply as in {than}:</p>
        <Quote label="The same reply">
          <InlineText text={outputText(after)} limit={UNITS.output} />
        </Quote>
      </>
    )
  if (diff.kind === 'different')
    return (
      <>
        <p class="quiet">
          Too different to be shown word by word. They part at line {diff.at.line}; in {than}, then in this
          run:
        </p>
        <Quote label="Reply before">
          <del>
            <InlineText text={outputText(before)} limit={UNITS.output / 2} />
          </del>
        </Quote>
        <Quote label="Reply of this run">
          <ins>
            <InlineText text={outputText(after)} limit={UNITS.output / 2} />
          </ins>
        </Quote>
      </>
    )
  return (
    <>
      <p class="quiet">
        From {than} to this run: <del>taken out</del>, <ins>put in</ins>.
      </p>
      <Quote label="Differences of the replies" class="word-diff">
        <Pieces of={shortened(diff.pieces)} />
      </Quote>
    </>
  )
}

/** The changes with a little of what stands around them, in about as much as a reply may take. */
function shortened(pieces: readonly Piece[]): Piece[] {
  const shown: Piece[] = []
  let left: number = UNITS.output
  for (const [i, { op, text }] of pieces.entries()) {
    const short = op === 'same' ? folded(text, i > 0, i < pieces.length - 1) : cut(text, UNITS.output / 2)
    if (short.length > left && i > 0) {
      shown.push({ op: 'same', text: ` … (${counted(pieces.length - i, 'more stretch', 'more stretches')})` })
      break
    }
    left -= short.length
    shown.push({ op, text: short })
  }
  return shown
}

function folded(text: string, isAfter: boolean, isBefore: boolean): string {
  const [head, tail] = [isAfter ? CONTEXT : 0, isBefore ? CONTEXT : 0]
  if (text.length <= head + tail + 20) return text
  return `${text.slice(0, head)} … ${tail === 0 ? '' : text.slice(-tail)}`.toWellFormed()
}
