import { cpSync, globSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchContext } from './context.ts'
import { assay, assayRun, mebibytes, ROOT, seconds } from './context.ts'
import { writeEchoSuite } from './fixtures.ts'
import { measure, medianOf } from './measure.ts'

/** A verdict on what is on record: the sentiment suite's, and one of two runs of 100,000 cells. */
export async function benchGate({ table, runs, work }: BenchContext): Promise<void> {
  table.section('gate, whole process, no call')
  const small = copyOfSentiment(join(work, 'sentiment'))
  const suite = 'suites/sentiment/suite.yaml'
  await medianOf(1, () => assay(small, ['run', suite]))
  await medianOf(1, () => assay(small, ['accept', 'last', '--force', '--reason', 'measured']))
  await medianOf(1, () => assay(small, ['run', suite]))
  const bare = await medianOf(runs * 3, () => measure(['-e', '0'], ROOT))
  const gate = await medianOf(runs * 3, () => assay(small, ['gate', 'last', '--json']))
  table.row('gate on the sentiment suite', seconds(gate.wallMs), 'under 0.4 s')
  table.row('over bare Node', '', '', gate.wallMs / bare.wallMs, '×')

  const large = join(work, '100k')
  await writeEchoSuite(large, 100_000, 0, { gate: { metrics: ['pass'], margin: 0.05 } })
  await medianOf(1, () => assayRun(large, 50))
  await medianOf(1, () => assayRun(large, 50))
  const [first = ''] = globSync('runs/*/*', { cwd: large }).toSorted()
  const judged = await medianOf(runs, () => assay(large, ['gate', 'last', '--baseline', first, '--json']))
  table.row('gate on two runs of 100,000 cells', seconds(judged.wallMs), 'under 4 s')
  table.row('peak memory', mebibytes(judged), 'under 400 MB (381 MiB)')
}

function copyOfSentiment(dir: string): string {
  for (const folder of ['suites', 'assertions', 'providers', 'harness'])
    cpSync(join(ROOT, folder), join(dir, folder), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'))
  writeFileSync(join(dir, 'package.json'), '{"type": "module"}')
  return dir
}
