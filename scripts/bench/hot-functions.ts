import { Bench } from 'tinybench'
import { createAnalyzer } from '../../harness/analyze/analyzer.ts'
import { openPrices } from '../../harness/pricing/open-prices.ts'
import { makeRedactor } from '../../harness/record/redact.ts'
import { comparePaired } from '../../harness/stats/paired.ts'
import { makeRandom } from '../../harness/stats/random.ts'
import { signFlip } from '../../harness/stats/sign-flip.ts'
import { wilson } from '../../harness/stats/wilson.ts'
import { positive, probability } from '../../harness/stats/probability.ts'
import { createTemplates } from '../../harness/suite/templates.ts'
import type { Trial } from '../../harness/model/trial.ts'
import type { BenchContext } from './context.ts'

const TRIAL: Trial = {
  v: 1,
  kind: 'trial',
  cell: {
    id: '0123456789abcdef0123456789abcdef',
    caseId: 'case-1',
    prompt: 'few-shot',
    provider: 'flash',
    repeat: 0,
    vars: { email: 'Dear team, '.repeat(40), label: 'neutral' },
    source: { file: 'suites/sentiment/emails.csv', line: 12 },
  },
  outcome: 'passed',
  score: 1,
  namedScores: { accuracy: 1, format: 1 },
  output: 'neutral',
  request: { prompt: 'Classify: '.repeat(60) },
  response: { finishReason: 'stop' },
  checks: [{ type: 'equals', metric: 'accuracy', pass: true, score: 1, reason: 'Assertion passed' }],
  checksHash: '0123456789abcdef',
  latencyMs: 120,
  ttftMs: 40,
  costUsd: 0.0001,
  usage: { input: 500, output: 2 },
  attempts: [
    { reply: {}, timing: { queuedMs: 0, backoffMs: 0, latencyMs: 120, trusted: true }, costUsd: 0.0001 },
  ],
}

/** Of the most classes of tokens that a call has. */
const BILLED = {
  billing: { vendor: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' },
  usage: { input: 1_234, output: 567, cacheRead: 89, cacheWrite: 1_010, cacheWrite1h: 11 },
  at: new Date('2026-11-26T12:00:00Z'),
}

/** What runs once or more per cell, in microseconds. */
export async function benchHotFunctions({ table }: Pick<BenchContext, 'table'>): Promise<void> {
  const redact = makeRedactor({ env: { API_KEY: 'not-a-real-key-123456' } })
  const line = JSON.stringify(TRIAL)
  const templates = createTemplates({ env: {} })
  const analyzer = createAnalyzer({
    runId: 'r',
    columns: [{ prompt: 'few-shot', provider: 'flash' }],
    planned: 1,
  })
  const prices = await openPrices()
  const [base, candidate] = [passRates(1), passRates(2)]
  const differences = base.map((rate, i) => (candidate[i] as number) - rate)
  const bench = new Bench({ time: 300 })
    .add('serialise a journal line', () => JSON.stringify(TRIAL))
    .add(`redact a line of ${line.length} characters`, () => redact(line))
    .add('render a prompt', () => templates.render('Say {{word}} number {{n}}', { word: 'x', n: 1 }))
    .add('add a trial to the analysis', () => analyzer.add(TRIAL))
    .add('price a call', () => prices.cost(BILLED.billing, BILLED.usage, BILLED.at))
    .add('a Wilson interval', () => wilson(probability(0.8), positive(100)))
    .add('sign-flip test of 200 cases × 5', () => signFlip(differences))
    .add('paired comparison of 200 cases × 5', () =>
      comparePaired({ base, candidate, k: 5, binary: true, alpha: 0.05, margin: 0.05 }),
    )
  await bench.run()
  table.section('hot functions (median)')
  for (const { name, result } of bench.tasks) {
    const micros = 'latency' in result ? `${(result.latency.p50 * 1000).toFixed(2)} µs` : result.state
    table.row(name, micros, '')
  }
}

/** Pass rates of 200 cases over 5 repeats at 80%. */
function passRates(seed: number): Float64Array {
  const random = makeRandom(seed)
  const repeats = [1, 2, 3, 4, 5]
  return Float64Array.from(
    { length: 200 },
    () => repeats.filter(() => random() < 0.8).length / repeats.length,
  )
}
