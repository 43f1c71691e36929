import { powerBasisOf } from '../../harness/analyze/power-basis.ts'
import { clusterOf } from '../../harness/analyze/paired/cluster-key.ts'
import { openBaseline } from '../../harness/baseline/open-baseline.ts'
import { shipped } from '../../harness/gate/absolute.ts'
import { marginFor } from '../../harness/gate/margin.ts'
import { alphaOf, gatedMetrics, gateOf } from '../../harness/gate/settings.ts'
import type { Billing } from '../../harness/model/billing.ts'
import type { Plan } from '../../harness/model/plan.ts'
import type { Provider } from '../../harness/model/provider.ts'
import { forecast } from '../../harness/plan/forecast.ts'
import type { PowerForecast } from '../../harness/plan/forecast-power.ts'
import { forecastPower } from '../../harness/plan/forecast-power.ts'
import { readRecordedUsage } from '../../harness/plan/forecast-record.ts'
import { billingOfSpec } from '../../harness/plan/billing-of-spec.ts'
import { openPrices } from '../../harness/pricing/open-prices.ts'
import { formatWarning } from '../../harness/warning-log.ts'
import { modelCatalog } from '../../providers/shared/model-catalog.ts'
import { loadEnvFiles } from '../env-file.ts'
import { inspectSuite } from '../inspect-suite.ts'
import type { Io } from '../io.ts'
import { otherModel } from '../other-models.ts'
import { budgetWarnings, formatPlan } from '../plan-text.ts'
import { relativePaths } from '../relative-paths.ts'
import type { SelectionOptions } from '../selection.ts'
import { readSelection } from '../selection.ts'
import { realWorld } from '../world.ts'

interface PlanOptions extends SelectionOptions {
  readonly concurrency?: number
  readonly as: readonly string[]
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
  readonly json: boolean
}

/** `assay plan SUITE`: what a run would do and take. Calls nothing. */
export async function planCommand(io: Io, file: string, options: PlanOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { allowOutside } = options
  const selection = await readSelection(options, io)
  const world = realWorld(io)
  const { plan, providers, warnings } = await inspectSuite(file, { allowOutside, selection }, world)
  const { suite } = plan
  for (const warning of warnings) io.err(`warning: ${relativePaths(formatWarning(warning), io.cwd)}\n`)
  const { countTokens } = await import('gpt-tokenizer/encoding/r50k_base')
  const prices = await openPrices(suite.prices)
  const at = world.clock.wallClock()
  const as = [...new Set(options.as)].map((name) => otherModel(name, { catalog: modelCatalog(), prices, at }))
  const expected = await forecast(plan, {
    recorded: await readRecordedUsage(suite.name, plan.columns, {
      cwd: io.cwd,
      rounds: suite.assay.feedback?.maxAttempts ?? 1,
      tariffs: new Map(as.map(({ name, tariff }) => [name, tariff])),
    }),
    billings: billingsOf(plan, providers),
    prices,
    at,
    as,
    countTokens: (text) => countTokens(text, { disallowedSpecial: new Set() }),
    concurrency: options.concurrency,
  })
  const power = await powerOf(plan, io)
  const { cells, cases, repeats } = plan.size
  for (const warning of budgetWarnings(expected, cells)) io.err(`warning: ${warning}\n`)
  io.out(
    options.json
      ? `${JSON.stringify({ v: 1, suite: suite.name, cells, cases, repeats, ...expected, power })}\n`
      : relativePaths(formatPlan(plan, expected, power), io.cwd),
  )
  return 0
}

/** By provider key. Those of promptfoo are not loaded, and go by their ids. */
function billingsOf(
  { columns }: Plan,
  providers: ReadonlyMap<string, Provider>,
): ReadonlyMap<string, Billing> {
  const billings = columns.flatMap(({ provider: spec }): [string, Billing][] => {
    const billing = billingOfSpec(spec, providers.get(spec.key))
    return billing === undefined ? [] : [[spec.key, billing]]
  })
  return new Map(billings)
}

/** What a comparison of this size with the suite's baseline, or with a first one to come, could see. */
async function powerOf(plan: Plan, io: Io): Promise<PowerForecast> {
  const { suite, size } = plan
  const { cwd, env, cacheDir } = realWorld(io)
  const { cluster } = suite.assay
  const gate = gateOf(suite.assay)
  const columns = plan.columns.map(({ prompt, provider }) => ({ prompt: prompt.key, provider: provider.key }))
  const baseline = await openBaseline(undefined, { suite, cwd, env, cacheDir, cluster })
  const units = cluster === undefined ? size.cases : await countClusters(plan, cluster)
  return forecastPower({
    cases: size.cases,
    repeats: size.repeats,
    units,
    alpha: alphaOf(gate),
    comparisons: shipped(gate ?? {}, columns).length * gatedMetrics(gate).length,
    margin: gate?.margin ?? (baseline === undefined ? marginFor(units) : baseline.margin),
    basis: baseline && powerBasisOf(baseline.arm.table, shipped(gate ?? {}, baseline.arm.table.columns)),
  })
}

/** Cases without the key are units of their own. */
async function countClusters({ suite }: Plan, cluster: string): Promise<number> {
  const clusters = new Set<string>()
  for await (const { id, vars, test } of suite.cases())
    clusters.add(clusterOf({ vars, metadata: test.metadata }, cluster) ?? `case ${id}`)
  return clusters.size
}
