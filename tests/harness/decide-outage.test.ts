import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../harness/analyze/analyzer.ts'
import { decide } from '../../harness/decide.ts'
import type { Incomplete, IncompleteCause } from '../../harness/model/incomplete.ts'
import type { Trial } from '../../harness/model/trial.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { makeErrored, makeTrial } from './analyze/make-trial.ts'

const UP = { prompt: 'zero-shot', provider: 'flash' }
const DOWN = { prompt: 'zero-shot', provider: 'sonnet' }

/** `passed` of `n` cells of a column pass. */
function cells(column: typeof UP, passed: number, n: number): Trial[] {
  return Array.from({ length: n }, (_, i) =>
    makeTrial({ cell: { ...column, caseId: `c${i}` }, outcome: i < passed ? 'passed' : 'failed' }),
  )
}

function lost(cells: number, cause: IncompleteCause = 'outage'): Incomplete {
  return { cause, account: 'anthropic', cells, message: '503 overloaded', columns: [DOWN] }
}

function verdictOf(
  trials: readonly Trial[],
  incomplete: readonly Incomplete[],
  gate?: Record<string, unknown>,
): Verdict {
  const planned = trials.length + incomplete.reduce((sum, { cells }) => sum + cells, 0)
  const analyzer = createAnalyzer({ runId: 'r', columns: [UP, DOWN], planned })
  for (const trial of trials) analyzer.add(trial)
  return decide({ gate }, analyzer.finish(), incomplete)
}

const FLOOR = { floors: { pass: 0.8 } }
const NEUTRAL = { ...FLOOR, onUnavailable: 'neutral' }

describe('a run in which an account was not available', () => {
  it('has no verdict on the change, and says first which account, in its words', () => {
    const verdict = verdictOf(cells(UP, 10, 10), [lost(10)], FLOOR)
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons).toStrictEqual([
      'No verdict on your change. anthropic: 503 overloaded. 10 of 20 planned cells did not finish.',
    ])
  })

  it.each(['outage', 'credit', 'auth'] as const)('breaks no floor where it was not measured: %s', (cause) => {
    const { gates } = verdictOf(cells(UP, 10, 10), [lost(10, cause)], FLOOR)
    expect(gates.map(({ column, result }) => [column, result])).toStrictEqual([
      ['zero-shot × flash', 'pass'],
      ['zero-shot × sonnet', 'not_measured'],
    ])
  })

  it('breaks no floor with the part of a column that was measured, and shows its figure', () => {
    const verdict = verdictOf([...cells(UP, 10, 10), ...cells(DOWN, 1, 4)], [lost(6)], FLOOR)
    expect(verdict.gates[1]).toMatchObject({ result: 'not_measured', observed: 0.25 })
    expect(verdict.reasons.join()).not.toContain('below its floor')
  })

  it('still says what broke in the columns that were measured', () => {
    const verdict = verdictOf(cells(UP, 1, 10), [lost(10)], FLOOR)
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[1]).toBe('zero-shot × flash: pass is 10.0%, below its floor of 80.0%.')
  })

  it('is not measured either without a gate, whatever failed elsewhere', () => {
    expect(verdictOf(cells(UP, 10, 10), [lost(10)])).toMatchObject({ decision: 'invalid', exitCode: 3 })
    const verdict = verdictOf(cells(UP, 9, 10), [lost(10)])
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(verdict.reasons[0]).toMatch(/^No verdict on your change/)
  })

  it('is not judged by the errors of that account', () => {
    const errors = Array.from({ length: 5 }, (_, i) => makeErrored('503', { ...DOWN, caseId: `e${i}` }))
    const { reasons } = verdictOf([...cells(UP, 10, 10), ...errors], [lost(5)], FLOOR)
    expect(reasons.join()).not.toContain('maxErrorRate')
    const others = Array.from({ length: 5 }, (_, i) => makeErrored('400', { ...UP, caseId: `e${i}` }))
    const judged = verdictOf([...cells(UP, 10, 10), ...others], [lost(5)], NEUTRAL)
    expect(judged).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(judged.reasons[1]).toContain('5 of 15 cells errored (33.3%), more than the 10.0% allowed')
  })
})

describe('onUnavailable: neutral', () => {
  it('exits 0 and still claims no verdict', () => {
    const verdict = verdictOf(cells(UP, 10, 10), [lost(10)], NEUTRAL)
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 0 })
    expect(verdict.reasons[0]).toMatch(/^No verdict on your change/)
  })

  it('does so when no account answered at all', () => {
    expect(verdictOf([], [lost(20, 'auth')], NEUTRAL)).toMatchObject({ decision: 'invalid', exitCode: 0 })
  })

  it('blocks when a column that was measured breaks a limit, and says so first', () => {
    const verdict = verdictOf(cells(UP, 1, 10), [lost(10)], NEUTRAL)
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons).toStrictEqual([
      'zero-shot × flash: pass is 10.0%, below its floor of 80.0%.',
      'No verdict on your change. anthropic: 503 overloaded. 10 of 20 planned cells did not finish.',
    ])
  })

  it('blocks on a case that must pass and failed, before its account was lost: no other cell mends that', () => {
    const critical = makeTrial({ cell: { ...DOWN, metadata: { tags: ['critical'] } }, outcome: 'failed' })
    const gate = { mustPass: { tag: 'critical' }, ship: [DOWN], onUnavailable: 'neutral' }
    expect(verdictOf([critical], [lost(9)], gate)).toMatchObject({ decision: 'block', exitCode: 1 })
    const passed = { ...critical, outcome: 'passed' } as const
    expect(verdictOf([passed], [lost(9)], gate)).toMatchObject({
      exitCode: 0,
      gates: [{ result: 'not_measured' }],
    })
  })

  it.each(['budget', 'missing'] as const)(
    'forgives no cell that is absent for another cause: %s',
    (cause) => {
      const other = { cause, cells: 1, message: 'x' }
      const verdict = verdictOf(cells(UP, 10, 10), [lost(10), other], NEUTRAL)
      expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
      expect(verdictOf(cells(UP, 10, 10), [other], NEUTRAL)).toMatchObject({ exitCode: 3 })
    },
  )

  it('forgives no column that is missing from the run altogether', () => {
    const gate = { ...NEUTRAL, ship: [{ prompt: 'gone' }] }
    expect(verdictOf(cells(UP, 10, 10), [lost(10)], gate)).toMatchObject({ exitCode: 3 })
  })

  it('alone is no gate: any failed cell blocks', () => {
    const gate = { onUnavailable: 'neutral' }
    expect(verdictOf(cells(UP, 9, 10), [], gate)).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdictOf(cells(UP, 9, 10), [lost(10)], gate)).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdictOf(cells(UP, 10, 10), [lost(10)], gate)).toMatchObject({ exitCode: 0 })
  })

  it('changes nothing for a run that has all its cells', () => {
    const trials = [...cells(UP, 10, 10), ...cells(DOWN, 10, 10)]
    expect(verdictOf(trials, [], NEUTRAL)).toMatchObject({ decision: 'pass', exitCode: 0 })
  })
})

it('a run whose budget was reached is invalid, and the limits it broke are told of', () => {
  const budget = { cause: 'budget', cells: 10, message: 'the budget of $1 is used up' } as const
  const verdict = verdictOf(cells(UP, 1, 10), [budget], FLOOR)
  expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
  expect(verdict.reasons[0]).toBe('The budget of $1 is used up. 10 of 20 planned cells did not finish.')
})
