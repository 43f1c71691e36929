import { hidesRetries, loadProviders } from '../harness/execute/load-providers.ts'
import type { Plan, Selection } from '../harness/model/plan.ts'
import type { Provider } from '../harness/model/provider.ts'
import { makePlan } from '../harness/plan/make-plan.ts'
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
  const { env, cwd } = world
  const suite = await readSuite(file, { env, cwd, allowOutside, builtin: Object.keys(world.builtin) })
  const plan = await makePlan(suite, selection)
  const own = plan.columns.filter(({ provider }) => !hidesRetries(provider))
  const providers = await loadProviders({ ...plan, columns: own }, world)
  const verifier = await openVerifier(suite, world)
  try {
    for await (const testCase of suite.cases()) await verifier.prepare(testCase)
  } finally {
    await verifier.close()
  }
  return { plan, providers }
}
