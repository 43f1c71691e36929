import type { AssaySettings } from '../model/suite.ts'

/** Either half of a column's name, or both. */
interface NamedColumn {
  readonly prompt?: string
  readonly provider?: string
}

/** `assay.gate`, as the suite reader has checked it. */
export interface GateSettings {
  /** What a run comes to that an account's outage keeps from a verdict: exit 3 (`fail`, the default) or 0 (`neutral`). */
  readonly onUnavailable?: 'fail' | 'neutral'
  /** The columns that gate, the others inform; either half may be left out. Default: all. */
  readonly ship?: readonly NamedColumn[]
  /** The column that those are compared with, where it is not the one of the same name. */
  readonly against?: NamedColumn
  /** Metrics that are compared with the baseline: `pass`, `pass_first`, or a named score. Default: `pass`. */
  readonly metrics?: readonly string[]
  /** The largest drop that still counts as "no worse". Default: what the baseline was accepted with. */
  readonly margin?: number
  /** Two-sided; 0.05 by default. */
  readonly alpha?: number
  /** Least value of a metric: `pass`, `pass_first`, a named score, or a measure (`check.name`). */
  readonly floors?: Readonly<Record<string, number>>
  /** Greatest value of one, where less is better. */
  readonly ceilings?: Readonly<Record<string, number>>
  /** True where a judge that was not compared with people's labels gates all the same. */
  readonly uncalibratedJudges?: boolean
  /** What the lower bound of a judge's agreement (Krippendorff's alpha) must reach for it to gate. Default: above 0. */
  readonly judgeAgreement?: number
  /** Cases with this tag must pass in every repeat. */
  readonly mustPass?: { readonly tag: string | readonly string[] }
  /** Fresh repeats, in both arms, of a case that broke outright; 0 turns it off. */
  readonly confirm?: number
  /** Milliseconds, and candidate / baseline. */
  readonly latency?: { readonly p95Ms?: number; readonly ratio?: number }
  /** USD, and candidate / baseline. */
  readonly cost?: { readonly usdPerCase?: number; readonly ratio?: number }
}

const DEFAULT_ALPHA = 0.05
const DEFAULT_CONFIRM = 5

/** The gate of a suite; undefined for none, and for one that only says how an outage is taken. */
export function gateOf(settings: Pick<AssaySettings, 'gate'>): GateSettings | undefined {
  const gate = settings.gate as GateSettings | undefined
  return gate === undefined || saysOnlyOutages(gate) ? undefined : gate
}

/** True when all the gate says is how an outage is taken: the suite is then judged as one without a gate. */
function saysOnlyOutages(gate: GateSettings): boolean {
  return gate.onUnavailable !== undefined && Object.keys(gate).length === 1
}

/** True when the gate asks whether the run is worse than a baseline, not only for absolute limits. */
export function asksForBaseline(gate: GateSettings): boolean {
  const { metrics, margin, alpha, against, confirm, latency, cost } = gate
  return [metrics, margin, alpha, against, confirm, latency?.ratio, cost?.ratio].some(
    (key) => key !== undefined,
  )
}

/** How often a case that broke outright is run again in both arms. */
export function confirmRepeats(gate: GateSettings | undefined): number {
  return gate?.confirm ?? DEFAULT_CONFIRM
}

/** The metrics that a comparison gates on. A suite without a gate is compared by its pass rate. */
export function gatedMetrics(gate: GateSettings | undefined): readonly string[] {
  return gate?.metrics ?? ['pass']
}

/** Two-sided error rate of the gate. */
export function alphaOf(gate: GateSettings | undefined): number {
  return gate?.alpha ?? DEFAULT_ALPHA
}
