/** Size of a drawing in its own units, and what is left free on every side for the ends of a line. */
export interface SparklineBox {
  readonly width: number
  readonly height: number
  readonly padding: number
}

export interface SparklinePoint {
  /** Of the value in the series. */
  readonly index: number
  readonly x: number
  readonly y: number
}

/** A series as the figures of an SVG. */
export interface Sparkline {
  /** The `d` of a path, broken where a value is missing; empty where no two values follow each other. */
  readonly line: string
  /** Values without a neighbour, which a line does not show. */
  readonly lone: readonly SparklinePoint[]
  readonly points: readonly SparklinePoint[]
  /** Least and greatest value: what the lower and upper edge stand for. */
  readonly lo: number
  readonly hi: number
}

/**
 * Lays a series out from left to right, a step a value, from its least value below to its greatest above; one that never changes runs
 * through the middle. Undefined where there is no value.
 */
export function sparkline(
  values: readonly (number | null)[],
  { width, height, padding }: SparklineBox,
): Sparkline | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return undefined
  const lo = known.reduce((least, value) => Math.min(least, value))
  const hi = known.reduce((most, value) => Math.max(most, value))
  const step = values.length > 1 ? (width - 2 * padding) / (values.length - 1) : 0
  const rise = height - 2 * padding
  const points = values.flatMap((value, index): SparklinePoint[] => {
    if (value === null) return []
    const share = hi === lo ? 0.5 : (value - lo) / (hi - lo)
    const x = values.length > 1 ? padding + step * index : width / 2
    return [{ index, x: rounded(x), y: rounded(height - padding - share * rise) }]
  })
  const isNext = (a: SparklinePoint | undefined, b: SparklinePoint | undefined): boolean =>
    a !== undefined && b !== undefined && b.index - a.index === 1
  const line = points
    .map((point, i) => {
      if (isNext(points[i - 1], point)) return `L${point.x} ${point.y}`
      return isNext(point, points[i + 1]) ? `M${point.x} ${point.y}` : ''
    })
    .join('')
  const lone = points.filter((point, i) => !isNext(points[i - 1], point) && !isNext(point, points[i + 1]))
  return { line, lone, points, lo, hi }
}

/** Tenths are finer than a screen, and keep a page small. */
function rounded(x: number): number {
  return Math.round(x * 10) / 10
}

/** Marks that stand ever higher on their line. */
const HEIGHTS = ['_', '.', '-', "'"] as const

/** The same in plain letters, for a terminal or a log: `__.-''`, a space where a value is missing. */
export function letterTrend(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  const [lo, hi] = [Math.min(...known), Math.max(...known)]
  return values
    .map((value) => {
      if (value === null) return ' '
      const share = hi === lo ? 0.5 : (value - lo) / (hi - lo)
      return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.floor(share * HEIGHTS.length))]
    })
    .join('')
}
