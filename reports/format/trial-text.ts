import type { CheckResult, Trial } from '../../harness/model/trial.ts'

/** The checks that did not hold or broke, those of assert-sets instead of the set. */
export function unmetChecks(checks: readonly CheckResult[]): CheckResult[] {
  return checks.flatMap((check) => {
    if (check.pass && check.error === undefined) return []
    const members = unmetChecks(check.members ?? [])
    return members.length > 0 ? members : [check]
  })
}

/** What a check says of itself: `contains-any (tone): reason`. */
export function checkText({ type, metric, reason, error }: CheckResult): string {
  const name = metric === undefined ? type : `${type} (${metric})`
  return `${name}: ${error ?? (reason === '' ? 'did not hold' : reason)}`
}

/** Why a trial did not pass, in one sentence. */
export function whyNot(trial: Trial): string {
  const failure = trial.attempts.at(-1)?.failure
  const unmet = unmetChecks(trial.checks)
  if (trial.outcome === 'errored') {
    const broken = unmet.find((check) => check.error !== undefined)
    return trial.error || failure?.message || broken?.error || failure?.kind || 'errored without a message'
  }
  return unmet[0]?.reason || trial.reason || unmet[0]?.type || 'failed without a reason'
}
