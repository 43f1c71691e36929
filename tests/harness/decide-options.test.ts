import { describe, expect, it } from 'vitest'
import { makeErrored, makeTrial } from './analyze/make-trial.ts'
import { COLUMN, LEANING, metric, NO_WORSE, REGRESSION, verdictOf } from './gate/compared.ts'

describe('without a baseline', () => {
  it('floors and tags that must pass decide, and the next command is told', () => {
    const verdict = verdictOf({ compared: null })
    expect(verdict).toMatchObject({ decision: 'no_baseline', exitCode: 0, gates: [] })
    expect(verdict.reasons).toEqual([
      'No limit of the gate was broken, and there is no baseline to compare with: `assay accept RUN` makes a run the baseline of the next. 4 of 20 cells failed, which alone does not block.',
    ])
    const gate = { ship: [COLUMN], margin: 0.05, floors: { pass: 0.9 } }
    expect(verdictOf({ compared: null, gate })).toMatchObject({ decision: 'block', exitCode: 1 })
  })

  it('that was asked for, a gate of floors alone has none either; one that was not wanted is not missed', () => {
    const gate = { ship: [COLUMN], floors: { pass: 0.8 } }
    expect(verdictOf({ compared: null, gate }).decision).toBe('pass')
    expect(verdictOf({ compared: null, gate, options: { baselineExpected: true } }).decision).toBe(
      'no_baseline',
    )
    expect(verdictOf({ compared: null, options: { baselineExpected: false } }).decision).toBe('pass')
  })

  it('limits on a ratio are shown as not measured, and need nothing', () => {
    const verdict = verdictOf({ compared: null, gate: { ship: [COLUMN], latency: { ratio: 1.2 } } })
    expect(verdict).toMatchObject({ decision: 'no_baseline', gates: [{ result: 'not_measured' }] })
  })

  it('what else it warns of is told first', () => {
    const trials = Array.from({ length: 19 }, (_, i) => makeTrial({ cell: { ...COLUMN, caseId: `c${i}` } }))
    const errored = makeErrored('503', { ...COLUMN, caseId: 'e' })
    const verdict = verdictOf({ compared: null, trials: [...trials, errored] })
    expect(verdict.decision).toBe('no_baseline')
    expect(verdict.reasons[0]).toBe('1 of 20 cells errored: they count as missing, not as failed.')
  })
})

describe('a suite without a gate', () => {
  const gate = { onUnavailable: 'fail' }

  it('keeps to failed cells, whatever baseline lies there', () => {
    const verdict = verdictOf({ gate })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1, gates: [] })
  })

  it('is gated on the baseline that was asked for, and no longer on failed cells', () => {
    const options = { baselineExpected: true }
    expect(verdictOf({ gate, options })).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdictOf({ gate, options, compared: { metrics: [REGRESSION] } })).toMatchObject({
      decision: 'block',
      exitCode: 1,
    })
  })

  it('still needs every cell to pass where that baseline is not there yet', () => {
    const verdict = verdictOf({ gate, compared: null, options: { baselineExpected: true } })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
  })

  it('lets cells fail under `--fail-on floor`', () => {
    const verdict = verdictOf({ gate, compared: null, options: { failOn: 'floor' } })
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict.reasons).toEqual(['4 of 20 cells failed, which alone does not block.'])
  })
})

describe('--fail-on', () => {
  const gate = { ship: [COLUMN], metrics: ['pass'], floors: { pass: 0.9 }, cost: { usdPerCase: 0.0001 } }
  const metrics = [REGRESSION]

  it('any: a failed cell blocks, gate or not', () => {
    const verdict = verdictOf({ options: { failOn: 'any' } })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons[0]).toBe('4 of 20 cells failed; `--fail-on any` lets none fail.')
  })

  it('floor: all but floors and tags that must pass only warns', () => {
    const options = { failOn: 'floor' } as const
    const held = verdictOf({ gate: { ...gate, floors: { pass: 0.8 } }, compared: { metrics }, options })
    expect(held).toMatchObject({ decision: 'warn', exitCode: 0 })
    expect(held.reasons.slice(0, 2)).toEqual([
      expect.stringContaining('got worse'),
      expect.stringContaining('a case costs'),
    ])
    const broke = verdictOf({ gate, compared: { metrics }, options })
    expect(broke).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(broke.reasons[0]).toContain('below its floor')
    const errors = { base: 0, candidate: 0.09 }
    expect(verdictOf({ compared: { errors }, options }).decision).toBe('warn')
  })

  it('none: a block is told and exits 0, an invalid run still exits 3', () => {
    const options = { failOn: 'none', strict: true } as const
    expect(verdictOf({ gate, compared: { metrics }, options })).toMatchObject({
      decision: 'block',
      exitCode: 0,
    })
    expect(verdictOf({ compared: { metrics: [metric()] }, options })).toMatchObject({ exitCode: 0 })
    expect(verdictOf({ planned: 99, options })).toMatchObject({ decision: 'invalid', exitCode: 3 })
  })
})

describe('--strict', () => {
  const options = { strict: true }

  it.each([
    ['a likely regression', [{ ...LEANING, column: COLUMN }], 4],
    ['no sign of one', [metric()], 4],
    ['one inconclusive metric of two', [NO_WORSE, metric({ metric: 'tone' })], 4],
    ['all proven', [NO_WORSE], 0],
    ['a regression too', [REGRESSION, metric({ metric: 'tone' })], 1],
    ['one that only informs', [NO_WORSE, metric({ metric: 'tone', gates: false })], 0],
  ])('%s', (_, metrics, exitCode) => {
    expect(verdictOf({ compared: { metrics }, options }).exitCode).toBe(exitCode)
  })

  it('goes behind an invalid run', () => {
    expect(verdictOf({ compared: { metrics: [metric()] }, planned: 30, options }).exitCode).toBe(3)
  })

  it('does not fail a run for want of a baseline', () => {
    expect(verdictOf({ compared: null, options })).toMatchObject({ decision: 'no_baseline', exitCode: 0 })
  })
})
