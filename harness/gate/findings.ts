import type { Decision, Verdict } from '../model/verdict.ts'
import type { GateOutcome } from './outcome.ts'

/** Sentences that speak against a pass, and whether the cells that are missing may be forgiven. */
export interface Findings {
  /** Why planned cells have no result. */
  readonly missing: readonly string[]
  /** Only an account that was not available is why, and the suite forgives that. */
  readonly forgiven: boolean
  readonly invalid: readonly string[]
  readonly blocking: readonly string[]
  readonly warnings: readonly string[]
  /** True when the gate asks for a comparison, and there is nothing to compare with. */
  readonly lacksBaseline: boolean
}

const EXIT_CODES: Record<Decision, Verdict['exitCode']> = {
  pass: 0,
  warn: 0,
  no_baseline: 0,
  block: 1,
  invalid: 3,
}

/** An invalid run goes before a blocked one, and that before one that could not be compared. */
export function decisionOf(findings: Findings): Decision {
  const { missing, forgiven, invalid, blocking, warnings, lacksBaseline } = findings
  if (invalid.length > 0 || (missing.length > 0 && !forgiven)) return 'invalid'
  if (blocking.length > 0) return 'block'
  if (missing.length > 0) return 'invalid'
  if (lacksBaseline) return 'no_baseline'
  return warnings.length > 0 ? 'warn' : 'pass'
}

interface Strictness {
  readonly strict: boolean
  /** A block is told and forgiven. */
  readonly failsOnNothing: boolean
}

/** 3 goes before 1, and that before 4: an inconclusive comparison under `--strict`. */
export function exitCodeOf(
  decision: Decision,
  { forgiven, invalid }: Findings,
  inconclusive: boolean,
  { strict, failsOnNothing }: Strictness,
): Verdict['exitCode'] {
  if (decision === 'invalid') return forgiven && invalid.length === 0 ? 0 : EXIT_CODES.invalid
  if (failsOnNothing) return 0
  return EXIT_CODES[decision] === 0 && strict && inconclusive ? 4 : EXIT_CODES[decision]
}

/** The reasons of those gates that have one and of which that is true. */
export function reasonsOf(
  outcomes: readonly GateOutcome[],
  when: (outcome: GateOutcome) => boolean,
): string[] {
  return outcomes.filter((outcome) => outcome.reason !== '' && when(outcome)).map(({ reason }) => reason)
}

interface Said {
  /** What the comparison came to, where it blocks nothing. */
  readonly proven: readonly string[]
  /** What explains the comparison. */
  readonly notes: readonly string[]
  readonly held: readonly string[]
}

/** All sentences of a verdict, the most important first: the first one says why it is what it is. */
export function reasonsFor(decision: Decision, findings: Findings, said: Said): string[] {
  const { missing, invalid, blocking, warnings } = findings
  const { proven, notes, held } = said
  if (decision === 'block') return [...blocking, ...notes, ...warnings, ...missing]
  if (decision === 'invalid') return [...missing, ...invalid, ...blocking, ...notes, ...warnings]
  return [...warnings, ...proven, ...notes, ...held]
}
