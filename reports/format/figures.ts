import type { Interval, LatencySummary } from '../../harness/model/analysis.ts'
import { grouped } from '../../harness/model/digits.ts'

/** What stands where nothing was measured. */
export const NOTHING = '–'

/** `1,800` */
export function count(n: number): string {
  return grouped(n, 0)
}

/** `1 cell`, `1,800 cells` */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : plural}`
}

/** `71.3%`; 0% and 100% only where that is exactly so. */
export function percent(rate: number | null): string {
  if (rate === null) return NOTHING
  if (rate > 0 && rate < 0.0005) return '<0.1%'
  if (rate < 1 && rate >= 0.9995) return '>99.9%'
  return `${(rate * 100).toFixed(1)}%`
}

/** `65.2–76.8%` */
export function range(interval: Interval | null): string {
  if (interval === null) return NOTHING
  return `${(interval.lo * 100).toFixed(1)}–${(interval.hi * 100).toFixed(1)}%`
}

/** Milliseconds as `4.2 ms`, `842 ms`, `1.24 s`, `3 min 5 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return NOTHING
  if (ms < 9.95) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A quantile of a latency, after `~` where the provider may hide its own queueing and retries in it. */
export function latency(summary: LatencySummary, quantile: 'p50' | 'p95'): string {
  const ms = summary[quantile]
  return ms === null || summary.trusted ? duration(ms) : `~${duration(ms)}`
}

/** `$1,234.50`, `$0.0213`: cents from a dollar on, three significant digits below. */
export function usd(amount: number | 'unknown'): string {
  if (amount === 'unknown') return 'unknown'
  if (amount === 0) return '$0'
  if (amount >= 0.995) return `$${grouped(amount, 2)}`
  const decimals = Math.min(12, 2 - Math.floor(Math.log10(amount)))
  return `$${amount.toFixed(decimals)}`
}

/** A named score, which may be of any scale. */
export function score(value: number | null): string {
  return value === null ? NOTHING : String(Number(value.toPrecision(3)))
}

/** A value of a metric: a rate for whether cases pass, else a score. */
export function metricValue(metric: string, value: number | null): string {
  return metric === 'pass' || metric === 'pass_first' ? percent(value) : score(value)
}
