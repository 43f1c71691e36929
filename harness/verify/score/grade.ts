/** promptfoo's GradingResult: what one check, or a set of them, says of a reply. */
export interface Grade {
  pass: boolean
  score: number
  reason: string
  namedScores?: Record<string, number> | undefined
  /** Sum of the weights behind each named score; a name that is absent counts 1. */
  namedScoreWeights?: Record<string, number> | undefined
  componentResults?: Grade[] | undefined
  assertion?: { type?: string; metric?: string; weight?: number } | null | undefined
  tokensUsed?: Record<string, unknown> | undefined
  metadata?: Record<string, unknown> | undefined
}

/** A check either graded the reply or broke; a broken one says nothing of the reply. */
export type Grading = { readonly grade: Grade } | { readonly broken: string }

/** promptfoo's `isGradingResult`, as far as scoring relies on it. */
export function isGrade(value: unknown): value is Grade {
  if (typeof value !== 'object' || value === null) return false
  const { pass, score, reason } = value as Record<string, unknown>
  return typeof pass === 'boolean' && typeof score === 'number' && typeof reason === 'string'
}
