import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Analysis } from '../../harness/model/analysis.ts'
import { probability } from '../../harness/stats/probability.ts'
import { quantile, sortedSample } from '../../harness/stats/quantile.ts'
import { startServer } from '../../tests/faults/start-server.ts'
import { faultSuite, wordsOf } from '../../tests/faults/suite.ts'
import type { BenchContext } from './context.ts'
import { assay } from './context.ts'

const LOADS = [
  { cells: 40, concurrency: 1 },
  { cells: 800, concurrency: 50 },
  { cells: 3200, concurrency: 200 },
]
const SHARES = { p50: probability(0.5), p95: probability(0.95) }

/** The latency a run reports, over what a server in another process measured of the same calls. */
export async function benchLatency({ table, work }: BenchContext): Promise<void> {
  table.section('reported latency, over what the server measured (about 400 ms, log-normal)')
  for (const { cells, concurrency } of LOADS) {
    await using server = await startServer({
      accounts: { timed: { latency: { medianMs: 400, sigma: 0.3 } } },
    })
    const dir = join(work, `latency-${concurrency}`)
    mkdirSync(dir)
    const files = faultSuite({ providers: [{ account: 'timed' }], words: wordsOf(cells), assay: {} })
    for (const [name, content] of Object.entries({ 'package.json': '{}', ...files })) {
      writeFileSync(join(dir, name), content)
    }
    const args = ['run', 'suite.yaml', '--no-cache', '--concurrency', String(concurrency), '--out', 'run']
    const { exitCode, stderr } = await assay(dir, args, server.env)
    if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stderr.slice(-2000)}`)
    const measured = sortedSample((await server.log()).map(({ tookMs }) => tookMs ?? Number.NaN))
    if (measured === null) throw new Error('the server was not called')
    const { columns } = JSON.parse(readFileSync(join(dir, 'run/analysis.json'), 'utf8')) as Analysis
    for (const name of ['p50', 'p95'] as const) {
      const reported = columns[0]?.latencyMs[name] ?? Number.NaN
      const ratio = reported / quantile(measured, SHARES[name])
      table.row(
        `${name} at concurrency ${concurrency}`,
        `${reported.toFixed(1)} ms`,
        'within 3 %',
        ratio,
        '×',
      )
    }
  }
}
