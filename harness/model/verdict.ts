/** What a run's gates come to. */
export type Decision = 'pass' | 'warn' | 'block' | 'invalid' | 'no_baseline'

export interface Gate {
  readonly name: string
  readonly column: string
  readonly metric: string
  readonly result: 'pass' | 'warn' | 'fail' | 'not_measured'
  readonly threshold: number | string
  readonly observed: number | null
  readonly interval: readonly [number, number] | null
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
  /** Sentences a person understands, the most important first. */
  readonly reasons: readonly string[]
}
