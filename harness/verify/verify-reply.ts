import type { TestCase } from '../model/case.ts'
import { messageOf } from '../model/errors.ts'
import type { Templates } from '../model/suite.ts'
import type { CheckResult } from '../model/trial.ts'
import type { Verification, VerifyInput } from '../model/verification.ts'
import { isComparison } from './assertion-kind.ts'
import { checkResult } from './score/check-result.ts'
import { withDeadline } from './deadline.ts'
import type { Grading } from './score/grade.ts'
import type { PreparedCase } from './prepare/prepare-case.ts'
import type { PreparedCheck } from './prepare/prepare-check.ts'
import type { RunContext } from './run-check.ts'
import { runCheck } from './run-check.ts'
import type { Contribution, Tally } from './score/score.ts'
import { NO_CHECKS, tally } from './score/score.ts'
import { applyScoringFunction } from './score/scoring-function.ts'
import type { Subject } from './checks/subject.ts'
import { transformReply } from './transform-reply.ts'
import type { Transforms } from './prepare/transforms.ts'

/** As many checks of one reply run at once as promptfoo runs. */
const CHECKS_AT_ONCE = 3

export interface ReplyContext extends RunContext {
  readonly templates: Templates
  readonly transforms: Transforms
}

/**
 * Transforms a reply and runs every check of its case on it. A check that breaks (throws, runs out of time, has no
 * grader's answer) makes the trial errored and unscored, whatever the others say; unless its weight is 0, for then it
 * could not have counted.
 */
export async function verifyReply(
  prepared: PreparedCase,
  input: VerifyInput,
  context: ReplyContext,
): Promise<Verification> {
  let subject: Subject
  try {
    subject = await transformReply(input, prepared.transform, context)
  } catch (error) {
    return errored(input.response.output, [], messageOf(error))
  }
  const findings = await runAll(prepared.checks, subject, context)
  const checks = findings.map((finding) => finding.result)
  const broken = findings.find((finding) => finding.broken !== undefined)?.broken
  if (broken !== undefined) return errored(subject.output, checks, broken)
  try {
    const total = await score(prepared, input.case.test, findings, context)
    const { pass, score: value, reason, namedScores, namedScoreWeights } = total
    return {
      outcome: pass ? 'passed' : 'failed',
      score: value,
      namedScores,
      ...(Object.values(namedScoreWeights).some((weight) => weight !== 1) && { namedScoreWeights }),
      checks,
      reason,
      output: subject.output,
    }
  } catch (error) {
    return errored(subject.output, checks, messageOf(error))
  }
}

function errored(output: unknown, checks: readonly CheckResult[], error: string): Verification {
  return { outcome: 'errored', score: null, namedScores: {}, checks, reason: error, output, error }
}

/** What became of one check. `broken` is set when it broke and counts. */
interface Finding {
  readonly isSet: boolean
  readonly contribution: Contribution | undefined
  readonly broken: string | undefined
  readonly result: CheckResult
}

async function runAll(
  checks: readonly PreparedCheck[],
  subject: Subject,
  context: ReplyContext,
): Promise<Finding[]> {
  const leaves = checks.flatMap((check) => check.members ?? [check])
  const gradings = new Map<PreparedCheck, Grading>()
  const queue = leaves.values()
  const work = async (): Promise<void> => {
    for (const check of queue) {
      if (check.run !== undefined) gradings.set(check, await runCheck(check, check.run, subject, context))
    }
  }
  await Promise.all(Array.from({ length: Math.min(CHECKS_AT_ONCE, leaves.length) }, work))
  return checks
    .filter(({ type }) => !isComparison(type))
    .map((check) => find(check, gradings, subject, context))
}

function find(
  check: PreparedCheck,
  gradings: ReadonlyMap<PreparedCheck, Grading>,
  subject: Subject,
  context: ReplyContext,
): Finding {
  if (check.members === undefined) return finding(check, gradings.get(check) ?? NOT_RUN, subject, context)
  const members = check.members.map((member) => find(member, gradings, subject, context))
  const results = members.map((member) => member.result)
  const broken = members.find((member) => member.broken !== undefined)?.broken
  // A set of nothing but judges that do not count does not count either, and shows what they come to.
  const uncalibrated = members.length > 0 && !members.some(counts)
  const told = uncalibrated ? members : members.filter(counts)
  const grading = broken === undefined ? { grade: tally(contributions(told), check.threshold) } : { broken }
  return finding(uncalibrated ? { ...check, uncalibrated } : check, grading, subject, context, results)
}

/** As where nothing is asserted: what is only shown cannot fail a reply. */
const NOTHING_COUNTS: Tally = { ...NO_CHECKS, reason: 'No check counts: its judges are only shown' }

const NOT_RUN: Grading = { broken: 'it was not run' }

function finding(
  check: PreparedCheck,
  grading: Grading,
  { vars }: Subject,
  { templates }: ReplyContext,
  members?: readonly CheckResult[],
): Finding {
  const metric = metricOf(check, vars, templates)
  const { weight } = check
  const { asks, uncalibrated = false } = check
  const result: CheckResult = {
    ...checkResult(check.type, metric, weight, grading, members),
    ...(asks !== undefined && { asks }),
    ...(uncalibrated && { uncalibrated }),
  }
  const isSet = check.members !== undefined
  if ('broken' in grading) {
    const couldNotCount = uncalibrated || (weight === 0 && !isSet)
    return { isSet, contribution: undefined, broken: couldNotCount ? undefined : grading.broken, result }
  }
  return { isSet, contribution: { grade: grading.grade, metric, weight }, broken: undefined, result }
}

/** What a judge without a current calibration says is kept with the check, and goes into no figure of the reply. */
function counts({ result }: Finding): boolean {
  return result.uncalibrated !== true
}

/** A template that cannot be rendered is a name, as with promptfoo. */
function metricOf(
  { metric, literal }: PreparedCheck,
  vars: Record<string, unknown>,
  templates: Templates,
): string | undefined {
  if (metric === undefined || literal) return metric
  try {
    return templates.renderPlain(metric, vars)
  } catch {
    return metric
  }
}

/** promptfoo adds the sets after everything else. */
function contributions(findings: readonly Finding[]): Contribution[] {
  const plain = findings.filter(({ isSet }) => !isSet)
  const sets = findings.filter(({ isSet }) => isSet)
  return [...plain, ...sets].flatMap(({ contribution }) => contribution ?? [])
}

async function score(
  { checks, scoringFunction }: PreparedCase,
  { threshold }: TestCase,
  findings: readonly Finding[],
  { timeoutMs, enter }: RunContext,
): Promise<Tally> {
  const counted = findings.filter(counts)
  if (checks.length === 0) return NO_CHECKS
  if (counted.length === 0 && findings.length > 0) return NOTHING_COUNTS
  const total = tally(contributions(counted), threshold)
  if (scoringFunction === undefined) return total
  const inOrder = counted.flatMap(({ contribution }) => contribution ?? [])
  const leave = enter('assertScoringFunction')
  const work = applyScoringFunction(scoringFunction, total, inOrder, threshold)
  leave()
  return withDeadline(
    work,
    timeoutMs,
    () => new Error(`assertScoringFunction did not finish within ${timeoutMs} ms`),
  )
}
