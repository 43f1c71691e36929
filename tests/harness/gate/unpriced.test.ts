import { describe, expect, it } from 'vitest'
import { checkPrices, CostChecks } from '../../../harness/gate/unpriced.ts'
import type { Case, TestCase } from '../../../harness/model/case.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import type { AssaySettings, ProviderSpec, Warning } from '../../../harness/model/suite.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { caseOf, casesOf, providerOf, specOf, suiteOf } from '../execute/world.ts'

const entries = [
  { model: 'aws/known', input: 1, output: 2 },
  { model: 'aws/half', input: 1 },
  { model: 'aws/past', input: 1, output: 2, until: '2026-11-25' },
]

interface Given {
  readonly specs?: readonly ProviderSpec[]
  /** By key; those that are not here were not loaded. */
  readonly loaded?: Readonly<Record<string, Provider>>
  readonly graders?: readonly Provider[]
  /** Ids of graders of promptfoo's. */
  readonly named?: readonly string[]
  readonly tests?: readonly Case[]
  readonly maxCostUsd?: number
}

async function check(
  assay: AssaySettings,
  { specs = [specOf('m')], loaded = {}, graders = [], named = [], tests = casesOf(1), maxCostUsd }: Given,
): Promise<readonly Warning[]> {
  const plan = await makePlan(suiteOf({ assay, providers: specs, tests }))
  const costChecks = new CostChecks(plan)
  for (const testCase of tests) costChecks.add(testCase)
  return checkPrices({
    plan,
    providers: new Map(Object.entries(loaded)),
    graders: [
      ...graders.map((provider, i) => ({ spec: specOf(`grader-${i}`), provider })),
      ...named.map((id) => ({ spec: specOf(id, { id, kind: 'promptfoo' }) })),
    ],
    costChecks,
    prices: () => openPrices({ name: 'prices.yaml', digest: '0', entries }),
    at: new Date('2026-11-26T12:00:00.000Z'),
    maxCostUsd,
  })
}

const billed = (model: string, vendor = 'aws'): Provider =>
  providerOf(undefined, { billing: { vendor, model } })
const costing = (test: TestCase = {}): Case => caseOf({ assert: [{ type: 'cost', threshold: 1 }], ...test })

describe('a limit on the cost of a case', () => {
  const gate = { cost: { usdPerCase: 0.01 } }

  it.each(['half', 'past', 'nobody-knows'])('is refused for a model billed as aws/%s', async (model) => {
    await expect(check({ gate }, { loaded: { m: billed(model) } })).rejects.toMatchObject({
      exitCode: 2,
      message: `assay.gate.cost.usdPerCase: p × m ships, and no price of aws/${model} is known`,
      hint: expect.stringContaining(`{model: aws/${model}, input: …, output: …}`) as string,
    })
  })

  it('names the tier whose price is not known', async () => {
    const provider = providerOf(undefined, { billing: { vendor: 'aws', model: 'known', tier: 'flex' } })
    await expect(check({ gate }, { loaded: { m: provider } })).rejects.toMatchObject({
      message: expect.stringMatching(/no price of aws\/known in the tier flex is known$/) as string,
      hint: expect.stringContaining('{model: aws/known, tier: flex, input: …') as string,
    })
  })

  it('stands where the price is known, and where a provider tells its own cost', async () => {
    const cases: Record<string, Provider>[] = [
      { m: billed('known') },
      { m: providerOf() },
      { m: providerOf(undefined, { billing: undefined }) },
    ]
    for (const loaded of cases) expect(await check({ gate }, { loaded })).toEqual([])
  })

  it('is about the columns that ship alone', async () => {
    const specs = [specOf('m'), specOf('n')]
    const loaded = { m: billed('known'), n: billed('nobody-knows') }
    const ships = (provider: string): AssaySettings => ({ gate: { ...gate, ship: [{ provider }] } })
    expect(await check(ships('m'), { specs, loaded })).toEqual([])
    await expect(check(ships('n'), { specs, loaded })).rejects.toThrow('p × n ships')
    const both = { m: billed('nobody-knows'), n: billed('nobody-knows') }
    await expect(check({ gate }, { specs, loaded: both })).rejects.toThrow(
      'p × m ships (and so of 1 more), and',
    )
  })

  it('goes by the id of a provider of promptfoo’s that was not loaded, where that tells', async () => {
    const of = (id: string, config?: Record<string, unknown>): Promise<readonly Warning[]> =>
      check({ gate }, { specs: [specOf('m', { id, kind: 'promptfoo', config })] })
    await expect(of('openai:responses:nobody-knows')).rejects.toThrow(
      'no price of openai/nobody-knows is known',
    )
    expect(await of('openai:responses:gpt-4o')).toEqual([])
    expect(await of('azure:chat:ours')).toEqual([])
    expect(await of('openai:chat:ours', { apiBaseUrl: 'http://localhost:8000' })).toEqual([])
    expect(await of('openai:chat:{{env.MODEL}}')).toEqual([])
  })

  it('is not refused for a grader that goes by the key of a column', async () => {
    const specs = [specOf('grader-0')]
    const loaded = { 'grader-0': billed('known') }
    const graders = [billed('nobody-knows')]
    expect(await check({ gate }, { specs, loaded, graders })).toEqual([])
    expect(await check({ gate, budget: { usd: 1 } }, { specs, loaded, graders })).toHaveLength(1)
  })

  it('is not looked at without a limit on cost', async () => {
    const loaded = { m: billed('nobody-knows') }
    expect(await check({ gate: { floors: { pass: 1 } } }, { loaded })).toEqual([])
    expect(await check({}, { loaded })).toEqual([])
  })
})

describe('a check on the cost of a reply', () => {
  const loaded = { m: billed('nobody-knows') }

  it.each([
    ['plain', costing()],
    ['inverse', costing({ assert: [{ type: 'not-cost', threshold: 1 }] })],
    ['in a set', costing({ assert: [{ type: 'assert-set', assert: [{ type: 'cost', threshold: 1 }] }] })],
  ])('is refused where it can never be made, %s', async (_, testCase) => {
    await expect(check({}, { loaded, tests: [...casesOf(1), testCase] })).rejects.toMatchObject({
      exitCode: 2,
      message: 'a `cost` check of p × m can never be made: no price of aws/nobody-knows is known',
      at: { line: 1 },
    })
  })

  it('is let through where the price is known, the case is another model’s, or its output is in the suite', async () => {
    expect(await check({}, { loaded: { m: billed('known') }, tests: [costing()] })).toEqual([])
    const specs = [specOf('m'), specOf('n')]
    const both = { ...loaded, n: billed('known') }
    expect(await check({}, { specs, loaded: both, tests: [costing({ providers: ['n'] })] })).toEqual([])
    expect(await check({}, { loaded, tests: [costing({ providerOutput: 'x' })] })).toEqual([])
  })

  it('is let through where promptfoo may know a price that the table does not have', async () => {
    const specs = [specOf('m', { id: 'openai:responses:nobody-knows', kind: 'promptfoo' })]
    expect(await check({}, { specs, tests: [costing()] })).toEqual([])
    const asLoaded = providerOf(undefined, { id: () => 'openai:responses:nobody-knows' })
    expect(await check({}, { specs, loaded: { m: asLoaded }, tests: [costing()] })).toEqual([])
  })
})

describe('a budget in USD', () => {
  it('is warned of where it cannot be held, models and graders alike', async () => {
    const [warning, ...none] = await check(
      { budget: { usd: 2.5 } },
      { loaded: { m: billed('nobody-knows') }, graders: [billed('judge', 'openai'), billed('known')] },
    )
    expect(none).toEqual([])
    expect(warning?.message).toContain(
      'the budget of $2.5 cannot be held: no price of aws/nobody-knows, openai/judge is known',
    )
  })

  it('is held where embeddings are asked for, which have no price of a reply', async () => {
    const budget = { usd: 1 }
    expect(await check({ budget }, { named: ['openai:embedding:text-embedding-3-small'] })).toEqual([])
    expect(await check({ budget }, { named: ['openai:embedding:nobody-knows'] })).toHaveLength(1)
  })

  it('may be one of the command line', async () => {
    const [warning] = await check({}, { loaded: { m: billed('nobody-knows') }, maxCostUsd: 3 })
    expect(warning?.message).toContain('the budget of $3 cannot be held')
  })

  it('is not warned of where every price is known, or it is one of tokens', async () => {
    expect(await check({ budget: { usd: 1 } }, { loaded: { m: billed('known') } })).toEqual([])
    expect(await check({ budget: { tokens: 1 } }, { loaded: { m: billed('nobody-knows') } })).toEqual([])
  })
})
