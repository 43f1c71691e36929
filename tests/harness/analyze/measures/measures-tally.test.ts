import { describe, expect, it } from 'vitest'
import { MeasuresTally } from '../../../../harness/analyze/measures/measures-tally.ts'
import type { Evidence } from '../../../../harness/model/evidence.ts'
import type { Measure } from '../../../../harness/model/measure.ts'
import type { CheckResult, Trial } from '../../../../harness/model/trial.ts'
import { makeErrored, makeTrial } from '../make-trial.ts'

function check(evidence: Evidence, more: Partial<CheckResult> = {}): CheckResult {
  return { type: 'javascript', pass: true, score: 1, reason: '', evidence, ...more }
}

const claims = (supported: number, more: Partial<CheckResult> = {}): CheckResult =>
  check({ kind: 'claims', claims: 4, supported }, more)

function trial(caseId: string, checks: readonly CheckResult[], document = caseId): Trial {
  return makeTrial({ cell: { caseId, vars: { document } }, checks })
}

function rateOf(trials: readonly Trial[], cluster?: string): Measure | undefined {
  const tally = new MeasuresTally(cluster)
  for (const one of trials) tally.add(one)
  return tally.finish()[0]?.measures.find(({ name }) => name === 'hallucination_rate')
}

describe('the measures of a column', () => {
  it('are apart for each check, by its metric, else by the kind of its evidence, in the order of names', () => {
    const tally = new MeasuresTally()
    tally.add(trial('a', [claims(4, { metric: 'summary' }), claims(3)]))
    tally.add(trial('b', [claims(2, { metric: 'summary' })]))
    expect(tally.finish().map(({ check: name }) => name)).toEqual(['claims', 'summary'])
  })

  it('count members of a set, and not what an errored trial saw', () => {
    const set: CheckResult = { type: 'assert-set', pass: true, score: 1, reason: '', members: [claims(3)] }
    const errored = { ...makeErrored('503', { caseId: 'b' }), checks: [claims(0)] }
    expect(rateOf([trial('a', [set]), errored])?.value).toBeCloseTo(0.25, 12)
  })

  it('are none for a kind of a later version', () => {
    const tally = new MeasuresTally()
    tally.add(trial('a', [check({ kind: 'horoscope' } as unknown as Evidence)]))
    expect(tally.finish()).toEqual([])
  })

  it('take the cases of a cluster for one: their interval is wider, their value the same', () => {
    // Whole documents are right or wrong: 40 cases of 8 documents tell little more than 8 cases.
    const trials = Array.from({ length: 40 }, (_, i) =>
      trial(`c${i}`, [claims(i % 8 < 3 ? 0 : 4)], `d${i % 8}`),
    )
    const [apart, together] = [rateOf(trials), rateOf(trials, 'vars.document')]
    expect(together?.value).toBe(apart?.value)
    const width = (of: Measure | undefined): number => (of?.interval?.hi ?? 0) - (of?.interval?.lo ?? 0)
    expect(width(together)).toBeGreaterThan(1.5 * width(apart))
  })
})
