import { Graders, recordedGrader } from '../harness/execute/graders.ts'
import { hidesRetries, loadGrader, loadProviders } from '../harness/execute/load-providers.ts'
import { type Asked, gradersOf, oddities, providersOf } from '../harness/execute/make-ready.ts'
import { checkPrices, CostChecks } from '../harness/gate/unpriced.ts'
import type { Plan, Selection } from '../harness/model/plan.ts'
import type { Provider } from '../harness/model/provider.ts'
import type { Warning } from '../harness/model/suite.ts'
import { makePlan } from '../harness/plan/make-plan.ts'
import { openPrices } from '../harness/pricing/open-prices.ts'
import { readSuite } from '../harness/suite/read.ts'
import { openVerifier } from '../harness/verify/open-verifier.ts'
import type { World } from '../harness/world.ts'

interface InspectOptions {
  readonly allowOutside: boolean
  readonly selection?: Selection
}

/** What was found of a valid suite. */
export interface Inspected {
  readonly plan: Plan
  /** The providers that could be loaded without promptfoo, by key. */
  readonly providers: ReadonlyMap<string, Provider>
  /** These and the graders that could be loaded so. */
  readonly asked: readonly Asked[]
  /** Of the suite, of the plan, and of the providers. */
  readonly warnings: readonly Warning[]
}

/**
 * Everything that can be found wrong with a suite without a call and without promptfoo, whose own providers are known by
 * their ids: importing it takes over a second.
 * @throws HarnessError for the first mistake
 */
export async function inspectSuite(
  file: string,
  { allowOutside, selection }: InspectOptions,
  world: World,
): Promise<Inspected> {
  const { env, cwd, conceal } = world
  const suite = await readSuite(file, { env, cwd, allowOutside, builtin: world.builtin, conceal })
  const plan = await makePlan(suite, selection)
  const own = plan.columns.filter(({ provider }) => !hidesRetries(provider))
  const providers = await loadProviders({ ...plan, columns: own }, world)
  const load = loadGrader(suite, world)
  const graders = new Graders((spec) => (hidesRetries(spec) ? recordedGrader(spec) : load(spec)))
  const verifier = await openVerifier(suite, { ...world, loadGrader: graders.load })
  const costChecks = new CostChecks(plan)
  try {
    for await (const testCase of suite.cases()) {
      await verifier.prepare(testCase)
      costChecks.add(testCase)
    }
    await verifier.loadGraders()
  } finally {
    await verifier.close()
  }
  const asked = [...providersOf(plan, providers), ...gradersOf(graders.loaded)]
  const unheld = await checkPrices({
    plan,
    providers,
    graders: gradersOf(graders.loaded),
    costChecks,
    prices: () => openPrices(suite.prices),
    at: world.clock.wallClock(),
  })
  const warnings = [...suite.warnings, ...plan.warnings, ...oddities(asked), ...unheld]
  return { plan, providers, asked, warnings }
}
