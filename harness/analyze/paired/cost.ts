import type { CostComparison } from '../../model/comparison.ts'
import { columnName } from '../../model/comparison.ts'
import { nameOf } from './compare-metric.ts'
import { exactMean } from './exact-mean.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import { pairScores, readCost } from './paired-scores.ts'
import { compareRatio } from './ratio.ts'
import type { ScoreTable } from './score-table.ts'

/** A comparison, or why there is none where one would be expected. */
interface ComparedCost {
  readonly comparison?: CostComparison
  readonly warning?: string
}

/** USD a case of a column; cases whose price is not known in both arms are left out. */
export function compareCost(
  pair: PairedColumn,
  candidate: ScoreTable,
  cases: PairedCases,
  { alpha, limit }: { readonly alpha: number; readonly limit?: number | undefined },
): ComparedCost {
  const scores = pairScores(pair.base.view(pair.against), candidate.view(pair.column), cases, readCost)
  if (scores.cases.length === 0) return {}
  const figures = compareRatio(scores, alpha, limit)
  const [base, now] = [exactMean(scores.base), exactMean(scores.candidate)]
  if (figures === null) {
    if (base === 0 && now > 0)
      return {
        warning: `${columnName(pair.column)} cost nothing in the baseline, so there is no ratio of costs.`,
      }
    return {}
  }
  return {
    comparison: {
      column: nameOf(pair.column),
      against: nameOf(pair.against),
      gates: pair.gates && limit !== undefined,
      ...figures,
      base,
      candidate: now,
    },
  }
}
