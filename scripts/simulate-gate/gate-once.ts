import type { Arm } from '../../harness/analyze/paired/arm.ts'
import { withReruns } from '../../harness/analyze/paired/broken.ts'
import type { CompareOptions } from '../../harness/analyze/paired/compare-runs.ts'
import { compareRuns } from '../../harness/analyze/paired/compare-runs.ts'
import { decide } from '../../harness/decide.ts'
import type { Analysis } from '../../harness/model/analysis.ts'
import type { MetricComparison, RunComparison } from '../../harness/model/comparison.ts'
import { columnName } from '../../harness/model/comparison.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { CLUSTER, COLUMN } from './make-arm.ts'
import type { FreshReplies } from './rerun-broken.ts'
import { CONFIRM, rerunBroken } from './rerun-broken.ts'
import type { Count } from './scenario.ts'

/** How a simulated suite gates. */
export interface GateSetup {
  readonly metrics: readonly string[]
  readonly margin: number | null
  /** Two-sided; 0.05 where absent. */
  readonly alpha?: number
  readonly clustered?: boolean
  /** `gate.latency.ratio`. */
  readonly latencyRatio?: number
  /** Replies to the cases that broke, when they are run again; absent: `gate.confirm: 0`. */
  readonly fresh?: FreshReplies
  /** Of a run that may stop early: the comparison with figures that hold at any time. */
  readonly atAnyTime?: (comparison: RunComparison) => RunComparison
}

/** What the gate made of two runs. */
export interface Gated {
  readonly comparison: RunComparison
  /** Of the first gating metric. */
  readonly first: MetricComparison
  readonly verdict: Verdict
}

const NOW = new Date('2026-11-26T00:00:00.000Z')

/** Two runs through the code that `assay run` itself decides with: comparison, reruns of what broke, verdict. */
export function gateOnce(base: Arm, candidate: Arm, setup: GateSetup): Gated {
  const { metrics, margin, alpha = 0.05, clustered = false, latencyRatio, fresh, atAnyTime } = setup
  const options: CompareOptions = {
    ship: [COLUMN],
    metrics,
    margin,
    alpha,
    quarantined: new Set(),
    now: NOW,
    ...(clustered && { cluster: CLUSTER }),
    ...(latencyRatio !== undefined && { latencyRatio }),
  }
  const looked = compareRuns(base, candidate, options)
  const rerun = fresh === undefined ? undefined : rerunBroken(looked.broken, fresh)
  // All that `compareRuns` does with reruns: the rest is the same as before.
  const compared = { ...looked, broken: withReruns(looked.broken, rerun) }
  const comparison = atAnyTime === undefined ? compared : atAnyTime(compared)
  const first = comparison.metrics.find(({ gates }) => gates)
  if (first === undefined) throw new Error('nothing was compared that gates')
  const gate = {
    ship: [COLUMN],
    metrics,
    alpha,
    ...(margin !== null && { margin }),
    confirm: fresh === undefined ? 0 : CONFIRM,
    ...(latencyRatio !== undefined && { latency: { ratio: latencyRatio } }),
  }
  return { comparison, first, verdict: decide({ gate }, analysisOf(comparison, first)) }
}

/** Counts what a verdict came to, under the names that tables show. */
export function countVerdict({ verdict }: Gated, count: Count): void {
  const decisions = new Set(verdict.gates.map(({ comparison }) => comparison))
  const blocks = verdict.decision === 'block'
  const regressed = decisions.has('regression')
  if (blocks) count('blocked')
  if (blocks && regressed) count('regression')
  if (verdict.decision === 'warn') count('warned')
  if (verdict.decision === 'invalid') count('invalid')
  if (regressed) return
  if (verdict.inconclusive === true) {
    count('inconclusive')
    return
  }
  count('cleared')
  count(decisions.has('improved') ? 'improved' : 'no_worse')
}

/** What rules without statistics would say of the same two runs. */
export function countNaive({ first }: Gated, count: Count): void {
  // A drop of just 2 points is not over 2 points, whatever its binary digits.
  const drop = -first.delta - 1e-9
  if (drop > 0) count('any drop')
  if (drop > 0.02) count('over 2 points')
  if (drop > 0.05) count('over 5 points')
}

/** The figures of a run that `decide` reads besides the comparison: everything finished, nothing errored. */
function analysisOf(comparison: RunComparison, { cases, repeats, candidate }: MetricComparison): Analysis {
  const cells = cases * repeats
  const passed = Math.round(candidate.mean * cells)
  const outcomes = { passed, failed: cells - passed, errored: 0 }
  return {
    v: 1,
    runId: columnName(COLUMN),
    cells: { ...outcomes, planned: cells, finished: cells, absent: 0 },
    columns: [
      {
        ...COLUMN,
        ...outcomes,
        cases,
        repeats,
        cells,
        passRate: candidate.mean,
        interval: null,
        meanScore: candidate.mean,
        namedScores: {},
        latencyMs: { p50: 100, p95: 100, n: cells, trusted: true },
        ttftMs: { p50: null, p95: null, n: 0, trusted: true },
        costUsd: 0.001 * cells,
        costPer1000Usd: 1,
        tokens: { input: 0, output: 0 },
      },
    ],
    worst: [],
    spentUsd: 0,
    calls: { made: cells, replayed: 0, retried: 0 },
    errors: [],
    comparison,
  }
}
