import { basename, extname } from 'node:path'
import type { Assertion, Check } from '../model/assertion.ts'
import type { Instrument } from '../model/custom-check.ts'
import { HarnessError } from '../model/errors.ts'
import type { Suite } from '../model/suite.ts'
import { didYouMean } from '../model/suggest.ts'
import { parseCodeReference } from '../suite/user-code.ts'
import { baseType } from '../verify/assertion-kind.ts'
import { configureCheck } from '../verify/checks/custom.ts'
import { createFileValues, isReference } from '../verify/prepare/file-value.ts'

/** A check of a suite that asks models. */
export interface Judge {
  /** What its calibration goes by: its metric, else the name of its file. */
  readonly metric: string
  readonly check: Check
  readonly instrument: Instrument
}

/**
 * The checks of a suite that ask models by their own code, each once, in the order they stand.
 * @throws HarnessError `suite` where two of one metric differ, and as preparing a check does
 */
export async function judgesOf(suite: Suite): Promise<readonly Judge[]> {
  const files = createFileValues(suite)
  const seen = new Set<Assertion>()
  const judges = new Map<string, Judge>()
  for await (const { checks } of suite.cases()) {
    for (const check of checks.flatMap(membersOf)) {
      const { assertion, at } = check
      if (seen.has(assertion)) continue
      seen.add(assertion)
      if (baseType(assertion.type) !== 'javascript' || !isReference(assertion.value)) continue
      const file = await files.load(assertion.value, at)
      if (file.kind !== 'script') continue
      const { instrument } = await configureCheck(file.configure, assertion, at, suite)
      if (instrument === undefined) continue
      const judge = { metric: judgeName(assertion), check, instrument }
      refuseOther(judges.get(judge.metric), judge)
      if (!judges.has(judge.metric)) judges.set(judge.metric, judge)
    }
  }
  return [...judges.values()]
}

/** Those to be calibrated: the one that is named, else all. @throws HarnessError `usage` where there is none */
export function chooseJudges(judges: readonly Judge[], metric: string | undefined): readonly Judge[] {
  if (judges.length === 0)
    throw new HarnessError('usage', 'the suite has no judge to calibrate', {
      hint: 'A judge is a check such as assertions/judge.ts, whose `configure` names the models it asks.',
    })
  if (metric === undefined) return judges
  const chosen = judges.filter((judge) => judge.metric === metric)
  if (chosen.length > 0) return chosen
  const names = judges.map((judge) => judge.metric)
  throw new HarnessError('usage', `the suite has no judge \`${metric}\``, {
    hint: didYouMean(metric, names) ?? `judges: ${names.join(', ')}`,
  })
}

/** What a judge is called: its metric, else its file. */
export function judgeName({ metric, value }: Assertion): string {
  if (metric !== undefined && metric !== '') return metric
  const { path } = parseCodeReference(String(value))
  return basename(path, extname(path))
}

function membersOf(check: Check): readonly Check[] {
  const { assertion, at, literal } = check
  return assertion.assert === undefined
    ? [check]
    : assertion.assert.map((member) => ({ assertion: member, at, literal }))
}

/** Cases may write the same judge anew; two that differ under one name could not be told apart. */
function refuseOther(first: Judge | undefined, judge: Judge): void {
  if (first === undefined || sameJudge(first, judge)) return
  throw new HarnessError('suite', `two judges that differ are called \`${judge.metric}\``, {
    at: judge.check.at,
    hint: 'Give each of them a `metric` of its own.',
  })
}

function sameJudge({ instrument: a }: Judge, { instrument: b }: Judge): boolean {
  return JSON.stringify([a.graders, a.identity]) === JSON.stringify([b.graders, b.identity])
}
