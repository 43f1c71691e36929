import { concurrencyOf } from '../execute/limits.ts'
import type { Analysis, ColumnAnalysis } from '../model/analysis.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'
import type { Cost } from '../model/usage.ts'
import { priceCall } from '../pricing/price-call.ts'
import { renderPrompt } from '../suite/render.ts'

/** Prompts rendered per column to estimate its tokens. */
const SAMPLE = 20

/** What one column is expected to take. */
export interface ColumnForecast {
  readonly prompt: string
  readonly provider: string
  readonly calls: number
  readonly tokens: { readonly input: number; readonly output: number | 'unknown' }
  /** USD. */
  readonly costUsd: Cost
  /** Seconds of model time, one call after the other. */
  readonly busySeconds: number | 'unknown'
  /** `recorded`: from the last run of this suite. `estimated`: input tokens counted on a sample, the rest not known. */
  readonly basis: 'recorded' | 'estimated'
}

export interface Forecast {
  readonly columns: readonly ColumnForecast[]
  readonly calls: number
  readonly tokens: { readonly input: number; readonly output: number | 'unknown' }
  readonly costUsd: Cost
  /** Seconds the run takes at the suite's concurrency: its slowest account. */
  readonly seconds: number | 'unknown'
}

export interface ForecastOptions {
  /** The last run of the suite, where there is one. */
  readonly recorded?: Analysis | undefined
  /** The id a provider goes by in the price table, by provider key. */
  readonly models: ReadonlyMap<string, string>
  /** Tokens of a text. */
  readonly countTokens: (text: string) => number
  /** Calls in flight per account, instead of what the suite says. */
  readonly concurrency?: number | undefined
}

/** What a plan is expected to take: from the last run's figures for the same column where there are some. */
export async function forecast(plan: Plan, options: ForecastOptions): Promise<Forecast> {
  const { calls, sample } = await walk(plan)
  const columns: ColumnForecast[] = []
  for (const column of plan.columns) {
    const count = calls.get(column) ?? 0
    const before = options.recorded?.columns.find(
      ({ prompt, provider, cells }) =>
        cells > 0 && prompt === column.prompt.key && provider === column.provider.key,
    )
    const recorded = before && fromRecord(before, count)
    // A provider that told no tokens left none to go by.
    columns.push(
      recorded === undefined || recorded.tokens.input === 0
        ? { ...(await estimate(column, count, sample.get(column) ?? [], plan, options)), ...untold(recorded) }
        : recorded,
    )
  }
  return {
    columns,
    calls: columns.reduce((sum, column) => sum + column.calls, 0),
    tokens: {
      input: columns.reduce((sum, { tokens }) => sum + tokens.input, 0),
      output: total(columns.map(({ tokens }) => tokens.output)),
    },
    costUsd: total(columns.map(({ costUsd }) => costUsd)),
    seconds: slowestAccount(plan, columns, options.concurrency),
  }
}

async function walk(plan: Plan): Promise<{ calls: Map<Column, number>; sample: Map<Column, Cell[]> }> {
  const calls = new Map<Column, number>()
  const sample = new Map<Column, Cell[]>()
  for await (const cell of plan.cells()) {
    if (cell.case.test.providerOutput) continue
    const { column } = cell
    calls.set(column, (calls.get(column) ?? 0) + 1)
    const cells = sample.get(column) ?? []
    // The first repeat alone: the others ask the same.
    if (cell.repeat === 0 && cells.length < SAMPLE) sample.set(column, [...cells, cell])
  }
  return { calls, sample }
}

async function estimate(
  { prompt, provider }: Column,
  calls: number,
  cells: readonly Cell[],
  { suite }: Plan,
  { models, countTokens }: ForecastOptions,
): Promise<ColumnForecast> {
  let tokens = 0
  for (const cell of cells) {
    const { text } = await renderPrompt(
      prompt,
      cell.case,
      { ...cell.case.vars },
      { provider: undefined, suite },
    )
    tokens += countTokens(text)
  }
  const input = cells.length === 0 ? 0 : Math.round((calls * tokens) / cells.length)
  const model = models.get(provider.key)
  // The reply's length is not known, so the price is a lower bound, and none is given where there is none at all.
  return {
    prompt: prompt.key,
    provider: provider.key,
    calls,
    tokens: { input, output: 'unknown' },
    costUsd: model === undefined ? 'unknown' : priceCall(model, { input, output: 0 }),
    busySeconds: 'unknown',
    basis: 'estimated',
  }
}

function fromRecord(before: ColumnAnalysis, calls: number): ColumnForecast {
  const scale = calls / before.cells
  const { prompt, provider, tokens, costPer1000Usd, latencyMs } = before
  return {
    prompt,
    provider,
    calls,
    tokens: { input: Math.round(tokens.input * scale), output: Math.round(tokens.output * scale) },
    costUsd: costPer1000Usd === 'unknown' ? 'unknown' : (costPer1000Usd / 1000) * calls,
    busySeconds: latencyMs.p50 === null ? 'unknown' : (latencyMs.p50 * calls) / 1000,
    basis: 'recorded',
  }
}

/** What a record without token counts still tells. */
function untold(recorded: ColumnForecast | undefined): Partial<ColumnForecast> {
  if (recorded === undefined) return {}
  const { basis, costUsd, busySeconds } = recorded
  return { basis, busySeconds, ...(costUsd !== 'unknown' && { costUsd }) }
}

function slowestAccount(
  plan: Plan,
  columns: readonly ColumnForecast[],
  concurrency: number | undefined,
): number | 'unknown' {
  const { suite } = plan
  const seconds = plan.accounts.map((account) => {
    const own = columns.filter((_, index) => plan.columns[index]?.provider.account === account)
    const busy = total(own.map(({ busySeconds }) => busySeconds))
    return busy === 'unknown' ? busy : busy / (suite.serial ? 1 : concurrencyOf(account, suite, concurrency))
  })
  return seconds.includes('unknown') ? 'unknown' : Math.max(0, ...(seconds as number[]))
}

function total(values: readonly (number | 'unknown')[]): number | 'unknown' {
  return values.reduce(
    (sum, value) => (sum === 'unknown' || value === 'unknown' ? 'unknown' : sum + value),
    0,
  )
}
