/** `assay.gate`, as the suite reader has checked it. */
export interface GateSettings {
  /** What a run comes to that an account's outage keeps from a verdict: exit 3 (`fail`, the default) or 0 (`neutral`). */
  readonly onUnavailable?: 'fail' | 'neutral'
  /** The columns that gate, the others inform; either half may be left out. Default: all. */
  readonly ship?: readonly { readonly prompt?: string; readonly provider?: string }[]
  /** Least value of a metric: `pass`, `pass_first`, or a named score. */
  readonly floors?: Readonly<Record<string, number>>
  /** Cases with this tag must pass in every repeat. */
  readonly mustPass?: { readonly tag: string | readonly string[] }
  readonly latency?: { readonly p95Ms?: number; readonly ratio?: number }
  readonly cost?: { readonly usdPerCase?: number; readonly ratio?: number }
  readonly metrics?: readonly string[]
  readonly margin?: number
}

/** True when all the gate says is how an outage is taken: the suite is then judged as one without a gate. */
export function saysOnlyOutages(gate: GateSettings): boolean {
  return gate.onUnavailable !== undefined && Object.keys(gate).length === 1
}

/** True when the gate asks whether the run is worse than a baseline, not only for absolute limits. */
export function asksForBaseline(gate: GateSettings): boolean {
  return [gate.metrics, gate.margin, gate.latency?.ratio, gate.cost?.ratio].some((key) => key !== undefined)
}
