import { describe, expect, it } from 'vitest'
import type { Observation } from '../../../harness/analyze/paired/observation.ts'
import { ScoreTable } from '../../../harness/analyze/paired/score-table.ts'
import { StopRule } from '../../../harness/reruns/stop-rule.ts'
import { makeRandom } from '../../../harness/stats/random.ts'

const COLUMN = { prompt: 'p', provider: 'm' }

function cell(caseId: string, pass: number | null, repeat = 0): Observation {
  return {
    ...COLUMN,
    caseId,
    repeat,
    scores: pass === null ? null : { pass },
    latencyMs: null,
    costUsd: null,
    copied: false,
    outputKey: 0,
    info: () => ({ id: caseId, tags: [], slices: {}, checksHash: '' }),
    text: () => ({ checks: [], reason: '' }),
    output: () => undefined,
  }
}

const idsOf = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`)

function ruleOf(
  n: number,
  before: (i: number) => number,
  over: { repeats?: number; margin?: number | null; mustPass?: readonly string[] } = {},
): StopRule {
  const { repeats = 1, margin = 0.05, mustPass = [] } = over
  const base = new ScoreTable([COLUMN])
  const order = idsOf(n)
  for (const [i, id] of order.entries())
    for (let repeat = 0; repeat < repeats; repeat++) base.add(cell(id, before(i), repeat))
  return new StopRule({
    watched: [{ column: COLUMN, against: COLUMN, metric: 'pass' }],
    base,
    order,
    cellsOf: new Map(order.map((id) => [id, repeats])),
    mustPass: new Set(mustPass),
    isSingle: repeats === 1,
    alpha: 0.05,
    margin,
  })
}

describe('the rule by which a run stops early', () => {
  it('counts cases in the order of the plan, however they end', () => {
    const rule = ruleOf(4, () => 1)
    for (const id of ['c2', 'c3', 'c1']) rule.add(cell(id, 0))
    expect(rule.used).toBe(0)
    rule.add(cell('c0', 0))
    expect(rule.counted).toEqual(['c0', 'c1', 'c2', 'c3'])
  })

  it('counts a case once all its repeats have ended, errored ones included', () => {
    const rule = ruleOf(2, () => 1, { repeats: 2 })
    rule.add(cell('c0', 1, 1))
    expect(rule.used).toBe(0)
    rule.add(cell('c0', null, 0))
    expect(rule.used).toBe(1)
  })

  it('stops for a drop as soon as the e-value is 40, and not one case before', () => {
    const rule = ruleOf(100, () => 1)
    let fell = 0
    // 2^(b+1) / (b+1) · (1 − 2^−(b+1)) for b falls and no rise.
    const eValue = (b: number) => (2 ** (b + 1) / (b + 1)) * (1 - 2 ** -(b + 1))
    for (const id of idsOf(100)) {
      rule.add(cell(id, 0))
      fell++
      expect(rule.decided !== undefined).toBe(eValue(fell) >= 40)
      if (rule.decided !== undefined) break
    }
    expect(rule.decided).toBe(`The gate has decided after ${fell} of 100 cases: p × m is worse in pass.`)
  })

  it('stops for "no worse" only with a margin', () => {
    const run = (margin: number | null) => {
      const rule = ruleOf(500, () => 1, { margin })
      for (const id of idsOf(500)) rule.add(cell(id, 1))
      return rule.decided
    }
    expect(run(null)).toBeUndefined()
    expect(run(0.1)).toContain('no metric that gates is worse')
  })

  it('does not stop for "no worse" before every case that must pass has ended; for a drop it does', () => {
    const ruled = (pass: number) => {
      const rule = ruleOf(500, () => 1, { margin: 0.1, mustPass: ['c499'] })
      for (const id of idsOf(499)) rule.add(cell(id, pass))
      return rule
    }
    const rule = ruled(1)
    expect(rule.decided).toBeUndefined()
    rule.add(cell('c499', 1))
    expect(rule.decided).toContain('no metric that gates is worse')
    expect(ruled(0).decided).toContain('is worse in pass')
  })

  it('stops an unchanged prompt for a drop at most one time in forty, though it looks after every case', () => {
    const random = makeRandom(20260101)
    const draw = () => (random() < 0.8 ? 1 : 0)
    const runs = 400
    let alarms = 0
    for (let i = 0; i < runs; i++) {
      const rule = ruleOf(100, draw, { margin: null })
      for (const id of idsOf(100)) {
        rule.add(cell(id, draw()))
        if (rule.decided !== undefined) break
      }
      if (rule.decided !== undefined) alarms++
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.025 + 3 * Math.sqrt((0.025 * 0.975) / runs))
  })

  it('is not moved by cells of other columns, or of cases that do not gate', () => {
    const rule = ruleOf(1, () => 1)
    rule.add({ ...cell('c0', 0), prompt: 'other' })
    rule.add(cell('elsewhere', 0))
    expect(rule.used).toBe(0)
  })
})
