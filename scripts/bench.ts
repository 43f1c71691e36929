/**
 * `npm run bench`: whole processes, assay beside promptfoo in the same run, then hot functions. Machines are shared and
 * noisy: read the ratios. `--runs N` counts each figure N times (default 3), `--no-promptfoo` leaves the slow one out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeEchoSuite } from './bench/fixtures.ts'
import { benchHotFunctions } from './bench/hot-functions.ts'
import type { Measured } from './bench/measure.ts'
import { measure, medianOf } from './bench/measure.ts'
import { BenchTable } from './bench/table.ts'

const ROOT = join(import.meta.dirname, '..')
const ASSAY = join(ROOT, 'bin/assay.mjs')
const PROMPTFOO = join(ROOT, 'node_modules/promptfoo/dist/src/entrypoint.js')
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, promptfoo: { type: 'boolean', default: true } },
  allowNegative: true,
})
const runs = Math.max(1, Number(values.runs))
const work = mkdtempSync(join(tmpdir(), 'assay-bench-'))
let tenThousandMiB = 0
const table = new BenchTable((line) => console.log(line))

try {
  await benchTenThousand()
  await benchHundredThousand()
  await benchCommands()
  await benchConcurrency()
  await benchHotFunctions((line) => console.log(line))
} finally {
  rmSync(work, { recursive: true })
}

async function benchTenThousand(): Promise<void> {
  const dir = join(work, '10k')
  await writeEchoSuite(dir, 10_000, 0)
  const own = await medianOf(runs, () => assay(dir, 'run', 'suite.yaml', '--concurrency', '50'))
  tenThousandMiB = own.peakMiB
  table.section('10,000 cells, zero latency, two deterministic assertions, whole process')
  if (!values.promptfoo) {
    table.row('assay, wall', seconds(own), '')
    table.row('assay, peak memory', mebibytes(own), '')
    return
  }
  const theirs = await medianOf(1, () => promptfoo(dir, 50))
  table.row('promptfoo, wall', seconds(theirs), '')
  table.row('assay, wall', seconds(own), 'at least 10 × faster', theirs.wallMs / own.wallMs, '×')
  table.row('promptfoo, peak memory', mebibytes(theirs), '')
  table.row('assay, peak memory', mebibytes(own), 'at most 0.33 of it', own.peakMiB / theirs.peakMiB, '')
}

async function benchHundredThousand(): Promise<void> {
  const dir = join(work, '100k')
  await writeEchoSuite(dir, 100_000, 0)
  const own = await medianOf(1, () => assay(dir, 'run', 'suite.yaml', '--concurrency', '50'))
  table.section('100,000 cells, the same')
  table.row(
    'assay, wall',
    seconds(own),
    `${Math.round(100_000 / (own.wallMs / 1000)).toLocaleString('en-US')} cells/s`,
  )
  table.row(
    'assay, peak memory',
    mebibytes(own),
    'at most 1.3 × that of 10,000',
    own.peakMiB / tenThousandMiB,
    '×',
  )
}

async function benchCommands(): Promise<void> {
  table.section('commands')
  const bare = await medianOf(runs * 3, () => measure(['-e', '0'], ROOT))
  await assay(ROOT, '--help')
  const help = await medianOf(runs * 3, () => assay(ROOT, '--help'))
  table.row('assay --help over bare Node', `${(help.wallMs - bare.wallMs).toFixed(0)} ms`, 'at most 60 ms')
  const plan = await medianOf(runs, () => assay(ROOT, 'plan', 'suites/sentiment/suite.yaml'))
  table.row('plan of the sentiment suite', seconds(plan), 'under 0.5 s')
  const verify = await medianOf(runs, () => assay(join(work, '10k'), 'verify', 'last'))
  table.row('verify of 10,000 stored replies', seconds(verify), 'under 5 s')
}

async function benchConcurrency(): Promise<void> {
  const dir = join(work, 'slow')
  await writeEchoSuite(dir, 2_000, 100)
  const one = await medianOf(runs, () => assay(dir, 'run', 'suite.yaml', '--sample', '1'))
  const all = await medianOf(runs, () => assay(dir, 'run', 'suite.yaml', '--concurrency', '50'))
  const startUpMs = one.wallMs - 100
  table.section('2,000 cells × 100 ms at concurrency 50: ideal 4.0 s')
  table.row('start-up', `${(startUpMs / 1000).toFixed(2)} s`, '')
  table.row(
    'past start-up',
    `${((all.wallMs - startUpMs) / 1000).toFixed(2)} s`,
    'at most 1.05 × 4.0 s',
    (all.wallMs - startUpMs) / 4000,
    '×',
  )
  if (!values.promptfoo) return
  const theirs = await medianOf(1, () => promptfoo(dir, 50))
  table.row('promptfoo, whole process', seconds(theirs), '')
}

function assay(cwd: string, ...args: readonly string[]): Promise<Measured> {
  // As the first line of bin/assay.mjs has it.
  return measure(['--max-semi-space-size=8', ASSAY, ...args], cwd)
}

function promptfoo(cwd: string, concurrency: number): Promise<Measured> {
  const quiet = ['--no-progress-bar', '--no-table', '--no-cache']
  return measure(
    [
      `--env-file=${join(ROOT, 'scripts/promptfoo.env')}`,
      PROMPTFOO,
      'eval',
      '-c',
      'suite.yaml',
      '-j',
      String(concurrency),
      ...quiet,
    ],
    cwd,
  )
}

function seconds({ wallMs }: Measured): string {
  return `${(wallMs / 1000).toFixed(2)} s`
}

function mebibytes({ peakMiB }: Measured): string {
  return `${peakMiB.toFixed(0)} MiB`
}
