/** One call of a tool, and what came of it. */
export interface Step {
  readonly tool: string
  /** Parsed; undefined where they cannot be read. */
  readonly args: unknown
  /** Why the arguments cannot be read. */
  readonly fault?: string | undefined
  /** Calls of one turn were made together: none of them could know of another's result. */
  readonly turn: number
  /** Undefined where the transcript has none. */
  readonly result?: StepResult | undefined
  /** What the agent found itself in when it called, where the transcript tells: any JSON value. */
  readonly state?: unknown
}

export interface StepResult {
  readonly value: unknown
  readonly isError: boolean
}

/** The way an agent took. */
export interface Trajectory {
  readonly steps: readonly Step[]
  /** What it said at the end; empty where it ended with a call. */
  readonly final: string
}

/** The step as a reason names it: steps count from 1. */
export function stepName(step: Step, index: number): string {
  return `step ${index + 1} (${step.tool.length > 60 ? `${step.tool.slice(0, 60)}…` : step.tool})`
}
