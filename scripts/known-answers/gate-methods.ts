import { z } from 'zod'
import { metricDecision } from '../../harness/gate/rule.ts'
import { type PairedInput, comparePaired } from '../../harness/stats/paired.ts'
import { type Method, clusters, method } from './method.ts'

const x = z.number()
const xs = z.array(x)
const counts = { bothPass: x, worse: x, better: x, bothFail: x }

/** The methods that go through the gate's own rule. */
export const GATE_METHODS: readonly (readonly [name: string, Method])[] = [
  [
    'gate_verdict',
    method({ ...counts, k: x, margin: x, alpha: x }, (i) => {
      const outcomes = [
        [i.bothPass, 1, 1],
        [i.worse, 1, 0],
        [i.better, 0, 1],
        [i.bothFail, 0, 0],
      ].flatMap(([times = 0, base = 0, candidate = 0]) =>
        Array.from({ length: times }, () => ({ base, candidate })),
      )
      const base = outcomes.map((outcome) => outcome.base)
      const candidate = outcomes.map((outcome) => outcome.candidate)
      return gateVerdict({ base, candidate, k: i.k, binary: true, alpha: i.alpha, margin: i.margin })
    }),
  ],
  [
    'gate_verdict_repeats',
    method(
      { baseline_passes: xs, candidate_passes: xs, k: x, clusters, margin: x, alpha: x },
      ({ baseline_passes, candidate_passes, k, ...rest }) => {
        const base = baseline_passes.map((passes) => passes / k)
        const candidate = candidate_passes.map((passes) => passes / k)
        return gateVerdict({ base, candidate, k, binary: true, ...rest })
      },
    ),
  ],
]

/** What the gate says of one metric that is alone, so that Holm changes nothing. */
function gateVerdict(input: PairedInput): unknown {
  const result = comparePaired(input)
  const { pWorse, pBetter, interval, guard, delta } = result
  const evidence = { pWorse, pWorseHolm: pWorse, pBetterHolm: pBetter, interval, guard }
  const { decision, smallDrop } = metricDecision({ ...evidence, alpha: input.alpha, margin: input.margin })
  return {
    delta,
    ci: interval,
    p_worse: pWorse,
    p_better: pBetter,
    guard_z: guard?.z,
    guard_crit: guard?.crit,
    verdict: decision,
    small_drop: smallDrop,
  }
}
