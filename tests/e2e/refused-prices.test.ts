import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'
import { refuses } from './refuses.ts'

/** Says who bills it, and no cost; its calls leave a trace. */
const BILLED = `import { appendFileSync } from 'node:fs'
export default class Billed {
  constructor({ config }) { this.billing = { vendor: 'aws', model: config.model } }
  id() { return 'billed' }
  async callApi(prompt) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    return { output: prompt, tokenUsage: { prompt: 8, completion: 2 } }
  }
}
`

const suite = (assay: string, assert = '{type: contains, value: w}', model = 'nobody.knows-v1:0'): string =>
  `prompts: [{label: p, raw: 'Say {{word}}'}]
providers:
  - {id: file://billed.mjs, label: m, config: {model: '${model}'}}
assay:
  ${assay}
tests:
  - {vars: {word: w}, assert: [${assert}]}
`
const files = { 'billed.mjs': BILLED }
const hint = 'add `{model: aws/nobody.knows-v1:0, input: …, output: …}` (USD per million tokens) to the file'

describe('a price that is not known', () => {
  const gate = suite('gate: {cost: {usdPerCase: 0.01}}')
  const error =
    'suite.yaml:5:17: assay.gate.cost.usdPerCase: p × m ships, and no price of aws/nobody.knows-v1:0 is known'
  refuses([
    { what: 'a limit on the cost of a case: run', suite: gate, files, error, hint },
    { what: 'the same: plan', suite: gate, files, args: ['plan', 'suite.yaml'], error, hint },
    { what: 'the same: validate', suite: gate, files, args: ['validate', 'suite.yaml'], error, hint },
    {
      what: 'a limit on the cost as a multiple of the baseline’s',
      suite: suite('gate: {cost: {ratio: 1.1}}'),
      files,
      args: ['validate', 'suite.yaml'],
      error:
        'suite.yaml:5:17: assay.gate.cost.ratio: p × m ships, and no price of aws/nobody.knows-v1:0 is known',
      hint,
    },
    {
      what: 'a check on the cost of a reply',
      suite: suite('repeat: 1', '{type: cost, threshold: 1}'),
      files,
      args: ['validate', 'suite.yaml'],
      error:
        'suite.yaml:7:32: a `cost` check of p × m can never be made: no price of aws/nobody.knows-v1:0 is known',
      hint,
    },
  ])

  it('is warned of where a budget in USD depends on it, before the first call', async () => {
    const project = new Project({ ...files, 'suite.yaml': suite('budget: {usd: 5}') })
    const { stderr, code } = await project.assay(['validate', 'suite.yaml'])
    expect(code).toBe(0)
    expect(stderr).toContain(
      'warning: suite.yaml:5:12: the budget of $5 cannot be held: no price of aws/nobody.knows-v1:0 is known',
    )
    project.write('suite.yaml', suite('cache: false'))
    const ran = await project.assay(['run', 'suite.yaml', '--max-cost', '2'])
    expect(ran.stderr).toContain('warning: the budget of $2 cannot be held')
  })

  it('stops nothing where nothing depends on it, and is shown as unknown', async () => {
    const project = new Project({ ...files, 'suite.yaml': suite('cache: false') })
    const { stdout, code } = await project.assay(['run', 'suite.yaml', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      spentUsd: 'unknown',
      columns: [{ costUsd: 'unknown', costPer1000Usd: 'unknown' }],
    })
  })

  it('is known once `assay.prices` has it', async () => {
    const priced = suite('gate: {cost: {usdPerCase: 0.01}}, prices: prices.yaml').replace(
      'gate: {cost: {usdPerCase: 0.01}}, prices',
      'gate: {cost: {usdPerCase: 0.01}}\n  prices',
    )
    const prices = 'v: 1\nprices: [{model: aws/nobody.knows-v1:0, input: 1, output: 2}]\n'
    const project = new Project({ ...files, 'suite.yaml': priced, 'prices.yaml': prices })
    const { stdout, stderr, code } = await project.assay(['run', 'suite.yaml', '--json'])
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('price') as string])
    expect(JSON.parse(stdout)).toMatchObject({
      spentUsd: expect.closeTo(12 / 1e6, 15) as number,
      gates: [{ name: 'cost per case', result: 'pass' }],
    })
  })
})
