import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assay, assayRun, ROOT, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { measure, medianOf } from './measure.ts'

/** Commands that call no model. */
export async function benchCommands({ table, runs, work }: BenchContext): Promise<void> {
  table.section('commands')
  const bare = await medianOf(runs * 3, () => measure(['-e', '0'], ROOT))
  await assay(ROOT, ['--help'])
  const help = await medianOf(runs * 3, () => assay(ROOT, ['--help']))
  table.row('assay --help over bare Node', `${(help.wallMs - bare.wallMs).toFixed(0)} ms`, 'at most 60 ms')
  const plan = await medianOf(runs, () => assay(ROOT, ['plan', 'suites/sentiment/suite.yaml']))
  table.row('plan of the sentiment suite', seconds(plan.wallMs), 'under 0.5 s')
  const dir = join(work, 'verified')
  await writeEchoSuite(dir, 10_000, 0)
  await medianOf(1, () => assayRun(dir, 50))
  const verify = await medianOf(runs, () => assay(dir, ['verify', 'last']))
  table.row('verify of 10,000 stored replies', seconds(verify.wallMs), 'under 5 s')
}
