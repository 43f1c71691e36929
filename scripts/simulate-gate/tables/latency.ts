import { drawLatency, drawPass } from '../chances.ts'
import { gateOnce } from '../gate-once.ts'
import { makeArm } from '../make-arm.ts'
import type { Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn } from '../scenario.ts'

const HALF_ALPHA = 0.025

/** A/A of the times: both arms answer as fast. */
export const latency: Table = {
  key: 'latency',
  title: 'Latency: both arms are equally fast (log-normal, each case with its own median)',
  notes: [
    'tail (share of replies over the pooled p95) and ratio (mean log ratio, and the gate with `latency: {ratio: 1}`) must each be at most 2.5% + 3 SE.',
    'p95 up, p95 up > 10%: rules without statistics.',
  ],
  columns: [
    rateColumn('tail', 'tail'),
    rateColumn('ratio', 'ratio'),
    rateColumn('gate', 'gate'),
    rateColumn('p95 up', 'p95 up'),
    rateColumn('p95 up > 10%', 'p95 up 10%'),
  ],
  scenarios: [equallyFast(100, 1), equallyFast(100, 3)],
}

function equallyFast(cases: number, repeats: number): Scenario {
  const shape = { cases, repeats }
  const setup = { metrics: ['pass'], margin: null, latencyRatio: 1 }
  return {
    name: `${cases} × ${repeats}`,
    replicates: { full: 2000, ...(repeats === 1 && { quick: 100 }) },
    criteria: [atMost('tail', HALF_ALPHA), atMost('ratio', HALF_ALPHA), atMost('gate', HALF_ALPHA)],
    simulate(random, count) {
      const medians = Float64Array.from({ length: cases }, () => drawLatency(random, 800, 0.3))
      const draw = (index: number) => ({
        pass: drawPass(random, 0.8),
        latencyMs: drawLatency(random, medians[index] ?? 800, 0.5),
      })
      const gated = gateOnce(makeArm(shape, draw), makeArm(shape, draw), setup)
      const [timed] = gated.comparison.latency
      if (timed === undefined) throw new Error('no latency was compared')
      if (timed.tail !== null && timed.tail.pWorse <= HALF_ALPHA) count('tail')
      if (timed.pAbove <= HALF_ALPHA) count('ratio')
      const fails = gated.verdict.gates.some(({ figure, result }) => figure === 'ratio' && result === 'fail')
      if (fails) count('gate')
      if (timed.candidate.p95 > timed.base.p95) count('p95 up')
      if (timed.candidate.p95 > 1.1 * timed.base.p95) count('p95 up 10%')
    },
  }
}
