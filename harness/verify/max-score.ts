import type { Assertion } from '../model/assertion.ts'
import type { CheckResult, Trial } from '../model/trial.ts'
import { isComparison } from './assertion-kind.ts'
import type { Grade } from './score/grade.ts'

interface MaxScoreOptions {
  readonly method: unknown
  readonly weights: Readonly<Record<string, number>>
  readonly threshold: number | undefined
}

/**
 * `max-score`: of the replies compared, the one whose checks score highest passes, if it reaches the threshold; the
 * first of equals. `weights` are by assertion type. One grade per trial, in their order.
 */
export function gradeMaxScore(assertion: Assertion, trials: readonly Pick<Trial, 'checks'>[]): Grade[] {
  const options = optionsOf(assertion)
  const scores = trials.map(({ checks }) => aggregate(checks, options))
  const best = Math.max(...scores)
  const winner = scores.indexOf(best)
  const { threshold } = options
  const reached = threshold === undefined || best >= threshold
  return scores.map((score, index) => {
    if (index === winner && reached) {
      return {
        pass: true,
        score: 1,
        reason: `Selected as highest scoring output (score: ${score.toFixed(3)})`,
      }
    }
    const reason =
      score === best && !reached
        ? `Not selected - score ${score.toFixed(3)} below threshold ${threshold}`
        : `Not selected (score: ${score.toFixed(3)}, max: ${best.toFixed(3)})`
    return { pass: false, score: 0, reason }
  })
}

function optionsOf({ value }: Assertion): MaxScoreOptions {
  const {
    method = 'average',
    weights = {},
    threshold,
  } = (typeof value === 'object' && value !== null ? value : {}) as Partial<MaxScoreOptions>
  return { method, weights, threshold }
}

function aggregate(checks: readonly CheckResult[], { method, weights }: MaxScoreOptions): number {
  let sum = 0
  let totalWeight = 0
  for (const { type, score } of relevant(checks)) {
    if (score === null) continue
    const weight = weights[type] ?? 1
    sum += score * weight
    totalWeight += weight
  }
  if (method === 'sum') return sum
  return totalWeight > 0 ? sum / totalWeight : 0
}

/** Every check and part of one counts, but an assert-set only through its members, and a judge only with a current calibration. */
function* relevant(checks: readonly CheckResult[]): Iterable<CheckResult> {
  for (const check of checks) {
    if (isComparison(check.type) || check.uncalibrated === true) continue
    if (check.type !== 'assert-set') yield check
    if (check.members !== undefined) yield* relevant(check.members)
  }
}
