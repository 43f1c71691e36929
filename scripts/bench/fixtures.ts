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

/** Writes a suite of `cells` cells whose provider answers after `delayMs`, with two deterministic assertions. */
export async function writeEchoSuite(dir: string, cells: number, delayMs: number): Promise<string> {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{}')
  writeFileSync(join(dir, 'provider.mjs'), PROVIDER)
  const csv = createWriteStream(join(dir, 'cases.csv'))
  csv.write('n,word\n')
  for (let n = 0; n < cells; n++) csv.write(`${n},word${n % 97}\n`)
  csv.end()
  await finished(csv)
  const suite = join(dir, 'suite.yaml')
  writeFileSync(
    suite,
    `prompts: ['Say {{word}} number {{n}}']
providers: [{id: file://provider.mjs, label: echo, config: {delayMs: ${delayMs}}}]
defaultTest:
  assert:
    - {type: contains, value: '{{word}}'}
    - {type: starts-with, value: Say}
tests: file://cases.csv
`,
  )
  return suite
}
