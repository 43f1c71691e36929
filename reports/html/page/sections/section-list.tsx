import { counted } from '../../../format/figures.ts'
import type { Line, Section, Tone } from '../../../format/section.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'
import { Pieces } from './pieces.tsx'

/** Lines of a list that are shown at once: of a longer one the rest is folded. */
const SHOWN = 8

const SIGNS: Record<Exclude<Tone, 'quiet'>, string> = { bad: '✗ ', good: '✓ ', warn: '▲ ' }

/** A titled list as every format has it. */
export function SectionList({ title, lines }: Section) {
  return (
    <>
      <h3>
        <InlineText text={title} limit={UNITS.name} />
      </h3>
      <Lines of={lines} />
    </>
  )
}

export function Lines({ of }: { readonly of: readonly Line[] }) {
  const isLong = of.length > SHOWN + 2
  const shown = isLong ? of.slice(0, SHOWN) : of
  return (
    <>
      <List lines={shown} />
      {isLong && (
        <details class="rest">
          <summary>{counted(of.length - SHOWN, 'more line')}</summary>
          <List lines={of.slice(SHOWN)} />
        </details>
      )}
    </>
  )
}

function List({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <Item {...line} />
      ))}
    </ul>
  )
}

function Item({ place, text, tone, details = [], diff }: Line) {
  const hasMore = details.length > 0 || diff !== undefined
  return (
    <li class={tone === 'quiet' ? 'quiet' : undefined}>
      {tone !== undefined && tone !== 'quiet' && <span class={tone}>{SIGNS[tone]}</span>}
      {place !== undefined && (
        <code>
          <InlineText text={place} limit={UNITS.name} />{' '}
        </code>
      )}
      <InlineText text={text} limit={UNITS.line} />
      {hasMore && (
        <ul>
          {details.map((detail) => (
            <li>
              <InlineText text={detail} limit={UNITS.reason} />
            </li>
          ))}
          {diff !== undefined && (
            <li class="word-diff">
              <Pieces of={diff} />
            </li>
          )}
        </ul>
      )}
    </li>
  )
}
