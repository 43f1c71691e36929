/** Numbers in [0, 1). */
export type Random = () => number

/** Adds to what happened in one replicate: an event that happened counts 1. */
export type Count = (event: string, by?: number) => void

/** What must hold of how often an event happened. Rates are per replicate, in [0, 1]. */
export type Criterion =
  /** Rate ≤ limit + slack + 3 SE: `slack` is what the method itself allows for skewed scores. */
  | { readonly kind: 'at_most'; readonly event: string; readonly limit: number; readonly slack: number }
  /** Rate ≥ limit. */
  | { readonly kind: 'at_least'; readonly event: string; readonly limit: number }
  /** |rate − limit| ≤ 3 SE + slack, the SE of both figures together: `limit` may be simulated as well, with its own SE. */
  | {
      readonly kind: 'near'
      readonly event: string
      readonly limit: number
      readonly slack: number
      readonly limitSe: number
      readonly source: string
    }

/** A world to draw pairs of runs from, and what the gate must do in it. */
export interface Scenario {
  /** Unique; seeds follow from it, so a renamed scenario draws anew. */
  readonly name: string
  /** How often it is drawn in the full form, and in the quick one (absent: not at all). */
  readonly replicates: { readonly full: number; readonly quick?: number }
  readonly criteria: readonly Criterion[]
  /** Draws once, gates, and counts what happened. */
  simulate(random: Random, count: Count): void
}

/** What a scenario came to. */
export interface Result {
  readonly name: string
  readonly replicates: number
  readonly counts: Readonly<Record<string, number>>
}

/** Scenarios that are read side by side. */
export interface Table {
  /** What `--only` names. */
  readonly key: string
  readonly title: string
  /** What a reader must know to read it: one sentence each. */
  readonly notes: readonly string[]
  readonly columns: readonly { readonly header: string; readonly show: (result: Result) => string }[]
  readonly scenarios: readonly Scenario[]
}

/** An error rate that must not pass `limit`. */
export function atMost(event: string, limit: number, slack = 0): Criterion {
  return { kind: 'at_most', event, limit, slack }
}

/** Share of replicates in which an event happened. */
export function rateOf({ counts, replicates }: Result, event: string): number {
  return (counts[event] ?? 0) / replicates
}

/** A column of percentages. */
export function rateColumn(header: string, event: string): Table['columns'][number] {
  return { header, show: (result) => `${(100 * rateOf(result, event)).toFixed(1)}%` }
}

/**
 * Replicates of the full form: as many as `work` trials pay for, from 2,000 to 3,000.
 * @param trials of one replicate, both arms
 */
export function replicatesFor(trials: number): number {
  const affordable = Math.floor(WORK / trials / 500) * 500
  return Math.min(3_000, Math.max(2_000, affordable))
}

const WORK = 400_000
