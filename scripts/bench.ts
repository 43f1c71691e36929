/**
 * `npm run bench`: whole processes, assay beside promptfoo in the same run, then hot functions. Machines are shared and
 * noisy: read the ratios. `--only GROUP` (repeatable) selects groups, `--runs N` counts each figure N times (default 3),
 * `--no-promptfoo` leaves the slow one out.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchChecks } from './bench/checks.ts'
import { benchCommands } from './bench/commands.ts'
import type { BenchContext } from './bench/context.ts'
import { benchGate } from './bench/gate.ts'
import { benchHotFunctions } from './bench/hot-functions.ts'
import { benchJournal } from './bench/journal.ts'
import { benchLatency } from './bench/latency.ts'
import { benchProviders } from './bench/providers.ts'
import { benchRates } from './bench/rates.ts'
import { benchReplay } from './bench/replay.ts'
import { benchStorm } from './bench/storm.ts'
import { BenchTable } from './bench/table.ts'
import { benchThroughput } from './bench/throughput.ts'
import { benchWholeRuns } from './bench/whole-runs.ts'

const GROUPS: Readonly<Record<string, readonly ((context: BenchContext) => Promise<void>)[]>> = {
  whole: [benchWholeRuns],
  commands: [benchCommands],
  gate: [benchGate],
  engine: [benchThroughput, benchStorm],
  record: [benchJournal, benchReplay],
  latency: [benchLatency],
  providers: [benchProviders],
  rates: [benchRates],
  checks: [benchChecks],
  functions: [benchHotFunctions],
}
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(GROUPS) },
    runs: { type: 'string', default: '3' },
    promptfoo: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const work = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const table = new BenchTable((line) => console.log(line))
try {
  for (const name of values.only) await runGroup(name)
} finally {
  rmSync(work, { recursive: true })
}

async function runGroup(name: string): Promise<void> {
  const group = GROUPS[name]
  if (group === undefined) {
    throw new Error(`--only ${name}: expected one of ${Object.keys(GROUPS).join(', ')}`)
  }
  const dir = join(work, name)
  mkdirSync(dir)
  const runs = Math.max(1, Number(values.runs))
  for (const bench of group) await bench({ work: dir, runs, promptfoo: values.promptfoo, table })
}
