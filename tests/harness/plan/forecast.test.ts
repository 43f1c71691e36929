import { describe, expect, it } from 'vitest'
import type { Column } from '../../../harness/model/cell.ts'
import type { ColumnUsage } from '../../../harness/plan/forecast-usage.ts'
import { GraderUsage } from '../../../harness/plan/forecast-usage.ts'
import { caseOf, casesOf, promptOf, specOf } from '../execute/world.ts'
import { answered, attempt, forecastOf as of, planOf, usageOf, withRecord } from './forecast-world.ts'

describe('a forecast before any run', () => {
  it('counts the tokens of rendered prompts, and knows neither replies nor time', async () => {
    expect(await of(await planOf({}, { tests: casesOf(3) }))).toMatchObject({
      calls: 3,
      tokens: { input: 3 * 'Answer: question 0'.length, output: 'unknown' },
      costUsd: 'unknown',
      seconds: 'unknown',
      confidence: { level: 'low', reason: 'no run is on record' },
      columns: [{ basis: 'estimated' }],
    })
  })

  it('tells a prompt function which model it writes for', async () => {
    const told: unknown[] = []
    const prompt = promptOf('', {
      function: ({ provider }) => {
        told.push(provider)
        return 'Answer!'
      },
    })
    const over = { prompts: [prompt], providers: [specOf('m', { label: 'short' })], tests: casesOf(1) }
    expect((await of(await planOf({}, over))).tokens.input).toBe('Answer!'.length)
    expect(told).toEqual([{ id: 'test:m', label: 'short' }])
  })

  it('has a cost between that of the prompts and that of the longest replies, where both are known', async () => {
    const spec = specOf('m', { config: { max_tokens: 100 } })
    const expected = await of(await planOf({}, { providers: [spec], tests: casesOf(2) }), {
      model: 'simulated:sonnet',
    })
    const input = (36 * 3) / 1e6
    expect(expected.costUsd).toBeCloseTo(input, 12)
    expect(expected.intervals.costUsd?.hi).toBeCloseTo(input + (200 * 15) / 1e6, 12)
    expect(expected.intervals.tokens).toEqual({ lo: 36, hi: 236 })
  })

  it('takes no less time than the limits a minute allow', async () => {
    const plan = await planOf({ limits: { m: { rpm: 10, tpm: 360 } } })
    expect(await of(plan)).toMatchObject({
      seconds: 'unknown',
      secondsAtLeast: 240,
      limitedBy: { account: 'm', limit: 'rpm' },
    })
  })
})

describe('a forecast from a recorded run', () => {
  it('scales what an answered cell took to the cells that will be called', async () => {
    expect(await withRecord(await planOf(), answered(30, [attempt()]))).toMatchObject({
      calls: 40,
      tokens: { input: 4_000, output: 400 },
      costUsd: expect.closeTo(0.4, 10) as number,
      intervals: { tokens: { lo: 4_400, hi: 4_400 } },
      confidence: { level: 'high' },
    })
  })

  it('keeps the classes of tokens apart', async () => {
    const usage = { input: 100, output: 10, cacheRead: 1_000, cacheWrite: 300, cacheWrite1h: 100 }
    const expected = await withRecord(await planOf(), answered(30, [attempt({ usage })]))
    expect(expected.tokens).toEqual({
      input: 4_000,
      output: 400,
      cacheRead: 40_000,
      cacheWrite: 12_000,
      cacheWrite1h: 4_000,
    })
    expect(expected.intervals.tokens).toEqual({ lo: 56_400, hi: 56_400 })
  })

  it('relies little on token counts that were estimates', async () => {
    const usage = { input: 100, output: 10, estimated: true }
    expect(await withRecord(await planOf(), answered(30, [attempt({ usage })]))).toMatchObject({
      tokens: { input: 4_000, output: 400 },
      confidence: { level: 'low', reason: 'the token counts of 1 of 1 column are estimates' },
    })
  })

  it('does so by calls: cells whose output stands in the suite took none, and take none', async () => {
    const inSuite = Array.from({ length: 60 }, (_, i) =>
      caseOf({ vars: { q: `x${i}` }, metadata: { id: `x${i}` }, providerOutput: 'yes' }),
    )
    const plan = await planOf({}, { tests: [...casesOf(40), ...inSuite] })
    const trials = [...answered(40, [attempt()]), ...answered(60, [])]
    expect(await withRecord(plan, trials)).toMatchObject({
      calls: 40,
      tokens: { input: 4_000, output: 400 },
      costUsd: expect.closeTo(0.4, 10) as number,
    })
    const alone = await planOf({}, { tests: inSuite })
    expect(await of(alone)).toMatchObject({ calls: 0, costUsd: 0, seconds: 0, confidence: { level: 'high' } })
  })

  it('leaves out cells that an outage or a cache answered', async () => {
    const failure = { kind: 'unavailable', message: 'down' } as const
    const down = answered(70, [attempt({ reply: undefined, failure, usage: undefined, costUsd: 'unknown' })])
    const cached = answered(70, [attempt({ reply: { cached: true }, usage: undefined, costUsd: 0 })])
    const forecast = await withRecord(await planOf(), [...answered(30, [attempt()]), ...down, ...cached])
    expect(forecast).toMatchObject({ calls: 40, tokens: { input: 4_000 } })
  })

  it('counts the retries that were needed', async () => {
    const failure = { kind: 'throttled', message: 'slow down' } as const
    const failed = attempt({ reply: undefined, failure, usage: undefined, costUsd: 'unknown' })
    const trials = [...answered(20, [attempt()]), ...answered(20, [failed, attempt({ retry: 1 })])]
    expect(await withRecord(await planOf(), trials)).toMatchObject({ calls: 60, tokens: { input: 4_000 } })
  })

  it('prices what has no price on record a call at a time, not by all that a cell took', async () => {
    const long = { usage: { input: 150_000, output: 0 }, costUsd: 'unknown' } as const
    const trials = answered(20, [attempt({ ...long, feedback: ['wrong'] }), attempt({ ...long, attempt: 1 })])
    const plan = await planOf({ feedback: { maxAttempts: 2 } })
    // 1.25 USD per million, and 2.5 where a prompt is longer than 200,000.
    const { costUsd } = await withRecord(plan, trials, { model: 'google:gemini-2.5-pro' })
    expect(costUsd).toBeCloseTo(80 * 150_000 * 1.25e-6, 10)
  })

  it('has an interval as wide as cells differ, and says when that is wide', async () => {
    const costs = [0.001, 0.1, 0.002, 0.09, 0.001, 0.2]
    const trials = Array.from({ length: 36 }, (_, i) =>
      answered(1, [attempt({ costUsd: costs[i % 6] as number })]),
    ).flat()
    const { intervals, costUsd, confidence } = await withRecord(await planOf(), trials)
    expect(intervals.costUsd?.lo).toBeLessThan(costUsd as number)
    expect(intervals.costUsd?.hi).toBeGreaterThan(costUsd as number)
    expect(confidence).toEqual({ level: 'medium', reason: 'cells differ widely in what they take' })
  })

  it('prices what told no cost by the table, and has no price without one', async () => {
    const trials = answered(30, [attempt({ costUsd: 'unknown' })])
    const priced = await withRecord(await planOf(), trials, { model: 'simulated:sonnet' })
    expect(priced.costUsd).toBeCloseTo((40 * (100 * 3 + 10 * 15)) / 1e6, 12)
    const priceless = await withRecord(await planOf({ budget: { usd: 1 } }), trials)
    expect(priceless).toMatchObject({ costUsd: 'unknown', budget: [{ outlook: 'unknown' }] })
  })

  it('still tells time and cost of a provider that told no tokens', async () => {
    const trials = answered(30, [attempt({ usage: undefined })])
    expect(await withRecord(await planOf(), trials, { concurrency: 4 })).toMatchObject({
      tokens: { input: 20 * (18 + 19), output: 'unknown' },
      costUsd: expect.closeTo(0.4, 10) as number,
      seconds: 10,
      confidence: { level: 'low', reason: 'the replies of 1 of 1 column told no tokens' },
    })
  })

  it('is less sure of a column that changed, has few cells, or never ran', async () => {
    const plan = await planOf({}, { providers: [specOf('m'), specOf('n')] })
    const [m, n] = plan.columns as [Column, Column]
    const trials = answered(30, [attempt()])
    const levelOf = async (columns: [Column, ColumnUsage][]): Promise<string> =>
      Object.values((await of(plan, { recorded: { columns: new Map(columns) } })).confidence).join(': ')
    expect(await levelOf([[m, usageOf(m, trials)]])).toBe('low: 1 of 2 columns never ran')
    const [same, changed] = [usageOf(m, trials), usageOf({ ...n, hash: 'other' }, trials)]
    expect(
      await levelOf([
        [m, same],
        [n, changed],
      ]),
    ).toBe('medium: the prompt or provider of 1 of 2 columns has changed since')
    expect(
      await levelOf([
        [m, same],
        [n, usageOf(n, trials.slice(0, 9))],
      ]),
    ).toBe('medium: a column has only 9 cells on record')
  })
})

describe('rounds of feedback', () => {
  const feedback = { maxAttempts: 3 }

  it('are counted from the record where there were some', async () => {
    const again = [attempt({ feedback: ['wrong'] }), attempt({ attempt: 1 })]
    const ended = { attempts: 1, addedMs: 0, addedUsd: 0, ended: 'passed' } as const
    const trials = [
      ...answered(30, [attempt()], { feedback: ended }),
      ...answered(10, again, { feedback: ended }),
    ]
    expect(await withRecord(await planOf({ feedback }), trials)).toMatchObject({
      calls: 50,
      callsAtMost: 120,
      tokens: { input: 5_000 },
      confidence: { level: 'high' },
    })
  })

  it('are left out where they will not be made any more', async () => {
    const again = [attempt({ feedback: ['wrong'] }), attempt({ attempt: 1 })]
    const forecast = await withRecord(await planOf(), answered(30, again))
    expect(forecast).toMatchObject({ calls: 40, callsAtMost: 40 })
  })

  it('are at most those of the cells that failed, where the recorded run had none', async () => {
    const trials = [...answered(30, [attempt()]), ...answered(10, [attempt()], { outcome: 'failed' })]
    expect(await withRecord(await planOf({ feedback }), trials)).toMatchObject({
      calls: 40,
      callsAtMost: 60,
      intervals: { tokens: { lo: 4_400, hi: 6_600 } },
      confidence: { level: 'medium', reason: 'no run with feedback is on record' },
    })
  })

  it('are as many as there may be, before any run', async () => {
    expect(await of(await planOf({ feedback }))).toMatchObject({ calls: 40, callsAtMost: 120 })
  })
})

describe('graders', () => {
  const assert = [
    { type: 'llm-rubric', value: 'polite' },
    { type: 'contains', value: 'a' },
  ]
  const tests = Array.from({ length: 40 }, (_, i) =>
    caseOf({ vars: { q: `q${i}` }, metadata: { id: `c${i}` }, assert }),
  )

  it('are asked at least once for each of their checks, before any run', async () => {
    expect(await of(await planOf({}, { tests }))).toMatchObject({
      calls: 80,
      graders: { calls: 40, basis: 'estimated', costUsd: 'unknown' },
      costUsd: 'unknown',
    })
  })

  it('take what they took, as often as they were asked for a check', async () => {
    const graders = new GraderUsage()
    const check = { type: 'llm-rubric', pass: true, score: 1, reason: '' }
    for (const trial of answered(30, [attempt()], { checks: [check] })) graders.addTrial(trial, 1)
    for (let i = 0; i < 60; i++) {
      const result = { ...attempt({ costUsd: 0.005 }), request: { prompt: '' }, reply: { output: '' } }
      graders.addCall({ v: 1, kind: 'call', cellId: '', role: 'grader', attempt: 0, result })
    }
    const plan = await planOf({}, { tests })
    expect(await withRecord(plan, answered(30, [attempt()]), { recorded: { graders } })).toMatchObject({
      calls: 120,
      graders: { calls: 80, basis: 'recorded' },
      costUsd: expect.closeTo(0.4 + 80 * 0.005, 10) as number,
      confidence: { level: 'high' },
    })
  })

  it('count against the limits of their account, beside the models of it', async () => {
    const options = { provider: { id: 'test:judge', config: { account: 'm' } } }
    const judged = tests.map(({ test }) => caseOf({ ...test, options }))
    const plan = await planOf({ limits: { m: { rpm: 60 } } }, { tests: judged })
    expect(await of(plan)).toMatchObject({ secondsAtLeast: 80, limitedBy: { account: 'm', limit: 'rpm' } })
    const apart = await planOf(
      { limits: { m: { rpm: 60 }, 'test:judge': { rpm: 30 } } },
      {
        tests: tests.map(({ test }) => caseOf({ ...test, options: { provider: 'test:judge' } })),
      },
    )
    expect(await of(apart)).toMatchObject({
      secondsAtLeast: 80,
      limitedBy: { account: 'test', limit: 'rpm' },
    })
  })

  it('that compare columns are asked once for all of them', async () => {
    const compared = [caseOf({ vars: { q: 'a' }, assert: [{ type: 'select-best', value: 'best' }] })]
    const plan = await planOf({}, { tests: compared, providers: [specOf('m'), specOf('n')] })
    expect(await of(plan)).toMatchObject({ calls: 3, graders: { calls: 1 } })
  })
})

describe('the time a run takes', () => {
  const trials = answered(30, [attempt()])

  it.each([
    ['the calls in flight', { concurrency: 8 }, 5, 'concurrency'],
    ['the requests a minute', { concurrency: 8, rpm: 60 }, 40, 'rpm'],
    ['the tokens a minute', { concurrency: 8, rpm: 60, tpm: 2_200 }, 120, 'tpm'],
  ] as const)('is that of its tightest limit: %s', async (_name, limits, seconds, limit) => {
    expect(await withRecord(await planOf({ limits: { m: limits } }), trials)).toMatchObject({
      seconds: expect.closeTo(seconds, 9) as number,
      limitedBy: { account: 'm', limit },
    })
  })

  it('is that of the slowest account, all of them side by side', async () => {
    const plan = await planOf(
      { limits: { n: { concurrency: 1 } } },
      { providers: [specOf('m'), specOf('n')] },
    )
    expect(await withRecord(plan, trials)).toMatchObject({ seconds: 40, limitedBy: { account: 'n' } })
  })

  it('goes by what an account without a written limit had in flight before', async () => {
    const recorded = { inFlight: new Map([['m', 40]]) }
    expect(await withRecord(await planOf(), trials)).toMatchObject({ seconds: 4 })
    expect(await withRecord(await planOf(), trials, { recorded })).toMatchObject({ seconds: 1 })
    expect(await withRecord(await planOf(), trials, { recorded, concurrency: 2 })).toMatchObject({
      seconds: 20,
    })
  })
})

describe('a budget beside the forecast', () => {
  const trials = Array.from({ length: 30 }, (_, i) =>
    answered(1, [attempt({ costUsd: i % 2 === 0 ? 0.005 : 0.015 })]),
  ).flat()

  it.each([
    [{ usd: 1 }, { outlook: 'enough' }],
    [{ usd: 0.41 }, { outlook: 'tight' }],
    [{ usd: 0.1 }, { outlook: 'reached', cells: 10 }],
    [{ tokens: 1_100 }, { outlook: 'reached', cells: 10 }],
    [{ tokens: 4_400 }, { outlook: 'enough' }],
    [{ calls: 39 }, { outlook: 'reached', cells: 39 }],
    [{ minutes: 1 }, { outlook: 'enough' }],
    [{ minutes: 0.01 }, { outlook: 'reached' }],
  ])('of %o is judged: %o', async (budget, outlook) => {
    expect((await withRecord(await planOf({ budget }), trials)).budget).toMatchObject([outlook])
  })

  it('is known to be too small even before a first run, by the prompts alone', async () => {
    const plan = await planOf({ budget: { usd: 0.0001, tokens: 1_000_000 } })
    expect((await of(plan, { model: 'simulated:sonnet' })).budget).toMatchObject([
      { kind: 'usd', outlook: 'reached' },
      { kind: 'tokens', outlook: 'unknown' },
    ])
  })
})
