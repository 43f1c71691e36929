import { join } from 'node:path'
import { spawnSimulatedServer } from '../../providers/simulated/server/spawn.ts'
import type { BenchContext } from './context.ts'
import { measure, median } from './measure.ts'
import type { ProviderCalls } from './provider-calls.ts'

const CALLS = join(import.meta.dirname, 'provider-calls.ts')
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_EC2_METADATA_DISABLED: 'true',
}

/** Our Bedrock provider beside the bare SDK and promptfoo's, over loopback, at a server that answers at once. */
export async function benchProviders({ table, runs, promptfoo, work }: BenchContext): Promise<void> {
  table.section('a Bedrock call (ConverseStream, SigV4, loopback, no server delay)')
  await using quick = await spawnSimulatedServer({ step: { do: 'text', text: 'positive' } })
  await using slow = await spawnSimulatedServer({ step: { do: 'text', text: 'positive', ms: 1000 } })
  const all: ProviderCalls[] = []
  for (let run = 0; run < runs; run++) {
    const args = [CALLS, quick.url, slow.url, promptfoo ? 'promptfoo' : '']
    const { exitCode, stdout, stderr } = await measure(args, work, {
      ...CREDENTIALS,
      ASSAY_BENCH_CACHE: work,
    })
    if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stderr.slice(-2000)}`)
    all.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ProviderCalls)
  }
  for (const [load, name] of [
    ['alone', 'at 1'],
    ['together', 'at 50'],
  ] as const) {
    const of = (contender: string): number => median(all.map((each) => each[load][contender] ?? Number.NaN))
    const ratio = (over: string, under: string): number =>
      median(all.map((each) => (each[load][over] ?? Number.NaN) / (each[load][under] ?? Number.NaN)))
    table.row(
      `assay, ${name}`,
      `${of('assay').toFixed(3)} ms`,
      'at most 1.10 × the SDK',
      ratio('assay', 'sdk'),
      '×',
    )
    table.row(`bare SDK, ${name}`, `${of('sdk').toFixed(3)} ms`, '')
    if (!promptfoo) continue
    const target = load === 'together' ? 'at least 2 × ours' : ''
    table.row(`assay, Converse, ${name}`, `${of('converse').toFixed(3)} ms`, '')
    table.row(
      `promptfoo, Converse, ${name}`,
      `${of('promptfoo').toFixed(3)} ms`,
      target,
      ratio('promptfoo', 'converse'),
      '×',
    )
  }
  for (const [when, name] of [
    ['first', 'fresh'],
    ['later', 'kept alive'],
  ] as const) {
    const wall = median(all.map(({ atOnce }) => atOnce[when].wallMs))
    const p50 = median(all.map(({ atOnce }) => atOnce[when].p50Ms))
    table.row(`200 × 1 s at once, ${name}`, `${wall.toFixed(0)} ms`, 'at most 1,100 ms')
    table.row('  their p50, as reported', `${p50.toFixed(1)} ms`, 'within 3 % of 1,000 ms', p50 / 1000, '×')
  }
}
