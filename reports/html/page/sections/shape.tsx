import type { Tone } from '../../../format/section.ts'

/** A decision's sign: told apart by its outline, whatever colours a reader or a printer knows. */
export type ShapeName = 'check' | 'cross' | 'triangle' | 'diamond' | 'ring' | 'question'

const OUTLINES: Record<ShapeName, string> = {
  check: 'M16 2a14 14 0 1 0 .01 0Z',
  cross: 'M10.2 2h11.6L30 10.2v11.6L21.8 30H10.2L2 21.8V10.2Z',
  triangle: 'M16 3 31 29H1Z',
  diamond: 'M16 1 31 16 16 31 1 16Z',
  ring: 'M16 2a14 14 0 1 0 .01 0Z',
  question: 'M4 3h24v26H4Z',
}

const STROKES: Record<ShapeName, string> = {
  check: 'm9.5 16.5 4.5 4.5 8.5-9.5',
  cross: 'm11 11 10 10m0-10L11 21',
  triangle: 'M16 12v8m0 3.5v1',
  diamond: 'M9.5 17.5c3-4.5 5-1.5 6.5-1s3.500 1.500 6.500-2',
  ring: 'M16 12v.5m0 4v5',
  question: 'M12.500 12.500c.4-4.500 7.200-4.200 7 .3-.2 2.600-3.500 2.600-3.500 5.500m0 3.700v.5',
}

/** The sign of a decision, in the colour of its text. A word always stands beside it. */
export function Shape({ name, tone }: { readonly name: ShapeName; readonly tone: Tone }) {
  return (
    <svg
      class={`shape ${tone}`}
      width="32"
      height="32"
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <path class={name === 'ring' ? 'hollow' : 'solid'} d={OUTLINES[name]} />
      <path
        class={name === 'ring' ? 'sign' : 'cut'}
        d={STROKES[name]}
        fill="none"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
