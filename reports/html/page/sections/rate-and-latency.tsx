import type { ColumnAnalysis } from '../../../../harness/model/analysis.ts'
import { latency, percent, range } from '../../../format/figures.ts'
import { IntervalPlot } from './interval-plot.tsx'
import { Figure } from './scroll-table.tsx'

/** Titles of what `RateAndLatency` shows. */
export const RATE_AND_LATENCY = [
  { title: 'pass rate', number: true },
  { title: '95% interval', number: true },
  { title: '0–100%, drawn', hidden: true },
  { title: 'latency p50', number: true },
  { title: 'p95', number: true },
] as const

/** A column's pass rate with its interval, drawn on a line from 0 to 100%, and how long its replies took. */
export function RateAndLatency({ column }: { readonly column: ColumnAnalysis }) {
  const { passRate, interval, latencyMs } = column
  return (
    <>
      <Figure>
        <strong>{percent(passRate)}</strong>
      </Figure>
      <Figure>{range(interval)}</Figure>
      <td class="drawn">
        {passRate !== null && interval !== null && (
          <IntervalPlot domain={[0, 1]} at={passRate} interval={[interval.lo, interval.hi]} />
        )}
      </td>
      <Figure>{latency(latencyMs, 'p50')}</Figure>
      <Figure>{latency(latencyMs, 'p95')}</Figure>
    </>
  )
}
