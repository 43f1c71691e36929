import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assayRun, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { measure, median, medianOf } from './measure.ts'

const CELLS = 10_000
const SCRIPT = join(import.meta.dirname, 'execute-once.ts')

/** What it costs to have every call and every trial on disk, of a run in which nothing else takes time. */
export async function benchJournal({ table, work, runs }: BenchContext): Promise<void> {
  const dir = join(work, 'journal')
  await writeEchoSuite(dir, CELLS, 0)
  const kept: number[] = []
  const lost: number[] = []
  // In turn, so that a machine that slows down slows both.
  for (let run = 0; run < runs; run++) {
    kept.push(await executeMs(dir, 'disk'))
    lost.push(await executeMs(dir, 'none'))
  }
  const [withIt, without] = [median(kept), median(lost)]
  const whole = await medianOf(runs, () => assayRun(dir, 50))
  table.section('the journal: 10,000 zero-latency cells, from the first call to the last line on disk')
  table.row('without a journal', seconds(without), '')
  table.row('with it', seconds(withIt), '', withIt / without, '×')
  const share = (withIt - without) / whole.wallMs
  table.row('difference, of the whole process', seconds(withIt - without), 'under 0.15', share)
}

async function executeMs(dir: string, journal: 'disk' | 'none'): Promise<number> {
  const { exitCode, stdout, stderr } = await measure(['--max-semi-space-size=8', SCRIPT, journal], dir)
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stderr.slice(-2000)}`)
  const { ms, finished } = JSON.parse(line) as { ms: number; finished: number }
  if (finished !== CELLS) throw new Error(`${finished} of ${CELLS} cells finished`)
  return ms
}
