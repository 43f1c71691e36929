import { drawPass } from '../chances.ts'
import { gateOnce } from '../gate-once.ts'
import type { Draw } from '../make-arm.ts'
import { caseIndexOf, makeArm } from '../make-arm.ts'
import type { Criterion, Random, Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn, replicatesFor } from '../scenario.ts'

/** One stable case, the first, among others that pass by chance. */
const STABLE = 0

interface World {
  readonly cases: number
  readonly repeats: number
  /** Chance of the other cases, in both arms. */
  readonly others: number
  /** Chances of the stable case before and after; absent: nothing changed, and it is a case like the others. */
  readonly stable?: readonly [before: number, after: number]
}

/** Cases that passed every baseline repeat and now mostly fail: run again, five times in both arms. */
export const confirmation: Table = {
  key: 'confirmation',
  title: 'Broken cases: what fails after it always passed is run again, 5 × or more in both arms',
  notes: [
    'found (the broken case is confirmed) must be at least 90% in 20 × 3 where it breaks outright;',
    'falsely confirmed (any other case is) at most 1% + 3 SE. rerun: cases run again per pair of runs, on average.',
  ],
  columns: [
    rateColumn('found', 'found'),
    rateColumn('falsely confirmed', 'false'),
    { header: 'rerun', show: ({ counts, replicates }) => ((counts['rerun'] ?? 0) / replicates).toFixed(2) },
    rateColumn('blocked', 'blocked'),
    rateColumn('warned', 'warned'),
  ],
  scenarios: [
    broken({ cases: 20, repeats: 3, others: 0.95, stable: [1, 0] }, 0.9),
    broken({ cases: 20, repeats: 3, others: 0.8, stable: [1, 0] }, 0.9),
    broken({ cases: 20, repeats: 3, others: 0.95, stable: [0.98, 0.05] }),
    broken({ cases: 100, repeats: 3, others: 0.95, stable: [1, 0] }),
    broken({ cases: 100, repeats: 3, others: 0.8, stable: [1, 0] }),
    ...[0.95, 0.8].flatMap((others) =>
      [20, 50, 100].flatMap((cases) => [1, 3, 5].map((repeats) => broken({ cases, repeats, others }))),
    ),
  ],
}

function broken(world: World, found?: number): Scenario {
  const { cases, repeats, others, stable } = world
  const what = stable === undefined ? 'unchanged' : `one case ${stable[0]} → ${stable[1]}, the others`
  const criteria: Criterion[] = [atMost('false', 0.01)]
  if (found !== undefined) criteria.push({ kind: 'at_least', event: 'found', limit: found })
  return {
    name: `${what} ${others}, ${cases} × ${repeats}`,
    replicates: {
      full: replicatesFor(2 * cases * repeats),
      ...(cases === 20 && repeats === 3 && { quick: 200 }),
    },
    criteria,
    simulate(random, count) {
      const [before, after] = stable ?? [others, others]
      const fresh = { base: drawing(random, others, before), candidate: drawing(random, others, after) }
      const arms = [makeArm(world, fresh.base), makeArm(world, fresh.candidate)] as const
      const { comparison, verdict } = gateOnce(...arms, { metrics: ['pass'], margin: null, fresh })
      const confirmed = comparison.broken.filter(({ status }) => status === 'confirmed')
      const isStable = ({ caseId }: { caseId: string }): boolean =>
        stable !== undefined && caseIndexOf(caseId) === STABLE
      if (confirmed.some(isStable)) count('found')
      if (!confirmed.every(isStable)) count('false')
      count('rerun', comparison.broken.length)
      if (verdict.decision === 'block') count('blocked')
      if (verdict.decision === 'warn') count('warned')
    },
  }
}

function drawing(random: Random, others: number, stable: number): Draw {
  return (index) => drawPass(random, index === STABLE ? stable : others)
}
