import type { Tone } from '../../../format/section.ts'

const WIDTH = 132
const HEIGHT = 18
const PAD = 6

interface Props {
  /** Values at the left and the right edge. */
  readonly domain: readonly [number, number]
  readonly at: number | null
  readonly interval: readonly [number, number] | null
  /** What must not be passed. */
  readonly limit?: number | undefined
  /** The value of no change. */
  readonly still?: number | undefined
  readonly tone?: Tone | undefined
}

/** A figure as a dot, its interval as a bar, its limit as an upright line. The figures themselves stand beside it. */
export function IntervalPlot({ domain: [from, to], at, interval, limit, still, tone = 'quiet' }: Props) {
  const isDrawn = [from, to].every(Number.isFinite) && to > from
  if (!isDrawn || (at === null && interval === null)) return null
  const x = (value: number): number => {
    const share = Math.min(1, Math.max(0, (value - from) / (to - from)))
    return Math.round((PAD + share * (WIDTH - 2 * PAD)) * 10) / 10
  }
  const middle = HEIGHT / 2
  return (
    <svg
      class={`mini ${tone}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      <line class="axis" x1={PAD} y1={middle} x2={WIDTH - PAD} y2={middle} />
      {still !== undefined && (
        <line class="still" x1={x(still)} y1="2" x2={x(still)} y2={HEIGHT - 2} stroke-dasharray="2 2" />
      )}
      {interval !== null && interval.every(Number.isFinite) && (
        <line
          class="range"
          x1={x(interval[0])}
          y1={middle}
          x2={x(interval[1])}
          y2={middle}
          stroke-width="4"
          stroke-linecap="round"
        />
      )}
      {limit !== undefined && (
        <line class="limit" x1={x(limit)} y1="0" x2={x(limit)} y2={HEIGHT} stroke-width="2" />
      )}
      {at !== null && Number.isFinite(at) && <circle class="dot" cx={x(at)} cy={middle} r="4.5" />}
    </svg>
  )
}

/** An interval as wide as what is to be drawn on either side of a middle. */
export function around(
  middle: number,
  values: readonly (number | null | undefined)[],
  least: number,
): readonly [number, number] {
  const reach = values
    .filter((value) => value !== null && value !== undefined)
    .filter(Number.isFinite)
    .reduce((most, value) => Math.max(most, Math.abs(value - middle)), least)
  return [middle - reach * 1.08, middle + reach * 1.08]
}
