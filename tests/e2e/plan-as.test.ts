import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'

/** Reads most of its prompt from a cache, answers right at the second try, and says what that took. */
const PROVIDER = `export default class Caching {
  id() { return 'caching' }
  get billing() { return { vendor: 'simulated', model: 'flash' } }
  async callApi(prompt) {
    const again = prompt.includes('not accepted')
    const usage = again
      ? { input: 300, output: 20, cacheRead: 1000 }
      : { input: 100, output: 10, cacheRead: 1000, cacheWrite: 50 }
    return { output: again ? 'yes' : 'no', metadata: { usage } }
  }
}
`
const GRADER = `export default class Grader {
  id() { return 'grader' }
  async callApi() {
    return { output: '{"pass": true, "score": 1, "reason": "fine"}', cost: 0.25, tokenUsage: { prompt: 8, completion: 2 } }
  }
}
`

const tests = Array.from(
  { length: 40 },
  (_, i) => `  - {vars: {word: w${i}}, assert: [{type: equals, value: 'yes'}]}`,
)
const suite = (more = ''): string => `prompts: ['Say {{word}}']
providers: [{id: file://provider.mjs, label: m}]
assay: {cache: false, feedback: {maxAttempts: 2}, gate: {floors: {pass: 0.5}}}
${more}tests:
${tests.join('\n')}
`

function project(more = ''): Project {
  return new Project({ 'provider.mjs': PROVIDER, 'grader.mjs': GRADER, 'suite.yaml': suite(more) })
}

/** USD per million of the simulated models: input, output, cache read, cache write. */
const FLASH = (100 * 0.1 + 10 * 0.4 + 1000 * 0.025 + 50 * 0.125 + 300 * 0.1 + 20 * 0.4 + 1000 * 0.025) / 1e6
const SONNET = (100 * 3 + 10 * 15 + 1000 * 0.3 + 50 * 3.75 + 300 * 3 + 20 * 15 + 1000 * 0.3) / 1e6

const PRICES = `v: 1
prices:
  - {model: openai/ours, input: 10, output: 100}
  - {model: openai/past, input: 1, output: 1, until: 2020-01-01}
`

describe('assay plan --as', () => {
  it('prices a recorded run as other models: cache and feedback as they were, against what it cost', async () => {
    const recorded = project()
    recorded.write('suite.yaml', suite().replace('assay: {', 'assay: {prices: prices.yaml, '))
    recorded.write('prices.yaml', PRICES)
    expect((await recorded.assay(['run', 'suite.yaml'])).code).toBe(0)

    const as = ['simulated:sonnet', 'openai:ours', 'gpt-4o'].flatMap((model) => ['--as', model])
    const { stdout, code } = await recorded.assay(['plan', 'suite.yaml', '--json', ...as])
    expect(code).toBe(0)
    const close = (usd: number): unknown => expect.closeTo(usd, 9)
    const plain = ((100 + 1000 + 50 + 300 + 1000) * 10 + (10 + 20) * 100) / 1e6
    expect(JSON.parse(stdout)).toMatchObject({
      tokens: { input: 16_000, output: 1_200, cacheRead: 80_000, cacheWrite: 2_000 },
      costUsd: close(40 * FLASH),
      as: [
        {
          model: 'simulated:sonnet',
          billing: 'simulated/sonnet',
          nowUsd: close(40 * FLASH),
          costUsd: close(40 * SONNET),
          ratio: close(SONNET / FLASH),
          interval: { lo: close(40 * SONNET), hi: close(40 * SONNET) },
          columns: [{ prompt: 'prompt-1', provider: 'm', basis: 'recorded' }],
        },
        { model: 'openai:ours', costUsd: close(40 * plain), cacheAsInput: true },
        { model: 'gpt-4o', id: 'openai:gpt-4o', contextWindow: 128_000 },
      ],
    })

    const text = await recorded.assay(['plan', 'suite.yaml', '--as', 'simulated:sonnet'])
    expect(text.stdout).toMatch(/^as +simulated:sonnet: about \$0\.09\d\d, now \$0\.004\d\d: 2\d\.\d×$/m)
    expect(text.stdout).toContain('another one splits text otherwise')
    // Its price has run out, and the list of models does not have it.
    expect((await recorded.assay(['plan', 'suite.yaml', '--as', 'openai:past'])).code).toBe(2)
  })

  it('goes by the prompts before a first run, and says so', async () => {
    const fresh = project()
    const { stdout, code } = await fresh.assay(['plan', 'suite.yaml', '--as', 'simulated:sonnet'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^as +simulated:sonnet: at least \$0\.0\d+, now \$0\.0\d+: 30×$/m)
    expect(fresh.runs).toEqual([])
  })

  it('refuses a model that nobody knows, and calls nothing', async () => {
    const { code, stderr, stdout } = await project().assay(['plan', 'suite.yaml', '--as', 'sonet-class'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(
      'error: --as: no model `sonet-class` is known\nhint: did you mean `sonnet-class`?',
    )
  })
})

it('a run tells what feedback and graders took apart, and all together', async () => {
  const graded = project(
    "defaultTest: {options: {provider: 'file://grader.mjs'}, assert: [{type: llm-rubric, value: polite}]}\n",
  )
  const { code, stdout } = await graded.assay(['run', 'suite.yaml', '--json'])
  expect(code).toBe(0)
  const { spending, spentUsd } = JSON.parse(stdout) as { spending: object; spentUsd: number }
  // Two a cell, and the one that asks beforehand whether the grader answers at all.
  const graders = 81 * 0.25
  expect(spentUsd).toBeCloseTo(40 * FLASH + graders, 9)
  expect(spending).toMatchObject({
    total: { calls: 161 },
    firstTries: { calls: 40, tokens: { input: 4_000, output: 400, cacheRead: 40_000, cacheWrite: 2_000 } },
    feedback: { calls: 40, tokens: { input: 12_000, output: 800, cacheRead: 40_000 } },
    graders: { calls: 81, tokens: { input: 648, output: 162 }, costUsd: graders },
  })
  // Replies and verdicts are on record: nobody is asked, and nothing is paid.
  const again = await graded.assay(['verify', 'last', '--json'])
  expect(JSON.parse(again.stdout)).toMatchObject({ spentUsd: 0, calls: { made: 0, replayed: 160 } })
  expect(JSON.parse(again.stdout)).not.toHaveProperty('spending')
})
