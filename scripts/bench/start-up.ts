import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assayRun } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { medianOf } from './measure.ts'

/** Milliseconds of a whole run of one cell that is answered at once: what every run pays. */
export async function startUpMs({ work, runs }: BenchContext): Promise<number> {
  const dir = join(work, 'one')
  await writeEchoSuite(dir, 1, 0)
  return (await medianOf(runs, () => assayRun(dir, 1))).wallMs
}
