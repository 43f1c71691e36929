import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assay, mebibytes, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { medianOf } from './measure.ts'

/** A cassette of 10,000 replies: recorded once, replayed. */
export async function benchReplay({ table, work, runs }: BenchContext): Promise<void> {
  const dir = join(work, 'recorded')
  await writeEchoSuite(dir, 10_000, 0)
  const recording = await medianOf(1, () =>
    assay(dir, ['run', 'suite.yaml', '--record', '--no-cache', '--concurrency', '50']),
  )
  const replay = await medianOf(runs, () => assay(dir, ['run', 'suite.yaml', '--replay']))
  table.section('10,000 recorded cells, whole process')
  table.row('--record', seconds(recording.wallMs), '')
  table.row('--replay', seconds(replay.wallMs), 'under 2.5 s')
  table.row('--replay, peak memory', mebibytes(replay), '')
}
