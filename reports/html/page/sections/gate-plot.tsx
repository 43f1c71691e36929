import type { Gate } from '../../../../harness/model/verdict.ts'
import type { Tone } from '../../../format/section.ts'
import { around, IntervalPlot } from './interval-plot.tsx'

const LEAST_REACH = 0.05
const RATE_METRICS = new Set(['pass', 'pass_first'])

/** How far the differences of all gates reach, so that they are drawn alike. */
export function sharedReach(gates: readonly Gate[]): number {
  const values = gates.filter(({ figure }) => figure === 'difference').flatMap(valuesOf)
  return around(0, values, LEAST_REACH)[1]
}

/** Observed, interval and limit of a gate on a line of its kind. */
export function GatePlot({
  gate,
  reach,
  tone,
}: {
  readonly gate: Gate
  readonly reach: number
  readonly tone: Tone
}) {
  const { figure, observed, interval, threshold } = gate
  if (figure === 'count') return null
  const still = figure === 'difference' ? 0 : figure === 'ratio' ? 1 : undefined
  return (
    <IntervalPlot
      domain={domainOf(gate, reach)}
      at={observed}
      interval={interval}
      limit={typeof threshold === 'number' ? threshold : undefined}
      still={still}
      tone={tone}
    />
  )
}

function domainOf(gate: Gate, reach: number): readonly [number, number] {
  if (gate.figure === 'difference') return [-reach, reach]
  if (gate.figure === 'ratio') return around(1, valuesOf(gate), 0.1)
  const most = Math.max(0, ...valuesOf(gate))
  return RATE_METRICS.has(gate.metric) || (most <= 1 && /^(?:floor|ceiling)/.test(gate.name))
    ? [0, 1]
    : [0, most * 1.15]
}

function valuesOf({ observed, interval, threshold }: Gate): number[] {
  return [observed, threshold, ...(interval ?? [])].filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  )
}
