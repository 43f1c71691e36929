import { alphaOfLooks } from '../../../harness/reruns/settle.ts'
import { drawPass } from '../chances.ts'
import { gateOnce } from '../gate-once.ts'
import { makeArm } from '../make-arm.ts'
import type { Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn, replicatesFor } from '../scenario.ts'

const MARGIN = 0.05
const ALPHA = 0.05
const LOOKS = 3

/** `--settle`: repeats are added to both arms while the gate is inconclusive, three looks at most. */
export const settling: Table = {
  key: 'settling',
  title: 'Settle: repeats are added to both arms while inconclusive, at most three looks',
  notes: [
    'Over all looks: regression on an unchanged prompt, and "no worse" at a true drop of 5 points, at most 2.5% + 3 SE.',
    'repeats: spent per arm and case, on average.',
  ],
  columns: [
    rateColumn('regression', 'regression'),
    rateColumn('no worse', 'no_worse'),
    rateColumn('inconclusive', 'inconclusive'),
    {
      header: 'repeats',
      show: ({ counts, replicates }) => ((counts['repeats'] ?? 0) / replicates).toFixed(1),
    },
  ],
  scenarios: [
    settled('unchanged', 100, 1, 0, 'regression'),
    settled('unchanged', 100, 3, 0, 'regression'),
    settled('unchanged', 200, 3, 0, 'regression'),
    settled('every case −5 points', 100, 3, 0.05, 'no_worse'),
    settled('every case −5 points', 200, 3, 0.05, 'no_worse'),
  ],
}

function settled(what: string, cases: number, repeats: number, drop: number, wrong: string): Scenario {
  return {
    name: `${what}, ${cases} × ${repeats}`,
    replicates: { full: replicatesFor(2 * cases * repeats * LOOKS), ...(cases === 100 && { quick: 50 }) },
    criteria: [atMost(wrong, 0.025)],
    simulate(random, count) {
      // All repeats are drawn beforehand; a look sees as many as it would have paid for.
      const drawn = (p: number): number[] =>
        Array.from({ length: cases * repeats * LOOKS }, () => drawPass(random, p))
      const [base, candidate] = [drawn(0.8), drawn(0.8 - drop)]
      let decision = 'inconclusive'
      let spent = 0
      for (let look = 1; look <= LOOKS && decision === 'inconclusive'; look++) {
        spent = look * repeats
        const seen = { cases, repeats: spent }
        const arm = (scores: readonly number[]) =>
          makeArm(seen, (index, repeat) => scores[index * repeats * LOOKS + repeat] ?? Number.NaN)
        const gated = gateOnce(arm(base), arm(candidate), {
          metrics: ['pass'],
          margin: MARGIN,
          alpha: alphaOfLooks(ALPHA),
        })
        decision =
          gated.verdict.gates.find(({ comparison }) => comparison !== undefined)?.comparison ?? 'none'
      }
      count(decision === 'improved' ? 'no_worse' : decision)
      count('repeats', spent)
    },
  }
}
