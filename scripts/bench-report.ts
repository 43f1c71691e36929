/**
 * `npm run bench:report`: the report's page in headless Chromium, beside promptfoo's of the same cells. Machines are shared and
 * noisy: read the ratios. `--runs N` opens each page N times (default 3), `--no-promptfoo` leaves the slow one out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchReport } from './bench/report/pages.ts'
import { BenchTable } from './bench/table.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, promptfoo: { type: 'boolean', default: true } },
  allowNegative: true,
})
const work = mkdtempSync(join(tmpdir(), 'assay-bench-'))
try {
  const table = new BenchTable((line) => console.log(line))
  await benchReport({ work, runs: Math.max(1, Number(values.runs)), promptfoo: values.promptfoo, table })
} finally {
  rmSync(work, { recursive: true })
}
