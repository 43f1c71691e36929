import { describe, expect, it } from 'vitest'
import { COLUMN, LEANING, metric, NO_WORSE, REGRESSION, verdictOf } from './gate/compared.ts'

describe('a comparison that gates', () => {
  it('passes what is proven to be no worse, and says so first', () => {
    const verdict = verdictOf()
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict).not.toHaveProperty('inconclusive')
    expect(verdict.gates[0]).toStrictEqual({
      name: 'no worse: pass',
      column: 'few-shot × sonnet',
      metric: 'pass',
      result: 'pass',
      threshold: -0.05,
      observed: 0.004,
      interval: [-0.021, 0.029],
      figure: 'difference',
      comparison: 'no_worse',
      detectable: 0.09,
      needs: NO_WORSE.needs,
    })
    expect(verdict.reasons[0]).toMatch(/^few-shot × sonnet is no worse/)
    expect(verdict.reasons.at(-1)).toBe(
      'No limit of the gate was broken. 4 of 20 cells failed, which alone does not block.',
    )
  })

  it('blocks a regression, before all else that is wrong', () => {
    const gate = { ship: [COLUMN], metrics: ['pass'], floors: { pass: 0.9 } }
    const verdict = verdictOf({ gate, compared: { metrics: [REGRESSION] } })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons).toEqual([
      expect.stringMatching(/^few-shot × sonnet got worse: pass fell by 8.0 points/),
      'few-shot × sonnet: pass is 80.0%, below its floor of 90.0%.',
    ])
    expect(verdict.gates.map(({ result }) => result)).toEqual(['fail', 'pass', 'fail'])
  })

  it('warns of a likely one, with what would settle it, and passes one of which there is no sign', () => {
    const leaning = verdictOf({ compared: { metrics: [{ ...LEANING, column: COLUMN }] } })
    expect(leaning).toMatchObject({
      decision: 'warn',
      exitCode: 0,
      inconclusive: true,
      gates: [{ result: 'warn', comparison: 'inconclusive', signal: 'leaning_worse' }, {}],
    })
    expect(leaning.reasons[0]).toContain('240 cases, or 100 × 3 repeats, would settle a 10-point drop')
    const none = verdictOf({ compared: { metrics: [metric()] } })
    expect(none).toMatchObject({ decision: 'pass', exitCode: 0, inconclusive: true })
    expect(none.gates[0]).toMatchObject({ result: 'pass', signal: 'no_signal' })
    expect(none.reasons[0]).toContain('drops over 5 points are not ruled out')
  })

  it('is not held up by a column or a metric that only informs', () => {
    const informs = { ...REGRESSION, gates: false, column: { prompt: 'few-shot', provider: 'flash' } }
    const verdict = verdictOf({ compared: { metrics: [informs, { ...informs, metric: 'tone' }, NO_WORSE] } })
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict.gates.map(({ name }) => name)).toEqual(['no worse: pass', 'broken cases'])
  })

  it('without a margin shows none, and still blocks a regression', () => {
    const verdict = verdictOf({ compared: { margin: null, metrics: [{ ...REGRESSION, guard: null }] } })
    expect(verdict).toMatchObject({ decision: 'block', gates: [{ threshold: 'no margin' }, {}] })
  })

  it('is invalid where a metric that gates could not be compared', () => {
    const tone = {
      metric: 'tone',
      column: COLUMN,
      gates: true,
      reason: 'a score of it is 1.7, outside [0, 1]',
    }
    const verdict = verdictOf({ compared: { uncompared: [tone] } })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toBe(
      'few-shot × sonnet: tone could not be compared with the baseline: a score of it is 1.7, outside [0, 1].',
    )
    expect(verdictOf({ compared: { uncompared: [{ ...tone, gates: false }] } }).decision).toBe('pass')
  })

  it('of nothing that gates is invalid: it would let all pass', () => {
    const verdict = verdictOf({ compared: { metrics: [{ ...NO_WORSE, gates: false }] } })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toBe(
      'Nothing that gates could be compared with the baseline (suites/sentiment/baseline.json).',
    )
  })

  it('says one sentence for all metrics of a column that are proven', () => {
    const metrics = [NO_WORSE, { ...NO_WORSE, metric: 'tone' }, { ...NO_WORSE, metric: 'format' }]
    expect(verdictOf({ compared: { metrics } }).reasons[0]).toBe(
      'few-shot × sonnet is no worse: by less than 5 points in pass, tone and format, proven.',
    )
  })

  it('gates against a column of the same run by its own name', () => {
    const metrics = [{ ...REGRESSION, against: { prompt: 'zero-shot', provider: 'sonnet' } }]
    expect(verdictOf({ compared: { metrics } }).reasons[0]).toContain('(against zero-shot × sonnet)')
  })
})

describe('errors in one arm', () => {
  it.each([
    [{ base: 0, candidate: 0.05 }, 'pass'],
    [{ base: 0.03, candidate: 0.08 }, 'pass'],
    [{ base: 0, candidate: 0.0501 }, 'invalid'],
    [{ base: 0.0501, candidate: 0 }, 'invalid'],
    [{ base: 0.1, candidate: 0.1 }, 'pass'],
    [{ base: 0.101, candidate: 0.1 }, 'invalid'],
    [{ base: 0.1, candidate: 0.101 }, 'invalid'],
  ])('leave %o a comparison that is: %s', (errors, decision) => {
    expect(verdictOf({ compared: { errors } }).decision).toBe(decision)
  })

  it('are told for both, and no regression is claimed on them', () => {
    const verdict = verdictOf({
      compared: { errors: { base: 0.01, candidate: 0.08 }, metrics: [REGRESSION] },
    })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons).toEqual([
      "8.0% of the run's cells errored, and 1.0% of the baseline's: more than 5 points apart, the two cannot be compared.",
    ])
    expect(verdict.gates[0]).toMatchObject({ result: 'not_measured', observed: -0.08 })
  })
})

describe('drift', () => {
  const part = (delta: number): { delta: number; interval: [number, number]; pWorse: number } => ({
    delta,
    interval: [delta - 0.02, delta + 0.02],
    pWorse: 0.01,
  })
  const drift = [
    { column: COLUMN, metric: 'pass', model: part(-0.03), change: part(-0.01) },
    { column: { prompt: 'few-shot', provider: 'flash' }, metric: 'pass', model: part(-0.5), change: part(0) },
  ]

  it('of what gates is told right behind what it explains', () => {
    const { reasons } = verdictOf({ compared: { drift, metrics: [REGRESSION] } })
    expect(reasons).toEqual([
      expect.stringContaining('got worse'),
      'few-shot × sonnet: since the baseline was made the model drifted −3.0 points in pass; your change accounts for −1.0.',
    ])
  })

  it('alone changes no verdict', () => {
    expect(verdictOf({ compared: { drift } })).toMatchObject({ decision: 'pass', exitCode: 0 })
  })
})

describe('a column that an account kept from being measured', () => {
  const incomplete = [
    { cause: 'outage', account: 'a', cells: 5, message: '503 overloaded', columns: [COLUMN] },
  ] as const

  it('is no regression, whatever its part that was measured shows', () => {
    const verdict = verdictOf({
      planned: 25,
      incomplete,
      compared: { metrics: [REGRESSION], errors: { base: 0, candidate: 0.5 } },
      gate: { ship: [COLUMN], metrics: ['pass'], onUnavailable: 'neutral' },
      options: { strict: true },
    })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 0 })
    expect(verdict.gates[0]).toMatchObject({ result: 'not_measured', observed: -0.08 })
    expect(verdict.reasons.join()).not.toContain('got worse')
    expect(verdict).not.toHaveProperty('inconclusive')
  })

  it('takes nothing from another that regressed', () => {
    const flash = { prompt: 'few-shot', provider: 'flash' }
    const verdict = verdictOf({
      planned: 25,
      incomplete,
      compared: { metrics: [REGRESSION, { ...REGRESSION, column: flash, against: flash }] },
      gate: { metrics: ['pass'], onUnavailable: 'neutral' },
    })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons[0]).toMatch(/^few-shot × flash got worse/)
  })
})

describe('a run that stopped early', () => {
  const incomplete = [{ cause: 'decided', cells: 10, message: 'the gate had decided' }] as const
  const sequential = { stopped: true, casesUsed: 10, casesPlanned: 15, callsSaved: 10 }

  it('is no worse for the cells it did not need, and says what it saved', () => {
    const verdict = verdictOf({ planned: 30, incomplete, compared: { sequential } })
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict.reasons).toContain(
      'The gate had decided after 10 of 15 cases, so the run stopped there: 10 calls were saved.',
    )
  })

  it('is invalid when anything else is missing, and where no comparison was made for it', () => {
    const budget = { cause: 'budget', cells: 1, message: 'the budget is used up' } as const
    const both = verdictOf({ planned: 31, incomplete: [...incomplete, budget], compared: { sequential } })
    expect(both).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(both.reasons[0]).toBe('The budget is used up. 1 of 31 planned cells did not finish.')
    expect(verdictOf({ planned: 30, incomplete }).decision).toBe('invalid')
    expect(verdictOf({ planned: 30, incomplete, compared: null }).decision).toBe('invalid')
  })
})
