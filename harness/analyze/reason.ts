import type { CheckResult, Trial } from '../model/trial.ts'

/** The first check that did not hold, or that broke; of an assert-set, its member. */
function firstUnmet(checks: readonly CheckResult[]): CheckResult | undefined {
  for (const check of checks) {
    if (check.pass && check.error === undefined) continue
    return (check.members && firstUnmet(check.members)) ?? check
  }
  return undefined
}

/** Why a trial did not pass, in one sentence if there is one. */
export function reasonOf(trial: Trial): string {
  if (trial.outcome === 'errored') return errorOf(trial)
  const unmet = firstUnmet(trial.checks)
  return unmet?.reason || trial.reason || (unmet ? `${unmet.type} did not hold` : 'failed without a reason')
}

/** Why a trial has no verdict: the call or a check that broke. */
export function errorOf(trial: Trial): string {
  const failure = trial.attempts.at(-1)?.failure
  const check = trial.checks.find((check) => check.error !== undefined)
  return (
    trial.error ||
    failure?.message ||
    check?.error ||
    trial.reason ||
    failure?.kind ||
    'errored without a message'
  )
}
