import type { Case } from '../../../harness/model/case.ts'
import type { Column } from '../../../harness/model/cell.ts'
import type { Plan } from '../../../harness/model/plan.ts'
import type { AssaySettings, Suite } from '../../../harness/model/suite.ts'
import type { AttemptRecord, Trial } from '../../../harness/model/trial.ts'
import type { Forecast } from '../../../harness/plan/forecast.ts'
import { forecast } from '../../../harness/plan/forecast.ts'
import type { OtherModel } from '../../../harness/plan/forecast-as.ts'
import type { RecordedUsage } from '../../../harness/plan/forecast-record.ts'
import { ColumnUsage, GraderUsage } from '../../../harness/plan/forecast-usage.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { billingOfId } from '../../../harness/pricing/billing-of-provider.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { makeTrial } from '../analyze/make-trial.ts'
import { casesOf, suiteOf } from '../execute/world.ts'

export const NOW = new Date('2026-11-26T00:00:00.000Z')
export const PRICES = await openPrices({
  name: 'prices.yaml',
  digest: '0',
  entries: [
    { model: 'openai/plain', input: 10, output: 100 },
    { model: 'openai/caching', input: 10, output: 100, cacheRead: 1, cacheWrite: 20, cacheWrite1h: 40 },
  ],
})
const NOTHING: RecordedUsage = { columns: new Map(), graders: new GraderUsage(), inFlight: new Map() }

export function attempt(over: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    reply: {},
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 1_000, trusted: true },
    usage: { input: 100, output: 10 },
    costUsd: 0.01,
    ...over,
  }
}

export function answered(
  count: number,
  attempts: readonly AttemptRecord[],
  over: Partial<Trial> = {},
): Trial[] {
  return Array.from({ length: count }, () => makeTrial({ attempts, ...over }))
}

/** The plan of a suite with 40 cells in one column, unless said otherwise. */
export function planOf(
  assay: AssaySettings = {},
  over: Partial<Suite> & { tests?: readonly Case[] } = {},
): Promise<Plan> {
  return makePlan(suiteOf({ tests: casesOf(40), assay, ...over }))
}

export function usageOf(
  column: Column,
  trials: readonly Trial[],
  rounds = 1,
  as: readonly OtherModel[] = [],
): ColumnUsage {
  const usage = new ColumnUsage(column.hash, new Map(as.map(({ name, tariff }) => [name, tariff])))
  for (const trial of trials) usage.add(trial, rounds)
  return usage
}

export interface Given {
  /** Provider id. */
  readonly model?: string
  readonly as?: readonly OtherModel[]
  readonly concurrency?: number
  readonly recorded?: Partial<RecordedUsage>
}

/** A forecast, by default without anything on record. */
export function forecastOf(
  plan: Plan,
  { model = 'nobody:knows', as = [], concurrency, recorded = {} }: Given = {},
): Promise<Forecast> {
  const billing = billingOfId(model)
  return forecast(plan, {
    recorded: { ...NOTHING, ...recorded },
    billings: new Map(billing && plan.columns.map(({ provider }) => [provider.key, billing])),
    prices: PRICES,
    at: NOW,
    as,
    countTokens: (text) => text.length,
    concurrency,
  })
}

/** With the same trials on record for every column. */
export async function withRecord(plan: Plan, trials: readonly Trial[], rest: Given = {}): Promise<Forecast> {
  const rounds = plan.suite.assay.feedback?.maxAttempts ?? 1
  const columns = new Map(plan.columns.map((column) => [column, usageOf(column, trials, rounds, rest.as)]))
  return forecastOf(plan, { ...rest, recorded: { columns, ...rest.recorded } })
}
