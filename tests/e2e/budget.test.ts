import { describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'
import type { Ended } from './cli.ts'
import { Project } from './cli.ts'

/** Costs a cent a call, and tells so unless the config says otherwise. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Paid {
  constructor({ config }) { this.config = config }
  id() { return 'paid' }
  async callApi(prompt) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    await new Promise((resolve) => setTimeout(resolve, 2))
    const cost = this.config.silent ? undefined : 0.01
    return { output: prompt, cost, tokenUsage: { prompt: 8, completion: 2 } }
  }
}
`

function projectOf(assay: string, config = '{}', more = ''): Project {
  const tests = Array.from(
    { length: 40 },
    (_, i) => `  - {vars: {word: w${i}}, assert: [{type: contains, value: w}]}`,
  )
  return new Project({
    'provider.mjs': PROVIDER,
    'suite.yaml': `prompts: ['Say {{word}}']
providers: [{id: file://provider.mjs, config: ${config}}]
assay: ${assay}
${more}tests:
${tests.join('\n')}
`,
  })
}

function summaryOf({ stdout, stderr }: Ended): Summary {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Summary
}

describe('a run under a budget', () => {
  it('ends before it has cost more, keeps what is done, and is incomplete', async () => {
    const project = projectOf('{cache: false, budget: {usd: 0.105}}')
    const ended = await project.assay(['run', 'suite.yaml', '--json'])
    const summary = summaryOf(ended)
    expect(ended.code).toBe(3)
    expect(summary.spentUsd).toBeLessThanOrEqual(0.105)
    expect(project.calls).toHaveLength(10)
    expect(summary.cells).toMatchObject({ planned: 40, finished: 10, passed: 10, errored: 0, absent: 30 })
    expect(project.manifest().incomplete).toMatchObject([{ cause: 'budget', cells: 30 }])
    expect(ended.stderr).toContain('the budget of $0.105 is used up: $0.1 spent')
  })

  it('is resumed with a larger one, and pays for nothing twice', async () => {
    const project = projectOf('{cache: false, budget: {calls: 12}}')
    expect((await project.assay(['run', 'suite.yaml'])).code).toBe(3)
    expect(project.calls).toHaveLength(12)
    project.write('suite.yaml', project.read('suite.yaml').replace('calls: 12', 'calls: 40'))
    const resumed = await project.assay(['resume', 'last', '--json'])
    expect(resumed.code).toBe(0)
    expect(summaryOf(resumed).cells).toMatchObject({ finished: 40, passed: 40, absent: 0 })
    expect(new Set(project.calls).size).toBe(40)
    expect(project.calls).toHaveLength(40)
  })

  it('has in it what it spent before it was resumed', async () => {
    const project = projectOf('{cache: false, budget: {usd: 0.105}}')
    await project.assay(['run', 'suite.yaml'])
    expect((await project.assay(['resume', 'last'])).code).toBe(3)
    expect(project.calls).toHaveLength(10)
    const further = summaryOf(await project.assay(['resume', 'last', '--max-cost', '0.205', '--json']))
    expect(project.calls).toHaveLength(20)
    expect(further.spentUsd).toBeCloseTo(0.2, 9)
  })

  it('takes --max-cost in place of what the suite says', async () => {
    const project = projectOf('{cache: false, budget: {usd: 5}}')
    const ended = await project.assay(['run', 'suite.yaml', '--max-cost', '0.055', '--json'])
    expect(ended.code).toBe(3)
    expect(project.calls).toHaveLength(5)
  })

  it('that is not reached is as any other', async () => {
    const ended = await projectOf(
      '{cache: false, budget: {usd: 5, tokens: 100000, calls: 100, minutes: 5}}',
    ).assay(['run', 'suite.yaml', '--json'])
    expect(ended.code).toBe(0)
    expect(summaryOf(ended).cells).toMatchObject({ finished: 40, absent: 0 })
  })

  it('that is smaller than any call calls nothing, and says so', async () => {
    const project = projectOf('{cache: false, budget: {tokens: 20}}', '{max_tokens: 100}')
    const ended = await project.assay(['run', 'suite.yaml'])
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain('the budget of 20 tokens is smaller than a single call')
    expect(project.calls).toEqual([])
  })

  it('ends when it turns out that the cost of a provider is not known, after a single call', async () => {
    const project = projectOf('{cache: false, budget: {usd: 5}}', '{silent: true}')
    const ended = await project.assay(['run', 'suite.yaml'])
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain('set assay.budget.tokens or assay.budget.calls instead')
    expect(project.calls).toHaveLength(1)
  })

  it('counts its graders too', async () => {
    const grader = `import { appendFileSync } from 'node:fs'
export default class Grader {
  id() { return 'grader' }
  async callApi() {
    appendFileSync(new URL('calls.log', import.meta.url), 'graded\\n')
    return { output: '{"pass": true, "score": 1, "reason": "fine"}', cost: 0.01, tokenUsage: { prompt: 8, completion: 2 } }
  }
}
`
    const project = projectOf(
      '{cache: false, budget: {calls: 15}}',
      '{}',
      "defaultTest: {options: {provider: 'file://grader.mjs'}, assert: [{type: llm-rubric, value: polite}]}\n",
    )
    project.write('grader.mjs', grader)
    const ended = await project.assay(['run', 'suite.yaml', '--json'])
    expect(ended.code).toBe(3)
    expect(project.calls).toHaveLength(15)
    expect(project.calls).toContain('graded')
    expect(summaryOf(ended).cells).toMatchObject({ errored: 0 })
  })
})

describe('assay plan, with a budget', () => {
  it('warns of one that will not do, and counts no cell that has its output in the suite', async () => {
    const project = projectOf('{cache: false}')
    const inSuite = '  - {vars: {word: x}, providerOutput: wise, assert: [{type: contains, value: w}]}\n'
    project.write('suite.yaml', project.read('suite.yaml') + inSuite)
    expect((await project.assay(['run', 'suite.yaml'])).code).toBe(0)
    project.write(
      'suite.yaml',
      project.read('suite.yaml').replace('cache: false', 'cache: false, budget: {usd: 0.2}'),
    )
    const { stdout, stderr, code } = await project.assay(['plan', 'suite.yaml', '--json'])
    expect(code).toBe(0)
    expect(stderr).toContain('warning: the budget will not do: $0.200: reached after about 20 of 41 cells')
    expect(JSON.parse(stdout)).toMatchObject({
      cells: 41,
      calls: 40,
      tokens: { input: 320, output: 80 },
      costUsd: expect.closeTo(0.4, 9) as number,
      intervals: { costUsd: { lo: expect.closeTo(0.4, 9) as number } },
      confidence: { level: 'high' },
      budget: [{ kind: 'usd', limit: 0.2, outlook: 'reached', cells: 20 }],
    })
    expect((await project.assay(['plan', 'suite.yaml'])).stdout).toContain('confidence high: ')
  })
})
