import type { Gate } from '../model/verdict.ts'

/** A gate's result, and what to say when it is not a pass. */
export interface GateOutcome {
  readonly gate: Gate
  readonly reason: string
  /** A gate that could not be measured leaves the run invalid when it guards quality; a limit on speed or price only warns. */
  readonly required: boolean
  /** What broke it stands, whatever cells are still missing. */
  readonly lasting?: boolean
  /** A limit on quality that is written down, a floor or a tag that must pass: it holds without any baseline. */
  readonly floor?: boolean
}
