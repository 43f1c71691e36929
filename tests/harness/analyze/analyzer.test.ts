import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnalyzerOptions, createAnalyzer } from '../../../harness/analyze/analyzer.ts'
import { SpendingTally } from '../../../harness/analyze/spending-tally.ts'
import type { Analysis, ColumnAnalysis } from '../../../harness/model/analysis.ts'
import type { Call, Trial } from '../../../harness/model/trial.ts'
import type { Cost, Usage } from '../../../harness/model/usage.ts'
import { addAll, makeErrored, makeTrial } from './make-trial.ts'

const COLUMNS = [
  { prompt: 'zero-shot', provider: 'flash' },
  { prompt: 'few-shot', provider: 'flash' },
]

function analyze(trials: readonly Trial[], options: Partial<AnalyzerOptions> = {}): Analysis {
  const analyzer = createAnalyzer({ runId: 'r', columns: COLUMNS, planned: trials.length, ...options })
  addAll(analyzer, trials)
  return analyzer.finish()
}

function firstColumn(trials: readonly Trial[], options?: Partial<AnalyzerOptions>): ColumnAnalysis {
  const [column] = analyze(trials, options).columns
  if (column === undefined) throw new Error('no column')
  return column
}

describe('the analyzer', () => {
  it('lists columns in the suite’s order, one without trials too', () => {
    const { columns } = analyze([makeTrial({ cell: { prompt: 'few-shot' } })])
    expect(columns.map(({ prompt, cells }) => [prompt, cells])).toStrictEqual([
      ['zero-shot', 0],
      ['few-shot', 1],
    ])
    expect(columns[0]).toMatchObject({
      passRate: null,
      interval: null,
      meanScore: null,
      costPer1000Usd: 'unknown',
    })
  })

  it('counts what was planned and did not finish as absent', () => {
    expect(analyze([makeTrial()], { planned: 3 }).cells).toMatchObject({ planned: 3, finished: 1, absent: 2 })
  })

  it('refuses a trial of a column the run does not have', () => {
    expect(() => analyze([makeTrial({ cell: { provider: 'other' } })])).toThrow('zero-shot × other')
  })

  it('takes errored trials for missing: neither in the rate nor in a mean', () => {
    const column = firstColumn([
      makeTrial({ cell: { caseId: 'a' }, namedScores: { accuracy: 1 } }),
      makeTrial({ cell: { caseId: 'b' }, outcome: 'errored', score: null, namedScores: { accuracy: 0 } }),
      makeErrored('down', { caseId: 'c' }),
    ])
    expect(column).toMatchObject({ cells: 3, cases: 1, passed: 1, errored: 2, passRate: 1, meanScore: 1 })
    expect(column.namedScores).toStrictEqual({ accuracy: 1 })
  })

  it('takes a score that is not finite for unscored, never for zero', () => {
    const trials = [makeTrial({ score: NaN, namedScores: { tone: NaN } }), makeTrial({ score: 0.5 })]
    expect(firstColumn(trials)).toMatchObject({ meanScore: 0.5, namedScores: {} })
  })

  it('does not pool repeats of a case as independent', () => {
    const once = Array.from({ length: 20 }, (_, i) =>
      makeTrial({ cell: { caseId: `c${i}` }, outcome: i < 16 ? 'passed' : 'failed' }),
    )
    const copies = once.flatMap((trial) =>
      [0, 1, 2].map((repeat) => makeTrial({ ...trial, cell: { ...trial.cell, repeat } })),
    )
    expect(firstColumn(copies).interval).toStrictEqual(firstColumn(once).interval)
    expect(firstColumn(copies)).toMatchObject({ cases: 20, repeats: 3, passRate: 0.8 })
  })

  it('measures latency on fresh replies only', () => {
    const column = firstColumn([
      makeTrial({ latencyMs: 100, ttftMs: 10 }),
      makeTrial({ latencyMs: 300, ttftMs: 30 }),
      makeTrial({ latencyMs: 9_000, ttftMs: 9_000, response: { cached: true } }),
      makeErrored('timeout'),
    ])
    expect(column.latencyMs).toStrictEqual({ p50: 200, p95: 290, n: 2, trusted: true })
    expect(column.ttftMs).toMatchObject({ p50: 20, n: 2 })
  })

  it('marks the latency of a provider that hides its queueing', () => {
    const trial = makeTrial({ latencyMs: 700 })
    const attempts = trial.attempts.map((attempt) => ({
      ...attempt,
      timing: { ...attempt.timing, trusted: false },
    }))
    expect(firstColumn([{ ...trial, attempts }]).latencyMs).toMatchObject({ p50: 700, trusted: false })
  })

  it('gives the cost per 1,000 replies, and does not hold failed calls against it', () => {
    const column = firstColumn([
      makeTrial({ costUsd: 0.002 }),
      makeTrial({ costUsd: 0.004 }),
      makeErrored('down'),
    ])
    expect(column.costUsd).toBe(0.006)
    expect(column.costPer1000Usd).toBeCloseTo(3, 12)
  })

  it('knows no cost, and no spend, where one reply has no price', () => {
    const analysis = analyze([makeTrial(), makeTrial({ costUsd: 'unknown' })])
    expect(analysis.columns[0]).toMatchObject({ costUsd: 'unknown', costPer1000Usd: 'unknown' })
    expect(analysis.spentUsd).toBe('unknown')
  })

  it('adds up tokens by the classes that are priced apart', () => {
    const usage = { input: 10, output: 5, cacheRead: 100, cacheWrite: 1000, cacheWrite1h: 400 }
    expect(firstColumn([makeTrial({ usage }), makeTrial({ usage })]).tokens).toStrictEqual({
      input: 20,
      output: 10,
      cacheRead: 200,
      cacheWrite: 2000,
      cacheWrite1h: 800,
    })
  })

  it('says where token counts are estimates, and how many replies told none', () => {
    const estimated = { input: 10, output: 5, estimated: true }
    const trials = [makeTrial({ usage: estimated }), makeTrial(), makeErrored('down')]
    expect(firstColumn(trials).tokens).toStrictEqual({ input: 10, output: 5, estimated: true, uncounted: 1 })
  })

  it('counts cells that were refused in the end, by the model or by a filter before it', () => {
    const refusal = makeTrial({ response: { isRefusal: true }, outcome: 'failed' })
    const filtered = makeErrored('blocked')
    const tries = filtered.attempts.map((attempt) => ({
      ...attempt,
      failure: { kind: 'refused', message: 'blocked' } as const,
    }))
    const talkedRound = makeTrial({ attempts: [...tries, ...makeTrial().attempts] })
    const trials = [refusal, { ...filtered, attempts: tries }, talkedRound, makeErrored('down')]
    expect(firstColumn(trials)).toMatchObject({ cells: 4, refused: 2 })
    expect(firstColumn([makeTrial()])).toMatchObject({ refused: 0 })
  })

  it('misses the price of a call that failed and was billed all the same', () => {
    const [failed] = makeErrored('cut off').attempts
    if (failed === undefined) throw new Error('no attempt')
    const billed = { ...failed, usage: { input: 10, output: 1 } }
    const analysis = analyze([makeTrial(), { ...makeErrored('cut off'), attempts: [billed] }])
    expect(analysis).toMatchObject({ spentUsd: 'unknown', columns: [{ costUsd: 'unknown' }, {}] })
  })

  it('tells calls made, replayed and retried apart, and spends nothing on a replayed one', () => {
    const replied = makeTrial({ costUsd: 0.5 })
    const [attempt] = replied.attempts
    const [failed] = makeErrored('429').attempts
    if (!attempt || !failed) throw new Error('no attempt')
    const replayed = { ...attempt, reply: { cached: true } }
    const called = { ...attempt, request: { prompt: 'x' }, reply: { output: 'x' } }
    const again = { ...attempt, retry: 1 }
    const analyzer = createAnalyzer({ runId: 'r', columns: COLUMNS, planned: 2 })
    addAll(analyzer, [
      { ...replied, attempts: [failed, again] },
      { ...replied, attempts: [replayed] },
    ])
    analyzer.addCall({ v: 1, kind: 'call', cellId: 'x', role: 'grader', attempt: 0, result: called })
    // Of a cell that was left out: there is no trial to count it by.
    analyzer.addCall({ v: 1, kind: 'call', cellId: 'x', role: 'model', attempt: 0, result: called })
    expect(analyzer.finish()).toMatchObject({ calls: { made: 4, replayed: 1, retried: 1 }, spentUsd: 1.5 })
  })

  it('counts tags, and names the cases that failed', () => {
    const metadata = { tags: ['critical', 'german'] }
    const { tags } = analyze([
      makeTrial({ cell: { caseId: 'b', metadata }, outcome: 'failed' }),
      makeTrial({ cell: { caseId: 'a', metadata }, outcome: 'failed' }),
      makeTrial({ cell: { caseId: 'a', metadata, repeat: 1 } }),
      makeErrored('down', { caseId: 'c', metadata: { tags: 'critical' } }),
    ])
    expect(tags?.map(({ tag }) => tag)).toStrictEqual(['critical', 'german'])
    expect(tags?.[0]?.columns).toStrictEqual([
      { prompt: 'zero-shot', provider: 'flash', passed: 1, failed: 2, errored: 1, failing: ['a', 'b'] },
    ])
  })

  it('takes errors that differ by an id for one, and counts every errored cell', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      makeErrored(`kind ${'x'.repeat(i)}`, { caseId: `k${i}` }),
    )
    const { errors } = analyze([
      makeErrored('503 (request 4f2a9c3e8b71d0aa)'),
      makeErrored('503 (request 9911aa22bb33cc44)'),
      ...many,
    ])
    expect(errors[0]).toStrictEqual({ message: '503 (request …)', count: 2 })
    expect(errors.at(-1)).toStrictEqual({ message: '11 other messages', count: 11 })
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(62)
  })
})

describe('the worst cases', () => {
  const failing = (caseId: string, line: number, prompt: string, repeat: number): Trial =>
    makeTrial({
      cell: { caseId, prompt, repeat, source: { file: 'a.csv', line } },
      outcome: 'failed',
      checks: [{ type: 'equals', pass: false, score: 0, reason: `${prompt} ${repeat}` }],
    })

  it('are those that failed most, then in the order of the file', () => {
    const { worst } = analyze([
      failing('late', 9, 'zero-shot', 0),
      failing('early', 3, 'zero-shot', 0),
      failing('twice', 5, 'zero-shot', 1),
      failing('twice', 5, 'few-shot', 0),
      makeTrial({ cell: { caseId: 'fine' } }),
      makeErrored('down', { caseId: 'broken' }),
    ])
    expect(worst.map(({ caseId }) => caseId)).toStrictEqual(['twice', 'early', 'late', 'broken'])
    expect(worst[0]).toMatchObject({
      failed: 2,
      scored: 2,
      reason: 'zero-shot 1',
      columns: [
        { prompt: 'zero-shot', provider: 'flash', failed: 1, of: 1 },
        { prompt: 'few-shot', provider: 'flash', failed: 1, of: 1 },
      ],
    })
    expect(worst[3]).toMatchObject({ failed: 0, errored: 1, scored: 0, reason: 'down', columns: [] })
  })

  it('give the reason of the member of an assert-set that failed', () => {
    const member = { type: 'equals', pass: false, score: 0, reason: 'expected A, got B' }
    const set = {
      type: 'assert-set',
      pass: false,
      score: 0,
      reason: 'Aggregate score 0 < 1',
      members: [member],
    }
    const { worst } = analyze([makeTrial({ outcome: 'failed', checks: [set] })])
    expect(worst[0]?.reason).toBe('expected A, got B')
  })

  it('are 50 at most, and quote no more than a few hundred characters', () => {
    const trials = Array.from({ length: 80 }, (_, i) =>
      makeTrial({
        cell: { caseId: `c${i}`, description: '😀'.repeat(5000) },
        outcome: 'failed',
        reason: 'z'.repeat(10_000),
      }),
    )
    const { worst } = analyze(trials)
    expect(worst).toHaveLength(50)
    for (const { reason, description = '' } of worst) {
      expect(reason.length).toBeLessThanOrEqual(300)
      expect(description.length).toBeLessThanOrEqual(300)
      expect(description.isWellFormed()).toBe(true)
    }
  })
})

describe('what a run took', () => {
  const call = (parts: Partial<Call>, costUsd: Cost, usage?: Usage): Call => ({
    v: 1,
    kind: 'call',
    cellId: 'x',
    role: 'model',
    attempt: 0,
    ...parts,
    result: {
      request: { prompt: 'x' },
      reply: { output: 'x' },
      timing: { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true },
      ...(usage && { usage }),
      costUsd,
    },
  })
  const spent = (calls: readonly Call[], options: Partial<AnalyzerOptions> = {}): Analysis => {
    const analyzer = createAnalyzer({ runId: 'r', columns: COLUMNS, planned: 1, ...options })
    for (const each of calls) analyzer.addCall(each)
    return analyzer.finish()
  }

  it('is told apart by what it was for: first tries, feedback, graders; and all together', () => {
    const { spending, spentUsd } = spent([
      call({}, 0.1, { input: 10, output: 1, cacheRead: 50 }),
      call({ retry: 1 }, 0.1, { input: 10, output: 1 }),
      call({ attempt: 1 }, 0.2, { input: 20, output: 2 }),
      call({ role: 'grader' }, 0.5, { input: 100, output: 4 }),
      call({ role: 'grader', attempt: 1 }, 0.25, { input: 50, output: 2, cacheWrite: 7 }),
    ])
    expect(spentUsd).toBe(1.15)
    expect(spending).toStrictEqual({
      total: {
        calls: 5,
        tokens: { input: 190, output: 10, cacheRead: 50, cacheWrite: 7 },
        costUsd: 1.15,
      },
      firstTries: { calls: 2, tokens: { input: 20, output: 2, cacheRead: 50 }, costUsd: 0.2 },
      feedback: { calls: 1, tokens: { input: 20, output: 2 }, costUsd: 0.2 },
      graders: { calls: 2, tokens: { input: 150, output: 6, cacheWrite: 7 }, costUsd: 0.75 },
    })
  })

  it('is unknown where one price is, and the known part of it is told', () => {
    const { spending, spentUsd } = spent([
      call({}, 0.1, { input: 10, output: 1 }),
      call({ role: 'grader' }, 0.5, { input: 10, output: 1 }),
      call({ role: 'grader' }, 'unknown'),
    ])
    expect(spentUsd).toBe('unknown')
    expect(spending?.graders).toStrictEqual({
      calls: 2,
      tokens: { input: 10, output: 1, uncounted: 1 },
      costUsd: 'unknown',
      atLeastUsd: 0.5,
    })
    expect(spending?.total).toMatchObject({ costUsd: 'unknown', atLeastUsd: 0.6 })
    expect(spending?.firstTries?.costUsd).toBe(0.1)
  })

  it('has no replayed call in it, nor one that is answered from another run', () => {
    const replayed = call({ role: 'grader' }, 0.5)
    const { reply, ...result } = replayed.result
    const cached = { ...replayed, result: { ...result, reply: { output: reply?.output, cached: true } } }
    const isMade = ({ role }: Call): boolean => role === 'grader'
    const analysis = spent([call({}, 0.1), cached, call({ role: 'grader' }, 0.3)], { isMade })
    expect(analysis).toMatchObject({ spentUsd: 0.3, calls: { made: 1, replayed: 2, retried: 0 } })
    expect(Object.keys(analysis.spending ?? {})).toStrictEqual(['total', 'graders'])
    expect(spent([cached])).toMatchObject({ spentUsd: 0, calls: { made: 0, replayed: 1 } })
    expect(spent([cached])).not.toHaveProperty('spending')
  })

  it('adds up over the runs that belong to one', () => {
    const tally = new SpendingTally()
    const parts = [
      spent([call({}, 0.1, { input: 10, output: 1, cacheWrite: 3 })]),
      spent([call({ role: 'grader' }, 'unknown'), call({ role: 'grader' }, 0.2)]),
    ]
    for (const { spending } of parts) if (spending !== undefined) tally.add(spending)
    expect(tally.finish()).toStrictEqual({
      total: {
        calls: 3,
        tokens: { input: 10, output: 1, cacheWrite: 3, uncounted: 2 },
        costUsd: 'unknown',
        atLeastUsd: expect.closeTo(0.3, 12) as number,
      },
      firstTries: { calls: 1, tokens: { input: 10, output: 1, cacheWrite: 3 }, costUsd: 0.1 },
      graders: {
        calls: 2,
        tokens: { input: 0, output: 0, uncounted: 2 },
        costUsd: 'unknown',
        atLeastUsd: 0.2,
      },
    })
  })
})

it('gives the same bytes in whatever order trials finish', () => {
  const trials = Array.from({ length: 120 }, (_, i) => {
    const cell = {
      caseId: `c${i % 10}`,
      prompt: i % 2 === 0 ? 'zero-shot' : 'few-shot',
      repeat: Math.floor(i / 10),
      metadata: { tags: [`t${i % 3}`] },
    }
    if (i % 17 === 0) return makeErrored(`error ${i % 4}`, cell)
    const failed = i % 5 < 2
    return makeTrial({
      cell,
      outcome: failed ? 'failed' : 'passed',
      score: 1 / (i + 3),
      namedScores: { [`m${i % 4}`]: Math.sin(i), all: 1 / (i + 7) },
      latencyMs: 100 * Math.abs(Math.cos(i)),
      costUsd: 0.1 / (i + 1),
      reason: failed ? `reason ${i}` : '',
    })
  })
  const expected = JSON.stringify(analyze(trials))
  fc.assert(
    fc.property(fc.shuffledSubarray(trials, { minLength: trials.length }), (shuffled) => {
      expect(JSON.stringify(analyze(shuffled))).toBe(expected)
    }),
    { seed: 11, numRuns: 50 },
  )
})

it('can be asked while the run goes on', () => {
  const analyzer = createAnalyzer({ runId: 'r', columns: COLUMNS, planned: 2 })
  analyzer.add(makeTrial())
  expect(analyzer.finish().cells).toMatchObject({ finished: 1, absent: 1 })
  analyzer.add(makeTrial({ cell: { caseId: 'c2' }, outcome: 'failed' }))
  expect(analyzer.finish()).toMatchObject({
    cells: { finished: 2, absent: 0 },
    columns: [{ passRate: 0.5 }, {}],
  })
})
