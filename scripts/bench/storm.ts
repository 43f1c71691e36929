import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assay, mebibytes, rate, seconds } from './context.ts'
import type { StormCounts } from './fixtures.ts'
import { writeStormySuite } from './fixtures.ts'
import { medianOf } from './measure.ts'

const CELLS = 100_000

/** 100,000 cells of which three in ten fail at first: what is lost, what is asked twice, what it takes. */
export async function benchStorm({ table, work }: BenchContext): Promise<void> {
  const dir = join(work, 'storm')
  await writeStormySuite(dir, CELLS, 1)
  const run = await medianOf(1, () => assay(dir, ['run', 'suite.yaml', '--concurrency', '50', '--json']))
  const { cells } = JSON.parse(run.stdout) as { cells: { passed: number } }
  const counts = JSON.parse(readFileSync(join(dir, 'counts.json'), 'utf8')) as StormCounts
  table.section('100,000 zero-latency cells, 30 % of which fail at first')
  table.row('lost', String(CELLS - cells.passed), '0')
  table.row('answered more than once', String(counts.twice), '0')
  table.row('calls', counts.calls.toLocaleString('en-US'), 'over the cells', counts.calls / CELLS, '×')
  table.row('wall', seconds(run.wallMs), rate(CELLS, run.wallMs))
  table.row('peak memory', mebibytes(run), '')
}
