import type { BenchContext } from './context.ts'
import type { RateLoad, RateResult } from './rate-simulation.ts'
import { simulateRate } from './rate-simulation.ts'

/** Requests a minute, each at its own latency: hundreds in flight at the last. */
const LIMITS = [
  { rpm: 60, latencyMs: 500 },
  { rpm: 600, latencyMs: 20 },
  { rpm: 600, latencyMs: 2000 },
  { rpm: 6000, latencyMs: 500 },
]
const WRITTEN = { isWritten: true, settleMinutes: 1, minutes: 10 }
const LEARNED = { isWritten: false, settleMinutes: 15, minutes: 15 }

/** How much of an account's limit a run uses, and how many of its calls are turned away: the worst of several limits. */
export async function benchRates({ table }: Pick<BenchContext, 'table'>): Promise<void> {
  table.section('a limit of 60, 600, 6,000 requests a minute, simulated: the worst of them')
  for (const window of ['fixed', 'sliding'] as const) {
    const written = await worst(window, WRITTEN)
    table.row(`${window} window, rpm written: used`, percent(written.used), 'at least 95 %')
    table.row('  throttled', percent(written.throttled), 'under 1 %')
    const learned = await worst(window, LEARNED)
    table.row(`${window} window, rpm learned: used`, percent(learned.used), 'at least 80 %')
    table.row('  throttled', percent(learned.throttled), 'under 5 %')
  }
}

async function worst(
  window: RateLoad['window'],
  how: Pick<RateLoad, 'isWritten' | 'settleMinutes' | 'minutes'>,
): Promise<RateResult> {
  const results: RateResult[] = []
  for (const limit of LIMITS) results.push(await simulateRate({ ...limit, ...how, window }))
  return {
    used: Math.min(...results.map(({ used }) => used)),
    throttled: Math.max(...results.map(({ throttled }) => throttled)),
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
