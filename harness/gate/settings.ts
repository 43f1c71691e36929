/** `assay.gate`, as the suite reader has checked it. */
export interface GateSettings {
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

/** True when the gate asks whether the run is worse than a baseline, not only for absolute limits. */
export function asksForBaseline(gate: GateSettings): boolean {
  return [gate.metrics, gate.margin, gate.latency?.ratio, gate.cost?.ratio].some((key) => key !== undefined)
}
