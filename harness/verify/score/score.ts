import type { Grade } from './grade.ts'

/** One check's grade, and how it counts. An absent one (`select-best`, `max-score`) is left out of the score. */
export interface Contribution {
  readonly grade: Grade
  /** Rendered. An empty name counts as none. */
  readonly metric?: string | undefined
  /** 1 where absent. */
  readonly weight?: number | undefined
}

/** What the checks of a case, or the members of an assert-set, come to. */
export interface Tally {
  readonly pass: boolean
  readonly score: number
  readonly reason: string
  readonly namedScores: Record<string, number>
  readonly namedScoreWeights: Record<string, number>
}

const BLOCKED = 'Content failed guardrail safety checks'

/** The tally of a case that asserts nothing. */
export const NO_CHECKS: Tally = {
  pass: true,
  score: 1,
  reason: 'No assertions',
  namedScores: {},
  namedScoreWeights: {},
}

/**
 * promptfoo's aggregation: the score is the weighted mean; with a threshold only the score decides, without one any
 * failure fails, and the last failure gives the reason. A guardrail of `purpose: redteam` that trips makes the whole
 * pass. Contributions are taken in the order given: plain checks first, then sets.
 */
export function tally(contributions: Iterable<Contribution>, threshold: number | undefined): Tally {
  let total = 0
  let totalWeight = 0
  let failure: string | undefined
  let blocked = false
  const named = new Map<string, { score: number; weight: number }>()

  for (const { grade, metric, weight = 1 } of contributions) {
    total += grade.score * weight
    totalWeight += weight
    if (metric) addNamed(named, metric, grade.score, weight)
    if (grade.namedScores !== undefined) {
      for (const [name, score] of Object.entries(grade.namedScores)) {
        if (name !== metric) addNamed(named, name, score, (grade.namedScoreWeights?.[name] ?? 1) * weight)
      }
    }
    if (!grade.pass) {
      failure = grade.reason || failure || 'The check failed and gave no reason'
      blocked ||= isRedteamGuardrail(grade.assertion)
    }
  }

  const score = totalWeight > 0 ? total / totalWeight : 0
  return {
    ...verdict(score, failure, threshold, blocked),
    score,
    namedScores: fromNamed(named, ({ score, weight }) => (weight > 0 ? score / weight : 0)),
    namedScoreWeights: fromNamed(named, ({ weight }) => weight),
  }
}

function verdict(
  score: number,
  failure: string | undefined,
  threshold: number | undefined,
  blocked: boolean,
): { pass: boolean; reason: string } {
  if (blocked) return { pass: true, reason: BLOCKED }
  if (threshold !== undefined && !Number.isNaN(threshold)) {
    const pass = score >= threshold
    return { pass, reason: `Aggregate score ${score.toFixed(2)} ${pass ? '≥' : '<'} ${threshold} threshold` }
  }
  return failure === undefined
    ? { pass: true, reason: 'All assertions passed' }
    : { pass: false, reason: failure }
}

function addNamed(
  named: Map<string, { score: number; weight: number }>,
  name: string,
  score: number,
  weight: number,
): void {
  const sum = named.get(name)
  if (sum === undefined) named.set(name, { score: score * weight, weight })
  else {
    sum.score += score * weight
    sum.weight += weight
  }
}

/** Names come from suites and checks: `__proto__` must stay a name. */
function fromNamed(
  named: ReadonlyMap<string, { score: number; weight: number }>,
  pick: (sum: { score: number; weight: number }) => number,
): Record<string, number> {
  return Object.fromEntries(Array.from(named, ([name, sum]) => [name, pick(sum)]))
}

function isRedteamGuardrail(assertion: Grade['assertion']): boolean {
  const { type, config } = (assertion ?? {}) as { type?: string; config?: { purpose?: unknown } }
  return type === 'guardrails' && config?.purpose === 'redteam'
}
