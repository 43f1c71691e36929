/** What `status:` knows: of the change against the baseline, of the outcome, of the reply, and of reviews. */
export const STATUSES = [
  'regressed',
  'improved',
  'same',
  'passed',
  'failed',
  'errored',
  'flaky',
  'replayed',
  'refused',
  'quarantined',
  'reviewed',
  'disputed',
] as const
export type Status = (typeof STATUSES)[number]

/** Keys whose values are names. */
export const NAMED = ['model', 'prompt', 'tag', 'case', 'file'] as const
export type Named = (typeof NAMED)[number]

/** Keys whose values are figures, besides the metrics' names. */
export const FIGURES = ['score', 'latency', 'ttft', 'cost', 'attempts', 'tokens', 'repeat'] as const
export type FigureName = (typeof FIGURES)[number]

/** A figure of a cell: one of every run's, or a metric of this one. */
export type Figure = { readonly of: FigureName } | { readonly of: 'metric'; readonly name: string }

export const OPERATORS = ['<=', '>=', '<', '>', '='] as const
export type Operator = (typeof OPERATORS)[number]

/** `>2000`, in ms, USD, tokens or as the metric has it; or `none`: not measured. */
export type Condition = { readonly op: Operator; readonly value: number } | 'none'

/** One token of a filter. Values within one are alternatives; a cell must meet all tokens. */
export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'status'; readonly statuses: readonly Status[] }
  | { readonly kind: 'name'; readonly of: Named; readonly values: readonly string[] }
  | { readonly kind: 'figure'; readonly figure: Figure; readonly conditions: readonly Condition[] }
  | { readonly kind: 'text'; readonly text: string }
)

export function isStatus(word: string): word is Status {
  return (STATUSES as readonly string[]).includes(word)
}

export function isNamed(word: string): word is Named {
  return (NAMED as readonly string[]).includes(word)
}

export function isFigureName(word: string): word is FigureName {
  return (FIGURES as readonly string[]).includes(word)
}
