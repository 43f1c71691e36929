import type { CheckResult } from '../../model/trial.ts'
import { seenIn } from './evidence.ts'
import type { Grade, Grading } from './grade.ts'

/** A check as the record holds it. Parts that a custom check graded apart are its members. */
export function checkResult(
  type: string,
  metric: string | undefined,
  weight: number | undefined,
  grading: Grading,
  members?: readonly CheckResult[],
): CheckResult {
  const base = { type, ...(metric && { metric }), ...(weight !== undefined && { weight }) }
  const inside = members === undefined ? {} : { members }
  if ('broken' in grading) {
    return { ...base, pass: false, score: null, reason: grading.broken, error: grading.broken, ...inside }
  }
  const { pass, score, reason, componentResults } = grading.grade
  const parts = componentResults?.map((part) => partResult(type, part))
  const seen = seenIn(grading.grade)
  return { ...base, pass, score, reason, ...seen, ...(parts === undefined ? inside : { members: parts }) }
}

function partResult(parentType: string, { pass, score, reason, assertion, metadata }: Grade): CheckResult {
  const { type = parentType, metric, weight } = assertion ?? {}
  return checkResult(type, metric, weight, { grade: { pass, score, reason, metadata } })
}
