import { sparkline } from '../../../format/sparkline.ts'

const BOX = { width: 120, height: 24, padding: 4 }

/** A series as a line, its last value as a dot. */
export function Trend({ values }: { readonly values: readonly (number | null)[] }) {
  const drawn = sparkline(values, BOX)
  if (drawn === undefined) return null
  const last = drawn.points.at(-1)
  return (
    <svg
      class="trend"
      width={BOX.width}
      height={BOX.height}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      aria-hidden="true"
      focusable="false"
    >
      {drawn.line !== '' && <path d={drawn.line} fill="none" stroke-width="1.5" stroke-linejoin="round" />}
      {drawn.lone.map(({ x, y }) => (
        <circle cx={x} cy={y} r="1.5" />
      ))}
      {last !== undefined && <circle class="last" cx={last.x} cy={last.y} r="3" />}
    </svg>
  )
}
