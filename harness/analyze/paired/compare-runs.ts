import type {
  CostComparison,
  LatencyComparison,
  MetricComparison,
  RunComparison,
  Uncompared,
} from '../../model/comparison.ts'
import { holm } from '../../stats/multiple.ts'
import type { Arm } from './arm.ts'
import { brokenCandidates, withReruns } from './broken.ts'
import { findChanges } from './changes.ts'
import type { ComparedMetric } from './compare-metric.ts'
import { compareMetric, finishMetric, metricsOf, nameOf } from './compare-metric.ts'
import type { CompareOptions } from './compare-options.ts'
import { compareCost } from './cost.ts'
import { countErrors } from './error-shares.ts'
import { findFlips } from './flips.ts'
import { compareLatency } from './latency.ts'
import type { CaseInfo } from './observation.ts'
import type { CasePairing, PairedCases } from './pair-cases.ts'
import { casesOf, missingClusters, pairCases } from './pair-cases.ts'
import type { PairedColumn } from './pair-columns.ts'
import { pairColumns } from './pair-columns.ts'
import { compareSlices } from './slices.ts'
import { warningsOf } from './warnings.ts'
import { whyOf } from './why.ts'

export type { CompareOptions, RerunResults } from './compare-options.ts'

/** A column with what it is compared with, and the cases that are: quarantined ones left out, and all. */
interface ColumnToCompare extends PairedColumn {
  readonly gated: PairedCases
  readonly cases: PairedCases
}

/**
 * A run against its baseline, from the scores of both alone: the same arms give the same bytes, in whatever order their cells were added.
 * All differences are candidate − baseline.
 * @throws HarnessError `usage` where the arms are of different suites, share no case, or a column that ships has no counterpart
 */
export function compareRuns(base: Arm, candidate: Arm, options: CompareOptions): RunComparison {
  const { alpha, margin, cluster, looks = 1 } = options
  const cases = pairCases(base, candidate, options)
  const { pairs, unpaired } = pairColumns(base, candidate, options)
  const withoutCluster = missingClusters(cases.shared, cluster)
  const shared = selectCases(cases.shared, options, false)
  // Of two columns of one run all cases are shared.
  const own = selectCases(candidate.table.cases, options, true)
  const columns = pairs.map((pair): ColumnToCompare => ({
    ...pair,
    ...(pair.base === candidate.table ? own : shared),
  }))
  const { compared, uncompared } = compareMetrics(columns, candidate, options)
  const errors = countErrors(columns, candidate.table)
  const { flips, counts: flipCounts } = findFlips(columns, candidate.table, options.quarantined)
  const broken = brokenCandidates(columns, candidate.table)
  const { latency, cost, warnings } = compareRatios(columns, candidate, options)
  const warned = { base, candidate, pairs, cases, compared, withoutCluster, errored: errors.cells, options }
  return {
    baseline: base.about,
    pairing: {
      sharedCases: cases.shared.length,
      onlyBase: cases.onlyBase.length,
      onlyCandidate: cases.onlyCandidate.length,
      ...changedCases(cases, options),
      columns: pairs.map(({ column, against, by }) => ({
        column: nameOf(column),
        against: nameOf(against),
        by,
      })),
      // Of columns of one run none lacks a counterpart: the others are not asked about.
      unpaired: base.table === candidate.table ? [] : unpaired,
    },
    alpha,
    margin,
    ...(cluster !== undefined && { cluster }),
    looks,
    metrics: finish(compared, options),
    uncompared,
    latency,
    cost,
    errors: errors.shares,
    flips,
    flipCounts,
    broken: withReruns(broken, options.rerun),
    slices: compareSlices(compared, options),
    changes: findChanges(base, candidate, pairs, cases),
    why: whyOf(compared, candidate.table),
    warnings: [...warningsOf(warned), ...warnings],
  }
}

/** Cases to compare: in the gate, and all. */
function selectCases(
  all: readonly CaseInfo[],
  { cluster, quarantined, notReverified }: CompareOptions,
  isOwn: boolean,
): Pick<ColumnToCompare, 'gated' | 'cases'> {
  const isLost = (id: string) => !isOwn && notReverified?.has(id) === true
  const cases = casesOf(all, cluster !== undefined, isLost)
  const isOut = (id: string) => quarantined.has(id) || isLost(id)
  // One list where it can be: what is worked out for it is found again.
  const gated = all.some(({ id }) => quarantined.has(id)) ? casesOf(all, cluster !== undefined, isOut) : cases
  return { gated, cases }
}

function compareMetrics(
  columns: readonly ColumnToCompare[],
  { table }: Arm,
  options: CompareOptions,
): { readonly compared: ComparedMetric[]; readonly uncompared: Uncompared[] } {
  const compared: ComparedMetric[] = []
  const uncompared: Uncompared[] = []
  for (const column of columns) {
    for (const metric of metricsOf(column, table, options.metrics)) {
      const result = compareMetric(column, table, column.gated, metric, options)
      if ('reason' in result) uncompared.push(result)
      else compared.push(result)
    }
  }
  return { compared, uncompared }
}

/** Holm over all that gates, worse and better apart; then, at the level that this leaves to one test, what could have been seen. */
function finish(compared: readonly ComparedMetric[], { alpha, margin }: CompareOptions): MetricComparison[] {
  const gating = compared.filter(({ comparison }) => comparison.gates)
  const pWorse = holm(gating.map(({ comparison }) => comparison.pWorse))
  const pBetter = holm(gating.map(({ comparison }) => comparison.pBetter))
  return compared.map((each) => {
    const place = gating.indexOf(each)
    if (place === -1) {
      const { pWorse: pWorseHolm, pBetter: pBetterHolm } = each.comparison
      return finishMetric(each, { pWorseHolm, pBetterHolm }, { alpha, alphaLeft: alpha, margin })
    }
    const adjusted = { pWorseHolm: pWorse[place] as number, pBetterHolm: pBetter[place] as number }
    return finishMetric(each, adjusted, { alpha, alphaLeft: alpha / gating.length, margin })
  })
}

function compareRatios(
  columns: readonly ColumnToCompare[],
  { table }: Arm,
  { alpha, latencyRatio, costRatio }: CompareOptions,
): {
  readonly latency: LatencyComparison[]
  readonly cost: CostComparison[]
  readonly warnings: string[]
} {
  const latency = columns.map((column) =>
    compareLatency(column, table, column.gated, { alpha, limit: latencyRatio }),
  )
  const cost = columns.map((column) => compareCost(column, table, column.gated, { alpha, limit: costRatio }))
  return {
    latency: latency.filter((each) => each !== null),
    cost: cost.flatMap((each) => each.comparison ?? []),
    warnings: cost.flatMap((each) => each.warning ?? []),
  }
}

function changedCases(
  { changedVars, changedChecks }: CasePairing,
  { reverified = new Set(), notReverified = new Set() }: CompareOptions,
): { readonly changedCases: number; readonly reverified: number; readonly notReverified: number } {
  const changed = new Set([...changedVars, ...changedChecks, ...reverified, ...notReverified])
  return {
    changedCases: changed.size,
    reverified: reverified.size,
    notReverified: notReverified.size,
  }
}
