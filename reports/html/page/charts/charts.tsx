import type { ReportView } from '../../page-module.ts'
import { Forest } from './forest.tsx'
import { LatencyDistribution } from './latency.tsx'
import { Slices } from './slices.tsx'
import { TradeOff } from './trade-off.tsx'

/** The charts, each with its table behind it; those that have nothing to show are left out. */
export function Charts({ view }: { readonly view: ReportView }) {
  return (
    <>
      <Forest view={view} />
      <TradeOff view={view} />
      <LatencyDistribution view={view} />
      <Slices view={view} />
    </>
  )
}
