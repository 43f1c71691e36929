import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../harness/model/plan.ts'
import type { AttemptRecord, Trial } from '../../../harness/model/trial.ts'
import type { Usage } from '../../../harness/model/usage.ts'
import type { ModelForecast, OtherModel } from '../../../harness/plan/forecast-as.ts'
import { tariffOf } from '../../../harness/plan/forecast-costs.ts'
import { GraderUsage } from '../../../harness/plan/forecast-usage.ts'
import { caseOf, casesOf, specOf } from '../execute/world.ts'
import { answered, attempt, forecastOf, NOW, planOf, PRICES, withRecord } from './forecast-world.ts'

/** A model of the overlay: 10 USD per million in, 100 out, and for `caching` 1, 20 and 40 for its cache. */
function other(model: string, contextWindow?: number): OtherModel {
  const billing = { vendor: 'openai', model }
  return {
    name: model,
    id: `openai:${model}`,
    billing,
    tariff: tariffOf(billing, PRICES, NOW),
    ...(contextWindow !== undefined && { contextWindow }),
  }
}

async function asModel(plan: Plan, trials: readonly Trial[], model: OtherModel): Promise<ModelForecast> {
  const { as = [] } = await withRecord(plan, trials, { as: [model] })
  const [found] = as
  if (found === undefined) throw new Error('no forecast')
  return found
}

const using = (usage: Usage, more: Partial<AttemptRecord> = {}): AttemptRecord => attempt({ usage, ...more })

describe('what a suite would cost on another model', () => {
  it('is what its recorded calls would cost there, over what they cost now', async () => {
    const plan = await planOf({}, { providers: [specOf('m'), specOf('n')] })
    const found = await asModel(plan, answered(30, [using({ input: 100, output: 10 })]), other('plain'))
    const each = 40 * ((100 * 10 + 10 * 100) / 1e6)
    expect(found).toMatchObject({
      model: 'plain',
      id: 'openai:plain',
      billing: 'openai/plain',
      nowUsd: expect.closeTo(0.8, 12) as number,
      costUsd: expect.closeTo(2 * each, 12) as number,
      ratio: expect.closeTo((2 * each) / 0.8, 12) as number,
      columns: [
        { prompt: 'p', provider: 'm', basis: 'recorded', costUsd: expect.closeTo(each, 12) as number },
        { prompt: 'p', provider: 'n', basis: 'recorded', costUsd: expect.closeTo(each, 12) as number },
      ],
    })
    expect(found).not.toHaveProperty('cacheAsInput')
  })

  it('prices each class of tokens at its own price', async () => {
    const usage = { input: 100, output: 10, cacheRead: 1_000, cacheWrite: 300, cacheWrite1h: 100 }
    const { costUsd, cacheAsInput } = await asModel(
      await planOf(),
      answered(30, [using(usage)]),
      other('caching'),
    )
    expect(costUsd).toBeCloseTo((40 * (100 * 10 + 10 * 100 + 1_000 * 1 + 200 * 20 + 100 * 40)) / 1e6, 12)
    expect(cacheAsInput).toBeUndefined()
  })

  it('takes cached tokens for plain ones where the model has no price for a cache, and says so', async () => {
    const usage = { input: 100, output: 10, cacheRead: 1_000, cacheWrite: 300 }
    const found = await asModel(await planOf(), answered(30, [using(usage)]), other('plain'))
    expect(found.costUsd).toBeCloseTo((40 * (1_400 * 10 + 10 * 100)) / 1e6, 12)
    expect(found.cacheAsInput).toBe(true)
  })

  it('has the rounds of feedback in it that were recorded, as many as there may be now', async () => {
    const again = [
      using({ input: 100, output: 10 }, { feedback: ['wrong'] }),
      using({ input: 300, output: 10 }, { attempt: 1 }),
    ]
    const trials = answered(30, again, {
      feedback: { attempts: 2, addedMs: 0, addedUsd: 0, ended: 'passed' },
    })
    const both = await asModel(await planOf({ feedback: { maxAttempts: 2 } }), trials, other('plain'))
    expect(both.costUsd).toBeCloseTo((40 * (400 * 10 + 20 * 100)) / 1e6, 12)
    const first = await asModel(await planOf(), trials, other('plain'))
    expect(first.costUsd).toBeCloseTo((40 * (100 * 10 + 10 * 100)) / 1e6, 12)
  })

  it('has an interval as wide as its cells would differ there', async () => {
    const trials = Array.from({ length: 36 }, (_, i) =>
      answered(1, [using({ input: 100, output: 1 + (i % 6) * 50 })]),
    ).flat()
    const { intervals, as = [] } = await withRecord(await planOf(), trials, { as: [other('plain')] })
    const [found] = as
    expect(intervals.costUsd?.lo).toBe(intervals.costUsd?.hi)
    expect(found?.interval?.lo).toBeLessThan(found?.costUsd as number)
    expect(found?.interval?.hi).toBeGreaterThan(found?.costUsd as number)
    expect(found?.columns[0]?.interval).toEqual(found?.interval)
  })

  it('is at least that of the prompts where nothing is on record, at most with the longest replies', async () => {
    const spec = specOf('m', { config: { max_tokens: 100 } })
    const plan = await planOf({}, { providers: [spec], tests: casesOf(2) })
    const { as = [] } = await forecastOf(plan, { model: 'simulated:sonnet', as: [other('plain')] })
    const [found] = as
    expect(found).toMatchObject({
      nowUsd: expect.closeTo((36 * 3) / 1e6, 12) as number,
      costUsd: expect.closeTo((36 * 10) / 1e6, 12) as number,
      columns: [{ basis: 'estimated' }],
    })
    expect(found?.interval?.hi).toBeCloseTo((36 * 10 + 200 * 100) / 1e6, 12)
  })

  it('is told without tokens on record from the prompts, whatever they cost then', async () => {
    const trials = answered(30, [attempt({ usage: undefined })])
    const found = await asModel(await planOf({}, { tests: casesOf(2) }), trials, other('plain'))
    expect(found.costUsd).toBeCloseTo((36 * 10) / 1e6, 12)
    expect(found.nowUsd).toBeCloseTo(0.02, 12)
  })

  it('is unknown where the model has no price, and so is the ratio', async () => {
    const found = await asModel(await planOf(), answered(30, [attempt()]), other('nobody-knows'))
    expect(found).toMatchObject({ costUsd: 'unknown', interval: null, ratio: null })
    expect(found.columns).toMatchObject([{ costUsd: 'unknown', ratio: null }])
  })

  it('is told where what it costs now is not', async () => {
    const trials = answered(30, [attempt({ costUsd: 'unknown' })])
    const found = await asModel(await planOf(), trials, other('plain'))
    expect(found).toMatchObject({ nowUsd: 'unknown', ratio: null })
    expect(found.costUsd).toBeCloseTo((40 * (100 * 10 + 10 * 100)) / 1e6, 12)
  })

  it('leaves out graders, and columns that nobody is asked for', async () => {
    const graders = new GraderUsage()
    const check = { type: 'llm-rubric', pass: true, score: 1, reason: '' }
    for (const trial of answered(30, [attempt()], { checks: [check] })) graders.addTrial(trial, 1)
    const result = { ...attempt({ costUsd: 0.5 }), request: { prompt: '' }, reply: { output: '' } }
    graders.addCall({ v: 1, kind: 'call', cellId: '', role: 'grader', attempt: 0, result })
    const assert = [{ type: 'llm-rubric', value: 'polite' }]
    const tests = [caseOf({ vars: { q: 'a' }, assert }), caseOf({ vars: { q: 'b' }, providerOutput: 'x' })]
    const plan = await planOf({}, { tests })
    const { as } = await withRecord(plan, answered(30, [attempt()]), {
      as: [other('plain')],
      recorded: { graders },
    })
    expect(as).toMatchObject([
      {
        nowUsd: expect.closeTo(0.01, 12) as number,
        costUsd: expect.closeTo((100 * 10 + 10 * 100) / 1e6, 12) as number,
      },
    ])
  })
})

describe('calls that would not fit the context window of another model', () => {
  it('are told by the longest on record, prompt and reply', async () => {
    const trials = [
      ...answered(30, [using({ input: 100, output: 10 })]),
      ...answered(1, [using({ input: 700, cacheRead: 200, output: 101 })]),
    ]
    const fits = await asModel(await planOf(), trials, other('plain', 1_001))
    expect(fits.columns[0]).not.toHaveProperty('tooLong')
    const tooSmall = await asModel(await planOf(), trials, other('plain', 1_000))
    expect(tooSmall).toMatchObject({ contextWindow: 1_000, columns: [{ tooLong: 1_001 }] })
  })

  it('are told before any run by the longest prompt, and the longest reply that is asked for', async () => {
    const long = caseOf({ vars: { q: 'x'.repeat(100) } })
    const of = async (config: Record<string, unknown>): Promise<ModelForecast | undefined> => {
      const plan = await planOf({}, { providers: [specOf('m', { config })], tests: [...casesOf(3), long] })
      return (await forecastOf(plan, { as: [other('plain', 110)] })).as?.[0]
    }
    expect((await of({}))?.columns[0]).not.toHaveProperty('tooLong')
    expect(await of({ max_tokens: 3 })).toMatchObject({ columns: [{ tooLong: 111 }] })
  })
})
