import type { Analysis } from '../model/analysis.ts'
import type { DerivedMetric } from '../model/suite.ts'
import { deriveMetrics } from '../verify/derived-metrics.ts'
import type { Analyzer } from './analyzer.ts'

/**
 * Finishes an analysis with the suite's `derivedMetrics` among each column's named scores. One that cannot be computed is left
 * out, and told once.
 */
export async function finishWithDerived(
  analyzer: Analyzer,
  metrics: readonly DerivedMetric[],
  onWarning: (message: string) => void,
): Promise<Analysis> {
  const analysis = analyzer.finish()
  if (metrics.length === 0) return analysis
  const derived = await Promise.all(analyzer.totals().map(async (totals) => deriveMetrics(metrics, totals)))
  for (const message of new Set(
    derived.flatMap(({ problems }) => problems.map((problem) => problem.message)),
  )) {
    onWarning(message)
  }
  const columns = analysis.columns.map((column, i) => {
    const namedScores = { ...column.namedScores, ...derived[i]?.values }
    return Object.assign({}, column, { namedScores })
  })
  return { ...analysis, columns }
}
