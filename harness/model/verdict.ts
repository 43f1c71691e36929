/** What a run's gates come to. */
export type Decision = 'pass' | 'warn' | 'block' | 'invalid' | 'no_baseline'

/** What the comparison of one gating metric comes to. */
export type MetricDecision = 'improved' | 'no_worse' | 'regression' | 'inconclusive'

export interface Gate {
  readonly name: string
  readonly column: string
  readonly metric: string
  readonly result: 'pass' | 'warn' | 'fail' | 'not_measured'
  readonly threshold: number | string
  readonly observed: number | null
  readonly interval: readonly [number, number] | null
  /** How threshold, observed and interval are to be read: differences and ratios are of the candidate to the baseline; a share is in [0, 1]. */
  readonly figure?: 'difference' | 'ratio' | 'count' | 'share'
  /** What a comparison with the baseline came to. */
  readonly comparison?: MetricDecision
  /** Of an inconclusive one. */
  readonly signal?: 'leaning_worse' | 'no_signal'
  /** Of a difference: the least drop that would be seen with 80% power. */
  readonly detectable?: number | null
  readonly needs?: {
    readonly drop: number
    readonly options: readonly { readonly cases: number; readonly repeats: number }[]
  } | null
}

/** `verdict.json`. */
export interface Verdict {
  readonly v: 1
  readonly decision: Decision
  /**
   * 0 for an `invalid` run too, where only an account that was not available kept it from a verdict and the suite forgives that.
   */
  readonly exitCode: 0 | 1 | 3 | 4
  readonly gates: readonly Gate[]
  /** True when a comparison that gates is inconclusive: `--strict` fails it. */
  readonly inconclusive?: boolean
  /** Sentences a person understands, the most important first. */
  readonly reasons: readonly string[]
}
