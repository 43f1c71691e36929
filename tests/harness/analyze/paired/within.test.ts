import { describe, expect, it } from 'vitest'
import { compareWithin } from '../../../../harness/analyze/paired/compare-within.ts'
import { flakyCases, repeatChances } from '../../../../harness/analyze/paired/flaky.ts'
import { groupsOf } from '../../../../harness/analyze/paired/letter-groups.ts'
import type { ColumnName } from '../../../../harness/model/comparison.ts'
import type { Cells } from './make-arm.ts'
import { armOf, caseId, singles, trialsOf } from './make-arm.ts'

const named = (prompt: string): ColumnName => ({ prompt, provider: 'flash' })

function armOfColumns(columns: Readonly<Record<string, Cells>>) {
  const names = Object.keys(columns).map(named)
  return armOf(
    Object.entries(columns).flatMap(([prompt, cells]) => trialsOf(cells, named(prompt))),
    { columns: names },
  )
}

const options = { metrics: ['pass'], alpha: 0.05 }

describe('the columns of one run', () => {
  it('are compared with each other over the cases that both answered', () => {
    const arm = armOfColumns({ good: singles('+++++++++e'), bad: singles('---------+') })
    const { pairs } = compareWithin(arm, options)
    expect(pairs).toMatchObject([{ a: named('good'), b: named('bad'), cases: 9, delta: -1 }])
    // 2 · ½ · ½⁹
    expect(pairs[0]?.pHolm).toBeCloseTo(0.5 ** 9, 12)
  })

  it('are adjusted over the pairs of a metric', () => {
    const arm = armOfColumns({ a: singles('+++++++'), b: singles('-------'), c: singles('+++++++') })
    const { pairs } = compareWithin(arm, options)
    expect(pairs.map(({ pHolm }) => pHolm)).toEqual([3 * 0.5 ** 7, 1, 3 * 0.5 ** 7])
  })

  it('are ranked, and those that are not told apart share a group', () => {
    const [good, bad] = ['+'.repeat(20), '-'.repeat(20)]
    const arm = armOfColumns({ bad: singles(bad), good: singles(good), near: singles(`-${good.slice(1)}`) })
    const [ranking] = compareWithin(arm, options).rankings
    expect(ranking?.columns.map(({ prompt, groups }) => [prompt, groups])).toEqual([
      ['good', [0]],
      ['near', [0]],
      ['bad', [1]],
    ])
  })

  it('of which there is one are no comparison', () => {
    expect(compareWithin(armOfColumns({ only: singles('++') }), options)).toEqual({ pairs: [], rankings: [] })
  })

  it('that share no case, or have no such metric, are not compared', () => {
    const arm = armOfColumns({ a: singles('+e'), b: singles('e+') })
    expect(compareWithin(arm, { ...options, metrics: ['pass', 'tone'] })).toEqual({ pairs: [], rankings: [] })
  })

  it('of which there are more than twelve are compared with those that ship only', () => {
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`p${i}`, singles('+-')]))
    expect(compareWithin(armOfColumns(many), options).pairs).toEqual([])
    const { pairs } = compareWithin(armOfColumns(many), { ...options, ship: [{ prompt: 'p3' }] })
    expect(pairs).toHaveLength(12)
  })
})

describe('groups of a ranking', () => {
  it('overlap where the ends are told apart and the middle from neither', () => {
    const columns = ['a', 'b', 'c'].map((prompt, i) => Object.assign(named(prompt), { mean: 1 - i / 10 }))
    const groups = groupsOf(columns, [{ a: named('c'), b: named('a'), pHolm: 0.01 }], 0.05)
    expect(groups.map(({ groups: of }) => of)).toEqual([[0], [0, 1], [1]])
  })
})

describe('flaky cases', () => {
  it('are those whose repeats disagree, the least stable first', () => {
    const { table } = armOfColumns({
      a: { stable: [1, 1, 1], rarely: [1, 1, 1, 0], coin: [1, 0], broken: [0, 0], errors: [1, null] },
    })
    expect(flakyCases(table, new Set(['coin']))).toMatchObject([
      { caseId: 'coin', passed: 1, of: 2, quarantined: true },
      { caseId: 'rarely', passed: 3, of: 4 },
    ])
    expect(flakyCases(table)[0]).not.toHaveProperty('quarantined')
  })

  it('are listed up to 200', () => {
    const cells = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [caseId(i), [1, 0] as const]))
    expect(flakyCases(armOfColumns({ a: cells }).table)).toHaveLength(200)
  })
})

describe('chances over repeats', () => {
  it('are averaged over the cases', () => {
    const { table } = armOfColumns({ a: { x: [1, 0], y: [1, 1], z: [0, 0], short: [1] } })
    expect(repeatChances(table)).toEqual([{ column: named('a'), k: 2, passAtK: 2 / 3, passHatK: 1 / 3 }])
  })

  it('go by the repeats that most cases have', () => {
    const { table } = armOfColumns({ a: { x: [1, 0], y: [1, 1], many: [1, 1, 1, 0] } })
    const [chances] = repeatChances(table)
    // C(3, 2) / C(4, 2) of the case with four.
    expect(chances).toMatchObject({ k: 2, passHatK: (0 + 1 + 0.5) / 3 })
  })

  it('say nothing of single runs, and of a column without a score', () => {
    expect(repeatChances(armOfColumns({ a: singles('+-') }).table)).toEqual([])
    expect(repeatChances(armOfColumns({ a: singles('ee') }).table)).toEqual([])
  })
})
