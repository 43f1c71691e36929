import type { Billing } from '../model/billing.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'
import type { ProviderSpec } from '../model/suite.ts'
import type { Cost } from '../model/usage.ts'
import type { Prices } from '../pricing/open-prices.ts'
import type { Predicted } from '../stats/prediction.ts'
import { sumBounds, sumPredicted } from '../stats/prediction.ts'
import { graderOf, graderSpecs } from '../verify/graders/graders.ts'
import type { BudgetForecast } from './forecast-budget.ts'
import { forecastBudget } from './forecast-budget.ts'
import { createCustomGraders } from './custom-graders.ts'
import type { ModelForecast, OtherModel } from './forecast-as.ts'
import { forecastAs } from './forecast-as.ts'
import type { ColumnForecast, Payment, Seen } from './forecast-column.ts'
import { outlookOf, samplePrompts } from './forecast-column.ts'
import type { Confidence } from './forecast-confidence.ts'
import { confidenceOf } from './forecast-confidence.ts'
import type { GraderForecast } from './forecast-graders.ts'
import { forecastGraders } from './forecast-graders.ts'
import type { RecordedUsage } from './forecast-record.ts'
import type { TimeForecast } from './forecast-time.ts'
import { forecastTime } from './forecast-time.ts'
import { gradings as gradingsOf } from './forecast-usage.ts'
import { known, total } from './forecast-sums.ts'
import type { ForecastTokens } from './forecast-tokens.ts'
import { sumTokens } from './forecast-tokens.ts'
import { totalOf, UNKNOWN_ACCOUNT, worksOf } from './forecast-works.ts'

/** Prompts rendered per column to estimate its tokens. */
const SAMPLE = 20

export interface Forecast extends TimeForecast {
  readonly columns: readonly ColumnForecast[]
  readonly graders?: GraderForecast | undefined
  /** Models and graders. */
  readonly calls: number
  readonly callsAtMost: number
  readonly tokens: ForecastTokens
  readonly costUsd: Cost
  /**
   * 95% prediction intervals where all columns are on record as they will run, else bounds; null where not even these are known.
   */
  readonly intervals: {
    readonly tokens: Predicted['interval']
    readonly costUsd: Predicted['interval']
  }
  readonly confidence: Confidence
  readonly budget: readonly BudgetForecast[]
  /** What the columns would cost on other models, in the order they were asked for; absent where none was. */
  readonly as?: readonly ModelForecast[]
}

export interface ForecastOptions {
  readonly recorded: RecordedUsage
  /** What the calls of a provider are billed as, by its key; absent where nobody knows. */
  readonly billings: ReadonlyMap<string, Billing>
  readonly prices: Prices
  /** The day whose prices hold. */
  readonly at: Date
  /** Models that the columns are to be priced as too. `recorded` has been read with their tariffs. */
  readonly as?: readonly OtherModel[] | undefined
  /** Tokens of a text. */
  readonly countTokens: (text: string) => number
  /** Calls in flight per account, instead of what the suite says. */
  readonly concurrency?: number | undefined
}

/** What a plan is expected to take: from the last run's figures for the same column where there are some. */
export async function forecast(plan: Plan, options: ForecastOptions): Promise<Forecast> {
  const { suite } = plan
  const { recorded, concurrency, as = [] } = options
  const rounds = suite.assay.feedback?.maxAttempts ?? 1
  const walked = await walk(plan)
  const seen: Seen[] = []
  for (const column of plan.columns) seen.push(await look(column, walked, plan, rounds, options))
  const outlooks = seen.map((each) => outlookOf(each, paymentOf(each.column, options)))
  const graded = forecastGraders(totalOf(walked.gradings), recorded.graders)
  const columns = outlooks.map(({ column }) => column)
  const parts = graded === undefined ? outlooks : [...outlooks, graded]
  const sum = outlooks.some(({ isBound }) => isBound) ? sumBounds : sumPredicted
  const tokens = sum(parts.map((part) => part.tokens))
  const costUsd = sum(parts.map((part) => part.costUsd))
  const graders = graded?.graders
  const takers = graders === undefined ? columns : [...columns, graders]
  const calls = total(takers, (taker) => taker.calls)
  const callsAtMost = calls + total(columns, (column) => column.callsAtMost - column.calls)
  const { inFlight } = recorded
  const works = worksOf(plan, { columns, graders, gradings: walked.gradings })
  const asked = [...suite.providers, ...walked.graders.values()]
  const time = forecastTime(works, { suite: { ...suite, providers: asked }, concurrency, inFlight })
  return {
    columns,
    ...(graders && { graders }),
    calls,
    callsAtMost,
    tokens: sumTokens(takers.map((taker) => taker.tokens)),
    costUsd: known(takers.map((taker) => taker.costUsd)),
    intervals: { tokens: tokens.interval, costUsd: costUsd.interval },
    ...time,
    confidence: confidenceOf({
      columns: plan.columns.filter((column) => walked.cells.has(column)),
      recorded,
      costUsd,
      rounds,
      gradersUnknown: graders?.basis === 'estimated',
    }),
    budget: forecastBudget(
      suite.assay.budget ?? {},
      {
        usd: costUsd,
        tokens,
        calls: { expected: calls, interval: { lo: calls, hi: callsAtMost } },
        minutes: minutesOf(time),
      },
      plan.size.cells,
    ),
    ...(as.length > 0 && { as: as.map((model) => forecastAs(model, seen, outlooks)) }),
  }
}

interface Walked {
  readonly cells: ReadonlyMap<Column, number>
  readonly sample: ReadonlyMap<Column, readonly Cell[]>
  /** Verdicts graders are to give, by their account. */
  readonly gradings: ReadonlyMap<string, number>
  readonly graders: ReadonlyMap<string, ProviderSpec>
}

async function walk(plan: Plan): Promise<Walked> {
  const cells = new Map<Column, number>()
  const sample = new Map<Column, Cell[]>()
  const gradings = new Map<string, number>()
  const graders = new Map<string, ProviderSpec>()
  const customGraders = createCustomGraders(plan.suite)
  for await (const cell of plan.cells()) {
    const { column } = cell
    for (const { assertion, at } of cell.case.checks)
      for (const leaf of assertion.assert ?? [assertion]) {
        for (const { spec, calls } of await customGraders(leaf, at)) {
          graders.set(spec.key, spec)
          gradings.set(spec.account, (gradings.get(spec.account) ?? 0) + calls)
        }
        const verdicts = gradingsOf(leaf.type, plan.columns.length)
        if (verdicts === 0) continue
        const specs = graderSpecs(graderOf(leaf, cell.case.test), plan.suite, at)
        for (const spec of specs) graders.set(spec.key, spec)
        const account = specs[0]?.account ?? UNKNOWN_ACCOUNT
        gradings.set(account, (gradings.get(account) ?? 0) + verdicts)
      }
    // An output that stands in the suite is checked, but nobody is asked for it.
    if (cell.case.test.providerOutput) continue
    cells.set(column, (cells.get(column) ?? 0) + 1)
    const own = sample.get(column) ?? []
    // The first repeat alone: the others ask the same.
    if (cell.repeat === 0 && own.length < SAMPLE) sample.set(column, [...own, cell])
  }
  return { cells, sample, gradings, graders }
}

/** What is known of a column: its last run, and where that tells no tokens, its prompts. */
async function look(
  column: Column,
  walked: Walked,
  { suite }: Plan,
  rounds: number,
  { recorded, countTokens }: ForecastOptions,
): Promise<Seen> {
  const cells = walked.cells.get(column) ?? 0
  const usage = recorded.columns.get(column)
  const known = { column, cells, rounds, usage }
  if (cells === 0 || usage?.uncounted === 0) return known
  return {
    ...known,
    sample: await samplePrompts(column, walked.sample.get(column) ?? [], suite, countTokens),
  }
}

function paymentOf({ provider }: Column, { billings, prices, at }: ForecastOptions): Payment {
  const billing = billings.get(provider.key)
  return {
    recorded: (usage) => usage.cost,
    price: (usage) => (billing === undefined ? 'unknown' : prices.cost(billing, usage, at)),
  }
}

function minutesOf({ seconds, secondsAtLeast }: TimeForecast): Predicted {
  if (seconds === 'unknown') return { expected: secondsAtLeast / 60, interval: null }
  return { expected: seconds / 60, interval: { lo: secondsAtLeast / 60, hi: seconds / 60 } }
}
