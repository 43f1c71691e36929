import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assayRun, mebibytes, promptfoo, rate, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { medianOf } from './measure.ts'
import { startUpMs } from './start-up.ts'

/** Zero-latency runs: what assay itself costs, beside promptfoo, and how it grows. */
export async function benchWholeRuns(context: BenchContext): Promise<void> {
  const { table, work, runs } = context
  const dir = join(work, '10k')
  await writeEchoSuite(dir, 10_000, 0)
  const own = await medianOf(runs, () => assayRun(dir, 50))
  table.section('10,000 cells, zero latency, two deterministic assertions, whole process')
  if (context.promptfoo) {
    const theirs = await medianOf(1, () => promptfoo(dir, 50))
    table.row('promptfoo, wall', seconds(theirs.wallMs), '')
    table.row('assay, wall', seconds(own.wallMs), 'at least 10 × faster', theirs.wallMs / own.wallMs, '×')
    table.row('promptfoo, peak memory', mebibytes(theirs), '')
    table.row('assay, peak memory', mebibytes(own), 'at most 0.33 of it', own.peakMiB / theirs.peakMiB, '')
  } else {
    table.row('assay, wall', seconds(own.wallMs), '')
    table.row('assay, peak memory', mebibytes(own), '')
  }

  const large = join(work, '100k')
  await writeEchoSuite(large, 100_000, 0)
  const startUp = await startUpMs(context)
  const all = await medianOf(1, () => assayRun(large, 50))
  const pastMs = all.wallMs - startUp
  table.section('100,000 cells, the same')
  table.row('assay, past start-up', seconds(pastMs), `${rate(100_000, pastMs)}, at least 8,000`)
  table.row('assay, peak memory', mebibytes(all), 'under 350 MB (334 MiB)')
  table.row('over that of 10,000', '', 'at most 1.3 ×', all.peakMiB / own.peakMiB, '×')
}
