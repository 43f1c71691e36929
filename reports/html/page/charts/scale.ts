/** From a value to a place on an axis, in percent of its length. Values outside the domain lie at its ends. */
export interface Scale {
  readonly at: (value: number) => number
  /** Values to be labelled, ascending, all inside the domain. */
  readonly ticks: readonly number[]
}

/** @param domain ascending; widened where both ends are the same */
export function linearScale(domain: readonly [number, number], wanted = 5): Scale {
  const [lo, hi] = domain[0] < domain[1] ? domain : [domain[0] - 0.5, domain[1] + 0.5]
  const step = niceStep((hi - lo) / wanted)
  const first = Math.ceil(lo / step - 1e-9)
  const ticks: number[] = []
  for (let i = first; i * step <= hi + step * 1e-9; i++)
    ticks.push(i === 0 ? 0 : Number((i * step).toPrecision(12)))
  return { at: (value) => percentOf((value - lo) / (hi - lo)), ticks }
}

/** Equal ratios are equal lengths. @param domain ascending and above 0; widened where both ends are the same */
export function logScale(domain: readonly [number, number]): Scale {
  const [lo, hi] = domain[0] < domain[1] ? domain : [domain[0] / 2, domain[1] * 2]
  const [from, to] = [Math.log10(lo), Math.log10(hi)]
  const ticks: number[] = []
  const steps = to - from > 3 ? [1] : to - from > 1.2 ? [1, 3] : [1, 2, 5]
  for (let power = Math.floor(from); power <= to; power++) {
    for (const digit of steps) {
      const tick = Number((digit * 10 ** power).toPrecision(12))
      if (tick >= lo * (1 - 1e-9) && tick <= hi * (1 + 1e-9)) ticks.push(tick)
    }
  }
  return { at: (value) => percentOf((Math.log10(value) - from) / (to - from)), ticks }
}

/** The values' bounds with some room at both ends; undefined without any value. */
export function extent(values: readonly number[], room = 0): [number, number] | undefined {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  const [lo, hi] = finite.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  )
  return [lo - (hi - lo) * room, hi + (hi - lo) * room]
}

/** A place on an axis as an SVG coordinate: `33.3%`. */
export function coordinate(percent: number): string {
  return `${Number(percent.toFixed(2))}%`
}

function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  const digit = raw / power
  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10) * power
}

function percentOf(share: number): number {
  return Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * 100
}
