import { mcnemarMidPPower } from '../../../harness/stats/mcnemar.ts'
import { drawPass } from '../chances.ts'
import { countVerdict, gateOnce } from '../gate-once.ts'
import { makeArm } from '../make-arm.ts'
import { standardError } from '../criteria.ts'
import type { Criterion, Scenario, Table } from '../scenario.ts'
import { rateColumn, replicatesFor } from '../scenario.ts'

const P = 0.8
const MARGIN = 0.05
const DROPS = [0.05, 0.1, 0.2]

/** Power simulated apart from this code, in percent: true drops of 5, 10 and 20 points. */
const EXPECTED: readonly (readonly [cases: number, repeats: number, percent: readonly number[]])[] = [
  [50, 1, [8, 19, 55]],
  [50, 5, [26, 72, 100]],
  [100, 1, [13, 37, 87]],
  [100, 3, [30, 80, 100]],
  [100, 5, [46, 95, 100]],
  [200, 1, [21, 63, 99]],
  [200, 5, [77, 100, 100]],
]
/** Replicates behind those figures, and the half of a point by which they were rounded. */
const EXPECTED_REPLICATES = 4_000
const ROUNDED = 0.005

/** How often a true drop of every case is found. */
export const power: Table = {
  key: 'power',
  title: 'Power: every case drops from 80%',
  notes: [
    'regression must be within 3 SE of the reference, which was simulated (R = 4,000) apart from this code, and rounded;',
    'with one repeat, within 3 SE of the exact enumeration of McNemar’s mid-p too.',
  ],
  columns: [
    rateColumn('regression', 'regression'),
    rateColumn('no worse', 'cleared'),
    rateColumn('inconclusive', 'inconclusive'),
  ],
  scenarios: EXPECTED.flatMap(([cases, repeats, percent]) =>
    DROPS.map((drop, at) => dropOf(drop, cases, repeats, (percent[at] ?? Number.NaN) / 100)),
  ),
}

function dropOf(drop: number, cases: number, repeats: number, expected: number): Scenario {
  const shape = { cases, repeats }
  return {
    name: `−${100 * drop} points, ${cases} × ${repeats}`,
    replicates: {
      full: replicatesFor(2 * cases * repeats),
      ...(cases <= 100 && repeats <= 3 && { quick: 200 }),
    },
    criteria: [near(expected), ...(repeats === 1 ? [enumerated(drop, cases)] : [])],
    simulate(random, count) {
      const base = makeArm(shape, () => drawPass(random, P))
      const candidate = makeArm(shape, () => drawPass(random, P - drop))
      countVerdict(gateOnce(base, candidate, { metrics: ['pass'], margin: MARGIN }), count)
    },
  }
}

function near(limit: number): Criterion {
  const limitSe = standardError(limit, EXPECTED_REPLICATES)
  return { kind: 'near', event: 'regression', limit, limitSe, slack: ROUNDED, source: 'reference' }
}

function enumerated(drop: number, cases: number): Criterion {
  const limit = mcnemarMidPPower({
    n: cases,
    pWorse: P * (1 - P + drop),
    pBetter: (1 - P) * (P - drop),
    alpha: 0.025,
  })
  return { kind: 'near', event: 'regression', limit, limitSe: 0, slack: 0, source: 'exact enumeration' }
}
