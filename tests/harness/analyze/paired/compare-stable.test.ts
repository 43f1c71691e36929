import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Arm } from '../../../../harness/analyze/paired/arm.ts'
import type { CellRecord, Trial } from '../../../../harness/model/trial.ts'
import type { Cells } from './make-arm.ts'
import {
  armOf,
  caseId,
  COLUMN,
  compare,
  FAILED,
  metricOf,
  oddNumbersIn,
  singles,
  trialsOf,
} from './make-arm.ts'

describe('the smallest and the dullest input', () => {
  it('of one case has an interval that rules nothing out', () => {
    const comparison = compare({ a: [1, 1] }, { a: [0, 0] })
    const { interval, guard, detectable, needs } = metricOf(comparison)
    expect(interval).toEqual([-1, 1])
    expect(guard?.z).toBeLessThan(guard?.crit ?? 0)
    expect([detectable, needs]).toEqual([null, null])
    expect(comparison.latency).toEqual([])
  })

  it('of equal scores has no difference and still a width', () => {
    const { delta, interval, pWorse, detectable } = metricOf(
      compare(singles('+'.repeat(50)), singles('+'.repeat(50))),
    )
    expect(delta).toBe(0)
    expect(interval[0]).toBeLessThan(-0.05)
    expect(pWorse).toBe(0.5)
    // 80% chance that at least 5 of 50 break, as the sign-flip test needs: a share of about 13%.
    expect(detectable).toBeCloseTo(0.132, 2)
  })

  it('has no needs at a margin of 0 or 1, and does not fail', () => {
    for (const margin of [0, 1])
      expect(metricOf(compare(singles('+-+-+-'), singles('++-+-+'), { margin })).needs).toBeNull()
  })

  it.each([
    ['one case', { a: [1] }, { a: [1] }],
    ['all failed', singles('-----'), singles('-----')],
    ['all fell', singles('++++++'), singles('------')],
    ['all errored', singles('eee'), singles('eee')],
  ] satisfies [string, Cells, Cells][])('yields finite numbers only, and no -0: %s', (_, base, candidate) => {
    for (const margin of [null, 0.05]) expect(oddNumbersIn(compare(base, candidate, { margin }))).toEqual([])
  })
})

describe('the same arms', () => {
  it('give the same bytes, in whatever order their cells came', () => {
    const columns = [COLUMN, { prompt: 'zero-shot', provider: 'flash' }]
    const cellOf = (id: string): Partial<CellRecord> => ({
      vars: { document: id.slice(0, -1) },
      metadata: {
        tags: [`t${id.length % 3}`, `last${id.slice(-1)}`],
        language: id < caseId(12) ? 'de' : 'en',
      },
    })
    const trials = (shift: number) =>
      columns.flatMap((column, c) =>
        trialsOf(
          Object.fromEntries(
            Array.from({ length: 30 }, (_, i) => [
              caseId(i),
              [0, 1, 2].map((r) => {
                const tone = ((i * 7 + r * 3 + c + shift) % 11) / 10
                const parts = {
                  namedScores: { tone },
                  latencyMs: 50 + tone * 90,
                  costUsd: 0.001 * (1 + tone),
                }
                return tone > 0.9 && r === 2 ? null : tone < 0.3 ? Object.assign({}, FAILED, parts) : parts
              }),
            ]),
          ),
          column,
          cellOf,
        ),
      )
    const [olds, news] = [trials(0), trials(4)]
    const run = (base: Trial[], candidate: Trial[]) => {
      const arms = [base, candidate].map((each) =>
        armOf(each, { columns, cluster: 'vars.document', repeat: 3 }),
      )
      const options = {
        metrics: ['pass', 'tone'],
        cluster: 'vars.document',
        latencyRatio: 1.1,
        costRatio: 1.1,
      }
      return JSON.stringify(compare(arms[0] as Arm, arms[1] as Arm, options))
    }
    const expected = run(olds, news)
    expect(expected).toContain('"slice":"language: de"')
    fc.assert(
      fc.property(
        fc.shuffledSubarray(olds, { minLength: olds.length }),
        fc.shuffledSubarray(news, { minLength: news.length }),
        (base, candidate) => run(base, candidate) === expected,
      ),
      { seed: 7, numRuns: 15 },
    )
  })

  it('give finite numbers and no -0, whatever they hold', () => {
    const cell = fc.constantFrom<(0 | 1 | null)[]>(0, 1, null)
    const cells = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      fc.array(cell, { minLength: 1, maxLength: 3 }),
      { minKeys: 1, noNullPrototype: true },
    )
    fc.assert(
      fc.property(cells, cells, (base, candidate) => {
        fc.pre(Object.keys(base).some((id) => Object.hasOwn(candidate, id)))
        expect(oddNumbersIn(compare(base, candidate))).toEqual([])
      }),
      { seed: 11, numRuns: 200 },
    )
  })
})
