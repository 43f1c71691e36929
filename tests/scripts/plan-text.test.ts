import { describe, expect, it } from 'vitest'
import type { Plan } from '../../harness/model/plan.ts'
import type { Forecast } from '../../harness/plan/forecast.ts'
import type { ModelForecast } from '../../harness/plan/forecast-as.ts'
import type { ColumnForecast } from '../../harness/plan/forecast-column.ts'
import { asLines } from '../../scripts/as-text.ts'
import { budgetWarnings, formatPlan } from '../../scripts/plan-text.ts'

const PLAN = {
  suite: { name: 'mails', file: 'suite.yaml' },
  size: { cells: 200, cases: 100, repeats: 1, cellsByAccount: { a: 200 } },
  accounts: ['a'],
  columns: [{}, {}],
} as unknown as Plan

const COLUMN: ColumnForecast = {
  prompt: 'p',
  provider: 'm',
  cells: 100,
  calls: 100,
  callsAtMost: 100,
  tokens: { input: 1_000, output: 100 },
  costUsd: 1,
  busySeconds: 60,
  basis: 'recorded',
}

const FORECAST: Forecast = {
  columns: [COLUMN, { ...COLUMN, provider: 'n' }],
  calls: 200,
  callsAtMost: 200,
  tokens: { input: 2_000, output: 200 },
  costUsd: 2,
  intervals: { tokens: { lo: 2_100, hi: 2_300 }, costUsd: { lo: 1.9, hi: 2.1 } },
  seconds: 120,
  secondsAtLeast: 0,
  limitedBy: { account: 'a', limit: 'rpm' },
  confidence: { level: 'high', reason: 'these columns ran before as they are now' },
  budget: [],
}

function rows(over: Partial<Forecast>): Record<string, string> {
  const lines = formatPlan(PLAN, { ...FORECAST, ...over })
    .trimEnd()
    .split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, 10).trim(), line.slice(11)]))
}

describe('a plan as text', () => {
  it('tells what is expected, how sure that is, and what holds the run back', () => {
    expect(formatPlan(PLAN, FORECAST)).toBe(`suite      mails (suite.yaml)
size       200 cells = 100 cases × 2 columns
columns    p × m
           p × n
accounts   a: 200 cells
calls      200
tokens     about 2,000 in, 200 out (95%: 2,100 to 2,300 together)
cost       about $2.00 (95%: $1.90 to $2.10)
time       about 2.0 min (held back by the requests a minute of a)
basis      the last run of each column
confidence high: these columns ran before as they are now
`)
  })

  it('tells no more than is known before a first run', () => {
    const column = { ...COLUMN, basis: 'estimated', tokens: { input: 1_000, output: 'unknown' } } as const
    const before = {
      columns: [column],
      tokens: { input: 1_000, output: 'unknown' },
      seconds: 'unknown',
      limitedBy: undefined,
    } as const
    expect(rows({ ...before, intervals: { tokens: null, costUsd: null } })).toMatchObject({
      tokens: 'about 1,000 in, replies not known before a first run',
      cost: 'at least $2.00',
      time: 'not known before a first run',
      basis: 'tokens counted on a sample of rendered prompts',
    })
    const limitedBy = { account: 'a', limit: 'tpm' } as const
    const bounded = {
      ...before,
      intervals: { tokens: null, costUsd: { lo: 2, hi: 9 } },
      limitedBy,
      secondsAtLeast: 40,
    }
    expect(rows(bounded)).toMatchObject({
      cost: 'at least $2.00, at most $9.00',
      time: 'at least 40 s (held back by the tokens a minute of a); more is not known before a first run',
    })
    expect(rows({ ...before, costUsd: 'unknown' })).toMatchObject({
      cost: 'unknown: no price is known for some of these models',
    })
  })

  it('tells what is read from a cache and written to it', () => {
    const tokens = { input: 2_000, output: 200, cacheRead: 50_000, cacheWrite: 3_000 }
    expect(rows({ tokens })['tokens']).toBe(
      'about 2,000 in, 50,000 read from the cache, 3,000 written to it, 200 out (95%: 2,100 to 2,300 together)',
    )
  })

  it('counts graders and feedback apart', () => {
    const graders = {
      calls: 80,
      tokens: { input: 0, output: 'unknown' },
      costUsd: 0,
      busySeconds: 1,
      basis: 'estimated',
    } as const
    expect(rows({ calls: 280, callsAtMost: 400, graders })).toMatchObject({
      calls: '280, 80 of them at least to graders, up to 400 with feedback',
    })
  })
})

describe('what it would cost on other models', () => {
  const column = {
    prompt: 'p',
    provider: 'm',
    basis: 'recorded',
    nowUsd: 1,
    costUsd: 12,
    interval: { lo: 11.5, hi: 12.5 },
    ratio: 12,
  } as const
  const sonnet: ModelForecast = {
    model: 'sonnet-class',
    id: 'bedrock:some.sonnet',
    billing: 'aws/some.sonnet',
    nowUsd: 2,
    costUsd: 25,
    interval: { lo: 24.5, hi: 25.5 },
    ratio: 12.5,
    columns: [column, { ...column, provider: 'n', costUsd: 13, ratio: 13 }],
  }
  const note =
    'by the tokens that the models of now took: another one splits text otherwise, and its replies are of other length'
  const lines = (as: readonly ModelForecast[], over: Partial<Forecast> = {}): string[] =>
    asLines({ ...FORECAST, ...over, as })

  it('stands below the cost, each column and all together, with how many times as much that is', () => {
    expect(formatPlan(PLAN, { ...FORECAST, as: [sonnet] })).toContain(`
cost       about $2.00 (95%: $1.90 to $2.10)
as         sonnet-class (bedrock:some.sonnet): about $25.00 (95%: $24.50 to $25.50), now $2.00: 12.5×
             p × m: $12.00, now $1.00: 12×
             p × n: $13.00, now $1.00: 13×
           ${note}
time `)
    expect(formatPlan(PLAN, FORECAST)).not.toContain('\nas ')
  })

  it('says plainly where no price is known, now or then', () => {
    const unknown = { costUsd: 'unknown', interval: null, ratio: null } as const
    const columns = [{ ...column, ...unknown }]
    expect(lines([{ ...sonnet, ...unknown, columns }])).toEqual([
      'sonnet-class (bedrock:some.sonnet): unknown: no price of aws/some.sonnet is known',
      note,
    ])
    const now = { nowUsd: 'unknown', ratio: null } as const
    expect(lines([{ ...sonnet, ...now, model: sonnet.id, columns: [{ ...column, ...now }] }])).toEqual([
      'bedrock:some.sonnet: about $25.00 (95%: $24.50 to $25.50), now unknown',
      note,
    ])
  })

  it('says what it rests on before a first run, and what graders take besides', () => {
    const columns = [{ ...COLUMN, basis: 'estimated' } as const]
    const estimated = { ...column, basis: 'estimated' } as const
    const graders = { calls: 1, tokens: { input: 0, output: 0 }, costUsd: 0.25, busySeconds: 1 } as const
    expect(
      lines([{ ...sonnet, columns: [estimated, estimated] }], {
        columns,
        graders: { ...graders, basis: 'recorded' },
      }),
    ).toEqual([
      'sonnet-class (bedrock:some.sonnet): at least $25.00, at most $25.50, now $2.00: 12.5×',
      '  p × m: $12.00 by its prompts alone, now $1.00: 12×',
      '  p × m: $12.00 by its prompts alone, now $1.00: 12×',
      'by the prompts alone, in tokens of a common tokenizer: that of a model splits text otherwise, and its replies cost more',
      'without graders, who are asked as now: $0.250 besides',
    ])
  })

  it('says what would not fit, and that cached tokens are plain ones where there is no cache', () => {
    const tooLong = { ...column, tooLong: 210_000 }
    const found = lines([
      { ...sonnet, contextWindow: 200_000, cacheAsInput: true, columns: [tooLong, column] },
    ])
    expect(found.slice(3)).toEqual([
      '  it has no price for a cache: cached tokens count as plain ones',
      '  a call of p × m takes 210,000 tokens: its context window is 200,000',
      note,
    ])
  })
})

describe('a budget in the plan', () => {
  const budget = [
    { kind: 'usd', limit: 2.5, outlook: 'enough' },
    { kind: 'tokens', limit: 2_250, outlook: 'tight' },
    { kind: 'calls', limit: 50, outlook: 'reached', cells: 50 },
    { kind: 'minutes', limit: 1, outlook: 'unknown' },
  ] as const

  it('stands beside the forecast, one line for each limit', () => {
    expect(formatPlan(PLAN, { ...FORECAST, budget })).toContain(`
budget     $2.50: enough
           2,250 tokens: likely enough, but not by much
           50 calls: reached after about 50 of 200 cells
           1 minute: whether it is enough is not known before a first run
`)
  })

  it('is warned of where it will not do', () => {
    expect(budgetWarnings({ ...FORECAST, budget }, 200)).toEqual([
      'the budget will not do: 50 calls: reached after about 50 of 200 cells',
    ])
  })
})
