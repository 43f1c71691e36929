import { coordinate, type Scale } from './scale.ts'

/** px: as high as a row is at least, so that lines run on from row to row. */
export const ROW = 26

interface AxisProps {
  readonly scale: Scale
  readonly format: (value: number) => string
  /** What is measured, with its unit. */
  readonly label: string
}

/** A horizontal axis in a strip of its own, to stand under rows that share it. */
export function AxisRow({ scale, format, label }: AxisProps) {
  return (
    <svg class="plot axis" width="100%" height="36" aria-hidden="true">
      {scale.ticks.map((tick) => {
        const x = scale.at(tick)
        return (
          <g key={tick}>
            <line class="tick" x1={coordinate(x)} x2={coordinate(x)} y1="0" y2="5" />
            <text x={coordinate(x)} y="17" text-anchor={anchorAt(x)}>
              {tickText(format(tick))}
            </text>
          </g>
        )
      })}
      <text class="axis-label" x="50%" y="32" text-anchor="middle">
        {label}
      </text>
    </svg>
  )
}

/** Faint lines at the ticks, behind a row. */
export function GridLines({ scale }: { scale: Scale }) {
  return (
    <>
      {scale.ticks.map((tick) => {
        const x = coordinate(scale.at(tick))
        return <line key={tick} class="grid" x1={x} x2={x} y1="0" y2="100%" />
      })}
    </>
  )
}

/** `80%` of `80.0%`, `$0.03` of `$0.0300`: a tick is a round number. */
export function tickText(text: string): string {
  return text.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '')
}

/** Labels at the ends stay inside. */
export function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (x < 4) return 'start'
  return x > 94 ? 'end' : 'middle'
}
