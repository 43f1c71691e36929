import { messageOf } from '../model/errors.ts'
import type { DerivedMetric } from '../model/suite.ts'

/** Sums of named scores over the trials of one column. */
export interface NamedTotals {
  readonly sums: Record<string, number>
  /** Trials added: `__count` in an expression. */
  count: number
}

export function emptyTotals(): NamedTotals {
  return { sums: {}, count: 0 }
}

/** Adds one trial's named scores as promptfoo does: each times the weight behind it. */
export function addNamedScores(
  totals: NamedTotals,
  namedScores: Readonly<Record<string, number>>,
  weights: Readonly<Record<string, number>> = {},
): void {
  totals.count += 1
  for (const [name, score] of Object.entries(namedScores)) {
    totals.sums[name] = (totals.sums[name] ?? 0) + score * (weights[name] ?? 1)
  }
}

/** Derived metrics by name; those that could not be computed are absent, with the reason. */
export interface DerivedMetrics {
  readonly values: Readonly<Record<string, number>>
  readonly problems: readonly { readonly name: string; readonly message: string }[]
}

/**
 * Computes a suite's `derivedMetrics` from the totals of a column. Each sees the named scores' sums, `__count`, and
 * the metrics before it.
 * @param context handed to metrics that are functions, as their second argument
 */
export async function deriveMetrics(
  metrics: readonly DerivedMetric[],
  { sums, count }: NamedTotals,
  context?: unknown,
): Promise<DerivedMetrics> {
  if (metrics.length === 0) return { values: {}, problems: [] }
  // mathjs takes a good part of a second to load: only for a suite that has a formula.
  const evaluate = metrics.some(({ value }) => typeof value === 'string')
    ? (await import('mathjs')).evaluate
    : undefined
  const scope: Record<string, number> = { ...sums, __count: count }
  const values: Record<string, number> = {}
  const problems: { name: string; message: string }[] = []
  for (const { name, value } of metrics) {
    try {
      const result: unknown =
        typeof value === 'function' ? value({ ...scope }, context) : evaluate?.(value, scope)
      if (typeof result !== 'number' || !Number.isFinite(result))
        throw new Error(`it is no number: ${String(result)}`)
      values[name] = result
      scope[name] = result
    } catch (error) {
      problems.push({
        name,
        message: `derived metric \`${name}\` could not be computed: ${messageOf(error)}`,
      })
    }
  }
  return { values, problems }
}
