/**
 * `node execute-once.ts none|disk` in a suite's folder: executes its plan in this process and prints how many milliseconds
 * that took. With `none` the journal keeps nothing, so that the difference is what it costs to lose nothing.
 */
import { join } from 'node:path'
import { execute } from '../../harness/execute/execute.ts'
import { loadGrader, loadProviders } from '../../harness/execute/load-providers.ts'
import { makePlan } from '../../harness/plan/make-plan.ts'
import { openJournal } from '../../harness/record/journal.ts'
import { makeRedactor } from '../../harness/record/redact.ts'
import { readSuite } from '../../harness/suite/read.ts'
import { openVerifier } from '../../harness/verify/open-verifier.ts'
import { realWorld } from '../world.ts'

const cwd = process.cwd()
const { env } = process
const world = realWorld({ env, cwd })
const suite = await readSuite('suite.yaml', { env, cwd, allowOutside: false })
const plan = await makePlan(suite, {})
const verifier = await openVerifier(suite, {
  cacheDir: world.cacheDir,
  env,
  loadGrader: loadGrader(suite, world),
})
const providers = await loadProviders(plan, world)
for await (const testCase of suite.cases()) await verifier.prepare(testCase)
await verifier.warmUp()
const journal =
  process.argv[2] === 'none'
    ? { write: () => Promise.resolve(), close: () => Promise.resolve() }
    : await openJournal(join(cwd, `${process.pid}.jsonl`), { redact: makeRedactor({ env }) })

const started = performance.now()
const { finished } = await execute(plan, {
  cwd,
  providers,
  verifier,
  journal,
  clock: world.clock,
  concurrency: 50,
})
await journal.close()
console.log(JSON.stringify({ ms: performance.now() - started, finished }))
await verifier.close()
