import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

const PROVIDER = `
export default class Echo {
  constructor(options) { this.delayMs = options.config?.delayMs ?? 0 }
  id() { return 'echo' }
  async callApi(prompt) {
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs))
    return { output: prompt, tokenUsage: { total: 10, prompt: 5, completion: 5 } }
  }
}
`

/**
 * Answers at once, but for three first tries of ten: which ones the seed says. On its way out it leaves `counts.json`: calls, and
 * prompts that were answered more than once.
 */
const STORMY_PROVIDER = `
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'

// Half of them ask to slow down: retries of the others are held to a fifth of the calls.
const KINDS = ['throttled', 'timeout', 'throttled', 'unavailable']
const tried = new Set()
const answered = new Set()
const counts = { calls: 0, answered: 0, twice: 0 }

export default class Stormy {
  constructor(options) { this.seed = options.config.seed }
  id() { return 'stormy' }
  async callApi(prompt) {
    counts.calls++
    const draw = Number.parseInt(hash('sha256', this.seed + prompt).slice(0, 8), 16) / 2 ** 32
    if (draw < 0.3 && !tried.has(prompt)) {
      tried.add(prompt)
      const kind = KINDS[Math.floor((draw / 0.3) * KINDS.length)]
      return { error: kind, metadata: { failure: { kind, retryAfterMs: 0 } } }
    }
    if (answered.has(prompt)) counts.twice++
    answered.add(prompt)
    counts.answered = answered.size
    return { output: prompt, tokenUsage: { total: 10, prompt: 5, completion: 5 } }
  }
  cleanup() { writeFileSync('counts.json', JSON.stringify(counts)) }
}
`

/** What the provider of a stormy suite counted. */
export interface StormCounts {
  readonly calls: number
  readonly answered: number
  readonly twice: number
}

/** Writes a suite of `cells` cells whose provider answers after `delayMs`, with two deterministic assertions. */
export async function writeEchoSuite(
  dir: string,
  cells: number,
  delayMs: number,
  assay: object = {},
): Promise<string> {
  return writeSuite(dir, cells, { provider: PROVIDER, config: { delayMs }, assay })
}

/** The same, whose provider fails three first tries of ten in ways that may be tried again. */
export async function writeStormySuite(dir: string, cells: number, seed: number): Promise<string> {
  const assay = { retry: { baseMs: 1, maxMs: 5 }, cache: false }
  return writeSuite(dir, cells, { provider: STORMY_PROVIDER, config: { seed }, assay })
}

interface SuiteParts {
  readonly provider: string
  readonly config: object
  readonly assay?: object
}

async function writeSuite(
  dir: string,
  cells: number,
  { provider, config, assay = {} }: SuiteParts,
): Promise<string> {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{}')
  writeFileSync(join(dir, 'provider.mjs'), provider)
  const csv = createWriteStream(join(dir, 'cases.csv'))
  csv.write('n,word\n')
  for (let n = 0; n < cells; n++) csv.write(`${n},word${n % 97}\n`)
  csv.end()
  await finished(csv)
  const suite = join(dir, 'suite.yaml')
  writeFileSync(
    suite,
    `prompts: ['Say {{word}} number {{n}}']
providers: [{id: file://provider.mjs, label: echo, config: ${JSON.stringify(config)}}]
defaultTest:
  assert:
    - {type: contains, value: '{{word}}'}
    - {type: starts-with, value: Say}
tests: file://cases.csv
assay: ${JSON.stringify(assay)}
`,
  )
  return suite
}
