import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assayRun, promptfoo, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { medianOf } from './measure.ts'
import { startUpMs } from './start-up.ts'

const LATENCY_MS = 100
const LOADS = [
  { cells: 2000, concurrency: 50, atMost: 1.03 },
  { cells: 4000, concurrency: 200, atMost: 1.1 },
]

/** How much longer than the limits allow a run takes, start-up apart. */
export async function benchThroughput(context: BenchContext): Promise<void> {
  const { table, work, runs } = context
  const startUp = await startUpMs(context)
  table.section('calls of 100 ms, past start-up, over the least the concurrency allows')
  table.row('start-up', seconds(startUp), '')
  for (const { cells, concurrency, atMost } of LOADS) {
    const dir = join(work, `${concurrency}-at-once`)
    await writeEchoSuite(dir, cells, LATENCY_MS)
    const { wallMs } = await medianOf(runs, () => assayRun(dir, concurrency))
    const idealMs = (cells / concurrency) * LATENCY_MS
    const pastMs = wallMs - startUp
    const name = `${cells.toLocaleString('en-US')} cells at ${concurrency}`
    const ideal = `at most ${atMost.toFixed(2)} × ${(idealMs / 1000).toFixed(1)} s`
    table.row(name, seconds(pastMs), ideal, pastMs / idealMs, '×')
    if (!context.promptfoo) continue
    const theirs = await medianOf(1, () => promptfoo(dir, concurrency))
    table.row('  promptfoo, whole process', seconds(theirs.wallMs), '', theirs.wallMs / idealMs, '×')
  }
}
