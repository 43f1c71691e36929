import type { TrajectoryEvidence } from '../../model/evidence.ts'
import type { Measure } from '../../model/measure.ts'
import type { MeasureTally, MeasuredTrial } from './tally.ts'
import type { Estimate } from './unit-sums.ts'
import { UnitSums } from './unit-sums.ts'

/** What is counted of each case. */
const COUNTS = ['tasks', 'solved', 'looped', 'steps', 'errors', 'recovered', 'cost'] as const
const at = Object.fromEntries(COUNTS.map((name, index) => [name, index])) as Record<
  (typeof COUNTS)[number],
  number
>

/** Costs are added up in whole units of 10⁻¹² USD, so that the order does not show in the sum. */
const COST_UNITS = 1e12

/** How agents did their tasks: what they solved, how long it took them, and what a solved task costs. */
export function trajectoryTally(): MeasureTally<TrajectoryEvidence> {
  const sums = new UnitSums(COUNTS.length)
  let isPriced = true

  function add(seen: TrajectoryEvidence, { unit: caseId, costUsd }: MeasuredTrial): void {
    sums.add(caseId, at.tasks, 1)
    sums.add(caseId, at.solved, Number(seen.solved))
    sums.add(caseId, at.looped, Number(seen.looped))
    sums.add(caseId, at.steps, seen.steps)
    sums.add(caseId, at.errors, seen.toolErrors)
    sums.add(caseId, at.recovered, seen.recovered)
    if (costUsd === 'unknown') isPriced = false
    else sums.add(caseId, at.cost, Math.round(costUsd * COST_UNITS))
  }

  function ratio(of: number, among: number): Estimate {
    return sums.statistic((totals) => {
      const whole = totals[among] ?? 0
      return whole === 0 ? null : (totals[of] ?? 0) / whole
    })
  }

  function finish(): ReturnType<MeasureTally['finish']> {
    const counted = (index: number, of: string): Measure['n'] => ({ count: sums.total(index), of })
    const ofTasks = counted(at.tasks, 'tasks')
    const perSolved = isPriced
      ? scaled(ratio(at.cost, at.solved), 1 / COST_UNITS)
      : { value: null, interval: null }
    return {
      measures: [
        {
          name: 'solved_rate',
          label: 'tasks solved',
          ...sums.rate(at.solved, at.tasks),
          n: ofTasks,
          unit: 'share',
          better: 'higher',
        },
        {
          name: 'mean_steps',
          label: 'steps per task',
          ...ratio(at.steps, at.tasks),
          n: ofTasks,
          unit: 'count',
          better: 'lower',
        },
        {
          name: 'loop_rate',
          label: 'tasks with a loop',
          ...sums.rate(at.looped, at.tasks),
          n: ofTasks,
          unit: 'share',
          better: 'lower',
        },
        {
          name: 'recovery_rate',
          label: 'tool errors recovered from',
          ...sums.rate(at.recovered, at.errors),
          n: counted(at.errors, 'tool errors'),
          unit: 'share',
          better: 'higher',
        },
        {
          name: 'usd_per_solved',
          label: 'cost per solved task',
          ...perSolved,
          n: counted(at.solved, 'solved tasks'),
          unit: 'usd',
          better: 'lower',
        },
      ],
      tables: [],
    }
  }

  return { add, finish }
}

function scaled({ value, interval }: Estimate, by: number): Estimate {
  return {
    value: value === null ? null : value * by,
    interval: interval && { lo: interval.lo * by, hi: interval.hi * by },
  }
}
