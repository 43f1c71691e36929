import type { Assertion, Check } from '../../model/assertion.ts'
import type { Case } from '../../model/case.ts'
import type { CheckResult } from '../../model/trial.ts'
import type { Verification } from '../../model/verification.ts'
import { isComparison } from '../../verify/assertion-kind.ts'
import { mayTell } from './may-tell.ts'

/** A model's context is not for our reasons; a check may quote a whole reply. */
const LIMITS = { reasons: 20, characters: 1_000 }

export interface Telling {
  /** The assertions that every case has, those of `defaultTest` and the members of its sets. */
  readonly shared: ReadonlySet<Assertion>
  /** Tells every reason in full, those that quote the expected answer too. */
  readonly reveal: boolean
}

/** What is wrong with a reply that failed, one line for each check that did not hold, as the model is told: see `mayTell`. */
export function reasonsOf({ checks, reason }: Verification, testCase: Case, telling: Telling): string[] {
  const written = testCase.checks.filter(({ assertion }) => !isComparison(assertion.type))
  const lines = checks.flatMap((result, index) => linesOf(result, written[index], testCase, telling))
  const distinct = [...new Set(lines)]
  // Each check may hold, and the score of all of them not reach the case's threshold.
  if (distinct.length === 0) return [oneLine(reason)]
  const left = distinct.length - LIMITS.reasons
  return left > 0 ? [...distinct.slice(0, LIMITS.reasons), `and ${left} more`] : distinct
}

function linesOf(result: CheckResult, check: Check | undefined, testCase: Case, telling: Telling): string[] {
  // A check that broke says nothing of the reply.
  if (result.pass || result.error !== undefined) return []
  const inside = (result.members ?? []).flatMap((member, index) =>
    linesOf(member, memberOf(check, index), testCase, telling),
  )
  if (inside.length > 0) return inside
  const { reason } = result
  const surroundings = { shared: telling.shared, vars: testCase.vars }
  const tells = telling.reveal || (check !== undefined && mayTell(check, reason, surroundings))
  return [tells && reason.trim() !== '' ? oneLine(reason) : `${nameOf(result, check)} did not hold`]
}

/** A member of a set; what a script reports in parts is told like what it reports in one. */
function memberOf(check: Check | undefined, index: number): Check | undefined {
  const assertion = check?.assertion.assert?.filter(({ type }) => !isComparison(type))[index]
  return check && assertion ? { ...check, assertion } : check
}

/** A metric that is a template may spell out a label. */
function nameOf({ type }: CheckResult, check: Check | undefined): string {
  const metric = check?.assertion.metric
  return metric === undefined || metric === '' || metric.includes('{')
    ? `the check \`${type}\``
    : `the check \`${type}\` (${metric})`
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 2 * LIMITS.characters)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toWellFormed()
  return line.length > LIMITS.characters ? `${line.slice(0, LIMITS.characters - 1).toWellFormed()}…` : line
}
