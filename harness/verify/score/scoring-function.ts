import { messageOf } from '../../model/errors.ts'
import type { Contribution, Tally } from './score.ts'
import type { Grade } from './grade.ts'
import { isGrade } from './grade.ts'

/** `assertScoringFunction`: takes the named scores, and has the last word. */
export type ScoringFunction = (
  namedScores: Record<string, number>,
  context: {
    readonly threshold: number | undefined
    readonly componentResults: readonly Grade[]
    readonly tokensUsed: Record<string, number>
  },
) => unknown

/**
 * The tally after the suite's scoring function; what it returns replaces the fields it names.
 * @throws Error when the function throws or does not return a grade
 */
export async function applyScoringFunction(
  score: ScoringFunction,
  before: Tally,
  contributions: readonly Contribution[],
  threshold: number | undefined,
): Promise<Tally> {
  const grades = contributions.map(({ grade }) => grade)
  let result: unknown
  try {
    result = await score(before.namedScores, {
      threshold,
      componentResults: flatten(grades),
      tokensUsed: sumTokens(grades),
    })
  } catch (cause) {
    throw new Error(`Scoring function error: ${messageOf(cause)}`, { cause })
  }
  if (!isGrade(result)) {
    throw new Error('Scoring function error: assertion scoring function must return a GradingResult')
  }
  const { pass, score: value, reason } = result
  if (!Number.isFinite(value)) throw new Error(`Scoring function error: the score is no number: ${value}`)
  return {
    pass,
    score: value,
    reason,
    namedScores: result.namedScores ?? before.namedScores,
    namedScoreWeights: result.namedScoreWeights ?? before.namedScoreWeights,
  }
}

/** Each grade followed by its parts, as promptfoo lists them. */
function flatten(grades: readonly Grade[]): Grade[] {
  return grades.flatMap((grade) => [
    grade,
    ...(grade.componentResults ?? []).map((part) => partOf(grade, part)),
  ])
}

function partOf(grade: Grade, part: Grade): Grade {
  return { ...part, assertion: part.assertion ?? grade.assertion }
}

function sumTokens(grades: readonly Grade[]): Record<string, number> {
  const sum: Record<string, number> = { total: 0, prompt: 0, completion: 0, cached: 0, numRequests: 0 }
  for (const { tokensUsed } of grades) {
    for (const field of Object.keys(sum)) {
      const used = tokensUsed?.[field]
      if (typeof used === 'number') sum[field] = (sum[field] ?? 0) + used
    }
  }
  return sum
}
