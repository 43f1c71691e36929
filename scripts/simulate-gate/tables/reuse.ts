import { drawPass } from '../chances.ts'
import { countVerdict, gateOnce } from '../gate-once.ts'
import { makeArm } from '../make-arm.ts'
import type { Scenario, Table } from '../scenario.ts'
import { rateColumn } from '../scenario.ts'

const PULL_REQUESTS = 20
const P = 0.8

/** One stored baseline for many changes: informs. */
export const reuse: Table = {
  key: 'reuse',
  title: `One stored baseline, ${PULL_REQUESTS} pull requests that change nothing`,
  notes: [
    'Informs: each comparison keeps its 2.5%, but all share one baseline, so that a lucky one alarms again and again.',
    'That is what --rerun-baseline is for.',
  ],
  columns: [
    {
      header: 'alarms',
      show: ({ counts, replicates }) => percent((counts['alarms'] ?? 0) / replicates / PULL_REQUESTS),
    },
    rateColumn('at least one', 'at least one'),
    rateColumn('at least four', 'at least four'),
  ],
  scenarios: [reused(100, 1), reused(100, 3)],
}

function reused(cases: number, repeats: number): Scenario {
  const shape = { cases, repeats }
  return {
    name: `${cases} × ${repeats}`,
    replicates: { full: 500 },
    criteria: [],
    simulate(random, count) {
      const draw = (): number => drawPass(random, P)
      const base = makeArm(shape, draw)
      let alarms = 0
      for (let change = 0; change < PULL_REQUESTS; change++) {
        const gated = gateOnce(base, makeArm(shape, draw), { metrics: ['pass'], margin: 0.05 })
        countVerdict(gated, (event) => {
          if (event === 'regression') alarms++
        })
      }
      count('alarms', alarms)
      if (alarms >= 1) count('at least one')
      if (alarms >= 4) count('at least four')
    },
  }
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)}%`
}
