import { coordinate } from './scale.ts'

/** Shapes that tell series apart without colour, by their order. */
const PATHS = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z',
  'M-3.6 -3.6h7.2v7.2h-7.2Z',
  'M0 -4.8L4.6 3.6H-4.6Z',
  'M0 -5L5 0L0 5L-5 0Z',
  'M0 4.8L4.6 -3.6H-4.6Z',
  'M-4.5 -1.5h3v-3h3v3h3v3h-3v3h-3v-3h-3Z',
] as const

export const SHAPES = PATHS.length

/** A mark at a place on the axis, filled; hollow from the second round of shapes on. */
export function Mark({
  x,
  y,
  series,
  kind = '',
}: {
  x: number
  y: number | string
  series: number
  kind?: string
}) {
  const hollow = Math.floor(series / SHAPES) % 2 === 1 ? ' hollow' : ''
  return (
    <svg x={coordinate(x)} y={y} overflow="visible" class={`mark${hollow} ${kind}`.trimEnd()}>
      <path d={PATHS[series % SHAPES]} />
    </svg>
  )
}

/** The mark by itself, for a legend. */
export function LegendMark({ series }: { series: number }) {
  const hollow = Math.floor(series / SHAPES) % 2 === 1 ? ' hollow' : ''
  return (
    <svg class={`mark key${hollow}`} width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
      <path d={PATHS[series % SHAPES]} />
    </svg>
  )
}
