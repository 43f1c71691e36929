import { describe, expect, it } from 'vitest'
import { trajectoryTally } from '../../../../harness/analyze/measures/trajectory.ts'
import type { TrajectoryEvidence } from '../../../../harness/model/evidence.ts'
import type { Cost } from '../../../../harness/model/usage.ts'

type Row = readonly [caseId: string, seen: Partial<TrajectoryEvidence>, costUsd?: Cost]

function measure(rows: readonly Row[]) {
  const tally = trajectoryTally()
  for (const [caseId, seen, costUsd = 0.01] of rows) {
    const evidence = { steps: 1, solved: true, looped: false, toolErrors: 0, recovered: 0, ...seen }
    tally.add(
      { kind: 'trajectory', ...evidence },
      { caseId, unit: caseId, repeat: 0, outcome: 'passed', costUsd },
    )
  }
  return Object.fromEntries(tally.finish().measures.map(({ name, ...rest }) => [name, rest]))
}

const rows: readonly Row[] = [
  ['a', { steps: 2 }, 0.1],
  ['b', { steps: 4, solved: false, looped: true, toolErrors: 2, recovered: 1 }, 0.2],
  ['c', { steps: 3, toolErrors: 1, recovered: 1 }, 0.3],
  ['d', { steps: 3, solved: false }, 0.4],
]

describe('figures of trajectories', () => {
  it('are shares of tasks and of tool errors, and what all tasks cost over the solved ones', () => {
    const { solved_rate, mean_steps, loop_rate, recovery_rate, usd_per_solved } = measure(rows)
    expect(solved_rate).toMatchObject({ value: 1 / 2, n: { count: 4, of: 'tasks' }, better: 'higher' })
    expect(mean_steps).toMatchObject({ value: 3, unit: 'count', better: 'lower' })
    expect(loop_rate).toMatchObject({ value: 1 / 4, better: 'lower' })
    expect(recovery_rate).toMatchObject({ value: 2 / 3, n: { count: 3, of: 'tool errors' } })
    expect(usd_per_solved).toMatchObject({ value: 0.5, unit: 'usd', n: { count: 2, of: 'solved tasks' } })
  })

  it('do not depend on the order of arrival, to the last bit', () => {
    const many = Array.from({ length: 60 }, (_, index): Row => [
      `case ${index % 12}`,
      { solved: index % 3 !== 0, steps: index % 7 },
      0.1 * (index % 11) + 0.000_1,
    ])
    expect(measure(many.toReversed())).toEqual(measure(many))
    const { interval } = measure(many)['usd_per_solved'] ?? {}
    expect(interval?.lo).toBeLessThan(interval?.hi ?? 0)
  })

  it('give no cost of a solved task where one cost is unknown, or no task is solved', () => {
    expect(measure([...rows, ['e', {}, 'unknown']])['usd_per_solved']).toMatchObject({
      value: null,
      interval: null,
    })
    expect(measure([['a', { solved: false }]])['usd_per_solved']).toMatchObject({ value: null })
  })

  it('give no recovery rate where no tool told an error, and nothing at all of nothing', () => {
    expect(measure([['a', {}]])['recovery_rate']).toMatchObject({ value: null, n: { count: 0 } })
    expect(measure([])['solved_rate']).toMatchObject({ value: null, interval: null })
  })
})
