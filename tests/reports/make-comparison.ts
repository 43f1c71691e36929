import type { Analysis } from '../../harness/model/analysis.ts'
import {
  columnName,
  type Flip,
  type MetricComparison,
  type RunComparison,
} from '../../harness/model/comparison.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate, Verdict } from '../../harness/model/verdict.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from './make-input.ts'

const SONNET = { prompt: 'few-shot', provider: 'sonnet' }
const FLASH = { prompt: 'few-shot', provider: 'flash' }
const ZERO = { prompt: 'zero-shot', provider: 'sonnet' }
const SOURCE = { file: 'suites/sentiment/emails.csv', line: 12, column: 1 }

/** A clear regression of 8 points over 156 cases × 3, but for what is given. */
export function makeMetric(parts: Partial<MetricComparison> = {}): MetricComparison {
  return {
    metric: 'pass',
    column: SONNET,
    against: SONNET,
    gates: true,
    cases: 156,
    repeats: 3,
    units: 156,
    effectiveUnits: 156,
    base: { mean: 0.814, interval: [0.76, 0.868] },
    candidate: { mean: 0.734, interval: [0.67, 0.798] },
    delta: -0.08,
    interval: [-0.141, -0.02],
    method: 'bonett-price',
    pWorse: 0.0042,
    pBetter: 0.9958,
    pWorseHolm: 0.0084,
    pBetterHolm: 1,
    counts: { worse: 19, equal: 131, better: 6 },
    guard: { z: -1.1, crit: 1.975, lower: -0.139 },
    detectable: 0.062,
    needs: { drop: 0.05, options: [{ cases: 240, repeats: 3 }] },
    variance: { withinBase: 0.04, withinCandidate: 0.05, paired: 0.06, ofDifferences: 0.09 },
    ...parts,
  }
}

/** A case that always passed and now always fails, but for what is given. */
export function makeFlip(parts: Partial<Flip> = {}): Flip {
  return {
    caseId: 'mail-7',
    description: 'Sarcastic praise',
    source: SOURCE,
    tags: ['critical'],
    column: SONNET,
    against: SONNET,
    gates: true,
    base: { passed: 3, of: 3 },
    candidate: { passed: 0, of: 3 },
    flaky: false,
    p: 0.05,
    pAdjusted: 0.4,
    checks: ['equals'],
    reason: 'Expected "positive" to equal "negative"',
    output: 'positive',
    baseOutput: 'negative',
    ...parts,
  }
}

/** A comparison that has something of everything: one column regressed, one may be worse, one informs. */
export function makeComparison(parts: Partial<RunComparison> = {}): RunComparison {
  const ratio = {
    column: SONNET,
    against: SONNET,
    gates: true,
    cases: 150,
    ratio: 1.12,
    interval: [1.02, 1.23],
    pAbove: 0.01,
    pBelow: 0.99,
    pAboveLimit: 0.9,
    limit: 1.2,
  } as const
  const difference = { delta: -0.03, interval: [-0.061, 0.001], pWorse: 0.03 } as const
  return {
    baseline: {
      name: 'suites/sentiment/baseline.json',
      kind: 'baseline',
      runId: '20261120-101500-abcd',
      at: '2026-11-20T10:15:00.000Z',
      by: 'Ann Example',
      commit: '0123456789abcdef0123456789abcdef01234567',
      reason: 'first release',
      replies: false,
    },
    pairing: {
      sharedCases: 156,
      onlyBase: 4,
      onlyCandidate: 2,
      changedCases: 12,
      reverified: 10,
      notReverified: 2,
      columns: [
        { column: SONNET, against: SONNET, by: 'label' },
        { column: FLASH, against: { prompt: 'few-shot', provider: 'flash-001' }, by: 'renamed' },
        { column: ZERO, against: ZERO, by: 'label' },
      ],
      unpaired: [{ prompt: 'chain', provider: 'sonnet' }],
    },
    alpha: 0.05,
    margin: 0.05,
    cluster: 'vars.document_id',
    looks: 2,
    metrics: [
      makeMetric(),
      makeMetric({
        column: FLASH,
        against: { prompt: 'few-shot', provider: 'flash-001' },
        cases: 100,
        repeats: 1,
        delta: -0.05,
        interval: [-0.12, 0.021],
        method: 'tango',
        pWorse: 0.081,
        pWorseHolm: 0.081,
        detectable: 0.162,
        needs: {
          drop: 0.1,
          options: [
            { cases: 240, repeats: 1 },
            { cases: 100, repeats: 3 },
          ],
        },
        variance: { withinBase: null, withinCandidate: null, paired: null, ofDifferences: 0.09 },
      }),
      makeMetric({ column: SONNET, metric: 'accuracy', gates: false, delta: 0, interval: [-0.02, 0.02] }),
      makeMetric({
        column: ZERO,
        against: ZERO,
        gates: false,
        guard: null,
        detectable: null,
        needs: null,
        pWorse: 0,
      }),
    ],
    uncompared: [{ metric: 'tone', column: SONNET, gates: false, reason: 'its scores lie outside 0 to 1.' }],
    latency: [
      {
        ...ratio,
        base: { p50: 840, p95: 1200 },
        candidate: { p50: 941, p95: 1502 },
        tail: {
          thresholdMs: 1400,
          base: 0.04,
          candidate: 0.075,
          delta: 0.035,
          interval: [-0.01, 0.08],
          pWorse: 0.06,
        },
      },
    ],
    cost: [{ ...ratio, ratio: 1.3, base: 0.0021, candidate: 0.00273 }],
    errors: { base: 0.003, candidate: 0.012 },
    flips: [
      makeFlip({
        caseId: 'mail-9',
        description: 'Mixed feelings',
        candidate: { passed: 1, of: 3 },
        flaky: true,
      }),
      makeFlip(),
      makeFlip({ caseId: 'mail-3', column: ZERO, against: ZERO, gates: false }),
      makeFlip({ caseId: 'mail-1', base: { passed: 0, of: 3 }, candidate: { passed: 3, of: 3 } }),
    ],
    flipCounts: { worse: 19, better: 6 },
    broken: [
      {
        caseId: 'mail-7',
        description: 'Sarcastic praise',
        source: SOURCE,
        column: SONNET,
        against: SONNET,
        base: { passed: 3, of: 3 },
        candidate: { passed: 0, of: 3 },
        reason: 'Expected "positive" to equal "negative"',
        rerun: { base: { passed: 5, of: 5 }, candidate: { passed: 0, of: 5 } },
        pHolm: 0.008,
        status: 'confirmed',
      },
      {
        caseId: 'mail-8',
        column: SONNET,
        against: SONNET,
        base: { passed: 3, of: 3 },
        candidate: { passed: 1, of: 3 },
        reason: 'no JSON',
        status: 'unchecked',
        why: 'the budget was used up.',
      },
    ],
    slices: [
      {
        slice: 'language: de',
        metric: 'pass',
        column: SONNET,
        against: SONNET,
        cases: 30,
        delta: -0.25,
        interval: [-0.4, -0.1],
        pWorse: 0.001,
        pAdjusted: 0.008,
        counts: { worse: 9, equal: 20, better: 1 },
      },
    ],
    changes: [
      {
        kind: 'prompt',
        what: 'The prompt few-shot has another text.',
        column: SONNET,
        diff: [
          { op: 'same', text: `${'You label e-mails by their sentiment. '.repeat(8)}Answer with ` },
          { op: 'removed', text: 'one word' },
          { op: 'added', text: 'a short sentence' },
          { op: 'same', text: `.\n\n${'An example follows here. '.repeat(8)}` },
        ],
      },
      { kind: 'model', what: 'sonnet is claude-sonnet-5 now; it was claude-sonnet-4-5.' },
    ],
    why: [
      {
        column: SONNET,
        metric: 'pass',
        worse: 19,
        better: 6,
        expectedByFlake: 7.2,
        slices: [{ slice: 'language: de', worse: 9, cases: 30 }],
        checks: [{ check: 'equals', cases: 17 }],
        readFirst: ['mail-7', 'mail-9'],
      },
    ],
    drift: [{ column: SONNET, metric: 'pass', model: difference, change: { ...difference, delta: -0.01 } }],
    sequential: { stopped: true, casesUsed: 89, casesPlanned: 200, callsSaved: 333 },
    warnings: ['The baseline is 40 days old.'],
    ...parts,
  }
}

/** What `decide` would make of `makeComparison`, roughly: a gate of every kind and result. */
export function verdictOn({ metrics }: RunComparison, parts: Partial<Verdict> = {}): Verdict {
  const [worse, open] = metrics.filter(({ gates }) => gates)
  const differences = [worse, open].flatMap((metric): Gate[] =>
    metric === undefined
      ? []
      : [
          {
            name: `no worse: ${metric.metric}`,
            column: columnName(metric.column),
            metric: metric.metric,
            result: metric === worse ? 'fail' : 'warn',
            threshold: -0.05,
            observed: metric.delta,
            interval: metric.interval,
            figure: 'difference',
            comparison: metric === worse ? 'regression' : 'inconclusive',
            ...(metric !== worse && { signal: 'leaning_worse' }),
            detectable: metric.detectable,
            needs: metric.needs,
          },
        ],
  )
  const name = worse === undefined ? 'few-shot × sonnet' : columnName(worse.column)
  const of = { column: name, interval: null }
  return {
    v: 1,
    decision: 'block',
    exitCode: 1,
    gates: [
      ...differences,
      {
        ...of,
        name: 'broken cases',
        metric: 'pass',
        result: 'fail',
        threshold: 0,
        observed: 1,
        figure: 'count',
      },
      {
        ...of,
        name: 'latency ratio',
        metric: 'latencyMs',
        result: 'pass',
        threshold: 1.2,
        observed: 1.12,
        interval: [1.02, 1.23],
        figure: 'ratio',
      },
      {
        ...of,
        name: 'cost ratio',
        metric: 'costUsd',
        result: 'not_measured',
        threshold: 1.1,
        observed: null,
        figure: 'ratio',
      },
    ],
    inconclusive: true,
    reasons: [`${name} got worse: pass fell by 8.0 points (−14.1 to −2.0).`],
    ...parts,
  }
}

/** All that an analysis may hold beside the comparison. */
export function ownAnalysis(): Pick<Analysis, 'within' | 'flaky' | 'chances' | 'quarantined'> {
  return {
    within: {
      pairs: [
        {
          metric: 'pass',
          a: SONNET,
          b: FLASH,
          cases: 156,
          delta: -0.01,
          interval: [-0.05, 0.03],
          pHolm: 0.7,
        },
      ],
      rankings: [
        {
          metric: 'pass',
          columns: [
            { ...SONNET, mean: 0.88, groups: [0] },
            { ...FLASH, mean: 0.86, groups: [0, 1] },
            { ...ZERO, mean: 0.84, groups: [1] },
          ],
        },
        {
          metric: 'accuracy',
          columns: [
            { ...SONNET, mean: 0.9, groups: [0] },
            { ...ZERO, mean: 0.7, groups: [1] },
          ],
        },
      ],
    },
    flaky: [
      { caseId: 'mail-4', description: 'Irony', source: SOURCE, column: SONNET, passed: 2, of: 3 },
      { caseId: 'c-17', column: FLASH, passed: 1, of: 3, quarantined: true },
    ],
    chances: [{ column: SONNET, k: 3, passAtK: 0.92, passHatK: 0.71 }],
    quarantined: [
      { caseId: 'c-17', until: '2027-01-31', reason: 'label disputed', state: 'active' },
      { caseId: 'c-18', until: '2026-11-28', reason: 'label disputed', state: 'expires_soon' },
      { caseId: 'c-19', until: '2026-11-01', state: 'expired' },
      { caseId: 'c-99', state: 'unknown_case' },
    ],
  }
}

/** A run with a baseline, and all that a comparison may hold. */
export function comparedInput(
  parts: Partial<RunComparison> = {},
  verdict: Partial<Verdict> = {},
): ReportInput {
  const trials = [SONNET, FLASH, ZERO].map((cell) => makeTrial({ cell }))
  const comparison = makeComparison(parts)
  const input = makeInput({ trials })
  return {
    ...input,
    analysis: { ...input.analysis, ...ownAnalysis(), comparison },
    verdict: verdictOn(comparison, verdict),
  }
}
