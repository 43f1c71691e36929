import { createAnalyzer } from '../../../harness/analyze/analyzer.ts'
import { decide, type DecideOptions } from '../../../harness/decide.ts'
import type { Analysis } from '../../../harness/model/analysis.ts'
import type {
  BrokenCase,
  CostComparison,
  LatencyComparison,
  MetricComparison,
  RunComparison,
} from '../../../harness/model/comparison.ts'
import type { Incomplete } from '../../../harness/model/incomplete.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import type { Verdict } from '../../../harness/model/verdict.ts'
import { makeTrial } from '../analyze/make-trial.ts'

export const COLUMN = { prompt: 'few-shot', provider: 'sonnet' }

/** No change at all in 100 cases run three times, of which nothing is proven, but for what is given. */
export function metric(parts: Partial<MetricComparison> = {}): MetricComparison {
  const pWorse = parts.pWorse ?? 0.5
  const pBetter = parts.pBetter ?? 0.5
  return {
    metric: 'pass',
    column: COLUMN,
    against: parts.column ?? COLUMN,
    gates: true,
    cases: 100,
    repeats: 3,
    units: 100,
    effectiveUnits: 100,
    base: { mean: 0.8, interval: [0.7, 0.87] },
    candidate: { mean: 0.8, interval: [0.7, 0.87] },
    delta: 0,
    interval: [-0.06, 0.06],
    method: 'bonett-price',
    pWorse,
    pBetter,
    pWorseHolm: pWorse,
    pBetterHolm: pBetter,
    counts: { worse: 10, equal: 80, better: 10 },
    guard: { z: 1.5, crit: 1.98, lower: -0.06 },
    detectable: 0.09,
    needs: { drop: 0.05, options: [{ cases: 320, repeats: 3 }] },
    variance: { withinBase: 0.1, withinCandidate: 0.1, paired: 0, ofDifferences: 0.07 },
    ...parts,
  }
}

export const REGRESSION = metric({
  delta: -0.08,
  interval: [-0.141, -0.02],
  pWorse: 0.004,
  pBetter: 0.996,
  base: { mean: 0.814, interval: [0.75, 0.87] },
  candidate: { mean: 0.734, interval: [0.66, 0.8] },
  cases: 156,
  units: 156,
})

export const NO_WORSE = metric({
  delta: 0.004,
  interval: [-0.021, 0.029],
  guard: { z: 3.1, crit: 1.98, lower: -0.02 },
})

/** As in the issue of a hundred cases run once. */
export const LEANING = metric({
  column: { prompt: 'few-shot', provider: 'flash' },
  delta: -0.08,
  interval: [-0.18, 0.017],
  pWorse: 0.054,
  pBetter: 0.946,
  repeats: 1,
  detectable: 0.1597,
  needs: {
    drop: 0.1,
    options: [
      { cases: 240, repeats: 1 },
      { cases: 100, repeats: 3 },
    ],
  },
})

export function comparison(parts: Partial<RunComparison> = {}): RunComparison {
  return {
    baseline: {
      name: 'suites/sentiment/baseline.json',
      kind: 'baseline',
      runId: 'run-0',
      at: '2026-11-01T00:00:00.000Z',
      replies: true,
    },
    pairing: {
      sharedCases: 100,
      onlyBase: 0,
      onlyCandidate: 0,
      changedCases: 0,
      reverified: 0,
      notReverified: 0,
      columns: [{ column: COLUMN, against: COLUMN, by: 'label' }],
      unpaired: [],
    },
    alpha: 0.05,
    margin: 0.05,
    looks: 1,
    metrics: [NO_WORSE],
    uncompared: [],
    latency: [],
    cost: [],
    errors: { base: 0, candidate: 0 },
    flips: [],
    flipCounts: { worse: 0, better: 0 },
    broken: [],
    slices: [],
    changes: [],
    why: [],
    warnings: [],
    ...parts,
  }
}

export function broken(parts: Partial<BrokenCase> = {}): BrokenCase {
  return {
    caseId: 'c-17',
    column: COLUMN,
    against: COLUMN,
    base: { passed: 3, of: 3 },
    candidate: { passed: 0, of: 3 },
    reason: 'expected "positive"',
    status: 'confirmed',
    rerun: { base: { passed: 5, of: 5 }, candidate: { passed: 0, of: 5 } },
    pHolm: 0.004,
    ...parts,
  }
}

export function slower(parts: Partial<LatencyComparison> = {}): LatencyComparison {
  return {
    column: COLUMN,
    against: COLUMN,
    gates: true,
    cases: 100,
    ratio: 1.3,
    interval: [1.22, 1.39],
    pAbove: 0.0001,
    pBelow: 0.9999,
    pAboveLimit: 0.01,
    limit: 1.2,
    base: { p50: 100, p95: 200 },
    candidate: { p50: 130, p95: 260 },
    tail: null,
    ...parts,
  }
}

export function dearer(parts: Partial<CostComparison> = {}): CostComparison {
  const { tail: _, ...ratio } = slower()
  return { ...ratio, base: 0.001, candidate: 0.0013, ...parts }
}

interface Parts {
  /** Of the columns few-shot × sonnet and few-shot × flash. */
  readonly trials?: readonly Trial[]
  readonly gate?: Record<string, unknown>
  readonly compared?: Partial<RunComparison> | null
  readonly planned?: number
  readonly incomplete?: readonly Incomplete[]
  readonly options?: DecideOptions
}

/** 8 of 10 cells pass in each of two columns. */
const TRIALS = ['sonnet', 'flash'].flatMap((provider) =>
  Array.from({ length: 10 }, (_, i) =>
    makeTrial({
      cell: { prompt: 'few-shot', provider, caseId: `c${i}` },
      outcome: i < 8 ? 'passed' : 'failed',
    }),
  ),
)

export function analysisOf({ trials = TRIALS, compared = {}, planned = trials.length }: Parts): Analysis {
  const columns = ['sonnet', 'flash'].map((provider) => ({ prompt: 'few-shot', provider }))
  const analyzer = createAnalyzer({ runId: 'run-1', columns, planned })
  for (const trial of trials) analyzer.add(trial)
  const analysis = analyzer.finish()
  return compared === null ? analysis : { ...analysis, comparison: comparison(compared) }
}

/** The verdict of a run that ships few-shot × sonnet, and is no worse but for what is given. */
export function verdictOf(parts: Parts = {}): Verdict {
  const gate = parts.gate ?? { ship: [COLUMN], metrics: ['pass'] }
  return decide({ gate }, analysisOf(parts), parts.incomplete, parts.options)
}
