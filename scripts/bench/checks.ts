import { Bench } from 'tinybench'
import type { CustomCheck } from '../../harness/model/custom-check.ts'
import type { BenchContext } from './context.ts'
import { CHECK_CASES } from './check-cases.ts'

/** Milliseconds that a check may add to a cell at the median. */
const MOST_MS = 1

/** Every check of `assertions/` that asks no model, on a reply of about 2 KB. */
export async function benchChecks({ table }: Pick<BenchContext, 'table'>): Promise<void> {
  const bench = new Bench({ time: 400 })
  for (const { name, output, context, fresh } of CHECK_CASES) {
    const { default: check } = (await import(`../../assertions/${name}.ts`)) as { default: CustomCheck }
    // As a run hands it over: a copy of the config for every reply.
    let replies = 0
    bench.add(fresh === undefined ? name : `${name}, a new context each time`, async () => {
      const given = fresh?.(replies++) ?? context
      await check(output, structuredClone(given))
    })
  }
  await bench.run()
  table.section(`checks on a reply of 2 KB (median; at most ${MOST_MS} ms)`)
  for (const { name, result } of bench.tasks) {
    const ms = 'latency' in result ? `${result.latency.p50.toFixed(3)} ms` : result.state
    table.row(name, ms, `≤ ${MOST_MS} ms`)
  }
}
