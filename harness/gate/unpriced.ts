import type { Assertion } from '../model/assertion.ts'
import type { Billing } from '../model/billing.ts'
import { billingKey } from '../model/billing.ts'
import type { Case } from '../model/case.ts'
import type { Column } from '../model/cell.ts'
import { columnName } from '../model/comparison.ts'
import type { HarnessError } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { SourceLocation } from '../model/source.ts'
import type { ProviderSpec, Warning } from '../model/suite.ts'
import { billingOfSpec } from '../plan/billing-of-spec.ts'
import { columnsFor } from '../plan/columns.ts'
import type { Prices } from '../pricing/open-prices.ts'
import { fail } from '../suite/config/fail.ts'
import { locateKey } from '../suite/config/positions.ts'
import { baseType } from '../verify/assertion-kind.ts'
import { shipped } from './absolute.ts'
import { usd } from './figures.ts'
import { gateOf } from './settings.ts'

/** Ids of graders that are asked for embeddings. */
const EMBEDDING = /^(?:promptfoo:)?[\w-]+:embeddings?:/

interface Named {
  readonly spec: ProviderSpec
  /** Absent for one of promptfoo's that was not loaded: then its id tells what it is. */
  readonly provider?: Provider | undefined
}

interface PriceCheck {
  readonly plan: Pick<Plan, 'suite' | 'columns'>
  /** Those that were loaded, by key. */
  readonly providers: ReadonlyMap<string, Provider>
  readonly graders: readonly Named[]
  readonly costChecks: CostChecks
  /** Opened only where something depends on a price. */
  readonly prices: () => Promise<Prices>
  /** The day whose prices hold. */
  readonly at: Date
  /** USD the whole run may cost, instead of what the suite says. */
  readonly maxCostUsd?: number | undefined
}

/** A model that is billed by somebody whose price nobody knows. */
interface Unpriced extends Named {
  readonly billing: Billing
}

/**
 * Refuses whatever of a suite depends on a price that is not known, before any call is paid for: a gate on the cost of a column that
 * ships, and a check on the cost of a reply. A provider that says nothing of who bills it tells its own cost, and is let through.
 * @returns warnings of a budget in USD that cannot be held
 * @throws HarnessError `suite`, at the gate or the check
 */
export async function checkPrices(check: PriceCheck): Promise<Warning[]> {
  const { plan, graders, costChecks, maxCostUsd } = check
  const { assay } = plan.suite
  const columns = plan.columns.filter(({ extra }) => extra === undefined)
  const limit = maxCostUsd ?? assay.budget?.usd
  if (gateOf(assay)?.cost === undefined && limit === undefined && costChecks.isEmpty) return []
  const models = columns.map(({ provider }) => ({
    spec: provider,
    provider: check.providers.get(provider.key),
  }))
  const unpriced = await unpricedOf(models, check)
  // A grader may have the key of a model, and be billed otherwise: it is in no column.
  const byKey = new Map(unpriced.map((each) => [each.spec.key, each]))
  refuseGate(plan, columns, byKey)
  refuseChecks(costChecks, byKey)
  if (limit === undefined) return []
  const all = [...unpriced, ...(await unpricedOf(graders, check))]
  return all.length === 0 ? [] : [budgetWarning(limit, all, maxCostUsd === undefined ? plan : undefined)]
}

async function unpricedOf(all: readonly Named[], { prices, at }: PriceCheck): Promise<readonly Unpriced[]> {
  const billed = all.flatMap((named) => {
    const billing = billingOfSpec(named.spec, named.provider)
    return billing === undefined ? [] : [{ ...named, billing }]
  })
  if (billed.length === 0) return []
  const book = await prices()
  // An embedding is no reply that would be paid for.
  return billed.filter(({ spec, billing }) =>
    EMBEDDING.test(spec.id)
      ? book.cost(billing, { input: 1, output: 0 }, at) === 'unknown'
      : !book.knows(billing, at),
  )
}

function refuseGate(
  { suite }: PriceCheck['plan'],
  columns: readonly Column[],
  unpriced: ReadonlyMap<string, Unpriced>,
): void {
  const gate = gateOf(suite.assay)
  if (gate?.cost === undefined) return
  const names = columns.map(({ prompt, provider }) => ({ prompt: prompt.key, provider: provider.key }))
  const missed = shipped(gate, names).filter(({ provider }) => unpriced.has(provider))
  const [first] = missed
  const model = first && unpriced.get(first.provider)
  if (first === undefined || model === undefined) return
  const { usdPerCase } = gate.cost
  const key = usdPerCase === undefined ? 'ratio' : 'usdPerCase'
  const others = missed.length === 1 ? '' : ` (and so of ${missed.length - 1} more)`
  throw priceless(`assay.gate.cost.${key}: ${columnName(first)} ships${others}, and`, model, {
    at: locateKey(gate.cost, key),
    or: 'take the limit out',
  })
}

function refuseChecks({ places }: CostChecks, unpriced: ReadonlyMap<string, Unpriced>): void {
  for (const [{ prompt, provider }, place] of places) {
    const model = unpriced.get(provider.key)
    // promptfoo's own may know a price that the table does not have.
    if (model?.provider?.billing === undefined) continue
    const column = columnName({ prompt: prompt.key, provider: provider.key })
    throw priceless(`a \`cost\` check of ${column} can never be made:`, model, {
      at: place,
      or: 'take the check out',
    })
  }
}

function priceless(
  what: string,
  { billing }: Unpriced,
  { at, or }: { readonly at: SourceLocation | undefined; readonly or: string },
): HarnessError {
  const key = billingKey(billing)
  const tier = billing.tier === undefined ? '' : ` in the tier ${billing.tier}`
  const entry = `{model: ${key}, ${billing.tier === undefined ? '' : `tier: ${billing.tier}, `}input: …, output: …}`
  return fail(
    'suite',
    `${what} no price of ${key}${tier} is known`,
    at,
    `add \`${entry}\` (USD per million tokens) to the file that \`assay.prices\` names, or ${or}`,
  )
}

/** The run would end after the first reply whose cost nobody knows. */
function budgetWarning(
  limit: number,
  unpriced: readonly Unpriced[],
  plan: PriceCheck['plan'] | undefined,
): Warning {
  const keys = [...new Set(unpriced.map(({ billing }) => billingKey(billing)))]
  const budget = plan?.suite.assay.budget
  return {
    message:
      `the budget of ${usd(limit)} cannot be held: no price of ${keys.join(', ')} is known, and the run ends after a reply that does not tell its cost; ` +
      'add it to the file that `assay.prices` names, or set a budget of tokens or calls',
    at: budget && locateKey(budget, 'usd'),
  }
}

/** Which columns have a check on the cost of a reply, and where it stands first. Shown every case of a suite. */
export class CostChecks {
  readonly places = new Map<Column, SourceLocation>()
  readonly #plan: Pick<Plan, 'suite' | 'columns'>

  constructor(plan: Pick<Plan, 'suite' | 'columns'>) {
    this.#plan = plan
  }

  get isEmpty(): boolean {
    return this.places.size === 0
  }

  add(testCase: Case): void {
    // An output that stands in the suite costs nothing.
    if (testCase.test.providerOutput) return
    const check = testCase.checks.find(({ assertion }) => asksCost(assertion))
    if (check === undefined) return
    const { suite, columns } = this.#plan
    for (const column of columnsFor(testCase, columns, suite.dir))
      if (!this.places.has(column)) this.places.set(column, check.at)
  }
}

function asksCost({ type, assert = [] }: Assertion): boolean {
  return baseType(type) === 'cost' || assert.some(asksCost)
}
