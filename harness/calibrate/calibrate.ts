import { relative } from 'node:path'
import type { Calibration } from '../model/calibration.ts'
import { HarnessError } from '../model/errors.ts'
import type { Suite } from '../model/suite.ts'
import type { CheckResult } from '../model/trial.ts'
import { run } from '../run.ts'
import type { RunEvents } from '../run-events.ts'
import type { RunRequest, RunResult } from '../run-request.ts'
import type { World } from '../world.ts'
import type { Pair } from './agreement.ts'
import { agreementOf } from './agreement.ts'
import { graderNames, instrumentHash } from './instrument-hash.ts'
import { judgeParts } from './judge-parts.ts'
import type { Judge } from './judges.ts'
import type { LabelledAnswer, Labels } from './labels.ts'
import { ANSWERS_ONLY, labelsSuite } from './labels-suite.ts'
import { refuseUnknown, type Scale, scaleFor } from './scale.ts'

/** Share of rows without a verdict above which what is left says nothing of the judge. */
const MOST_MISSING = 0.1

export interface CalibrationRequest {
  readonly suite: Suite
  readonly judges: readonly Judge[]
  readonly labels: Labels
  /** True where a judge that cannot give these labels is left out, and not a mistake. */
  readonly leavesOut: boolean
  readonly run: Pick<
    RunRequest,
    'concurrency' | 'maxCostUsd' | 'cassette' | 'cache' | 'out' | 'allowOutside' | 'envFiles' | 'command'
  >
}

/** What one judge was found to be worth. */
export interface Calibrated {
  readonly calibration: Calibration
  /** Why rows have no verdict, the first of each kind. */
  readonly broken: readonly string[]
  /** True where too many rows have none. */
  readonly isIncomplete: boolean
}

export interface CalibrationResult {
  readonly judges: readonly Calibrated[]
  /** Judges of other labels, by their metric. */
  readonly leftOut: readonly string[]
  readonly run: RunResult
}

/**
 * Has the judges of a suite judge labelled answers, as a run of its own, and compares what they say with the labels.
 * @throws HarnessError `suite` for labels that a judge cannot give, and as `run` does
 */
export async function calibrate(
  { suite, judges, labels, leavesOut, run: asked }: CalibrationRequest,
  world: World,
  events: RunEvents = {},
): Promise<CalibrationResult> {
  const { rows } = labels
  const scales = new Map(judges.map((judge) => [judge, scaleFor(judge.instrument, rows)]))
  const fits = (judge: Judge): boolean =>
    rows.every(({ label }) => scales.get(judge)?.place(label) !== undefined)
  const chosen = leavesOut && judges.some(fits) ? judges.filter(fits) : judges
  for (const judge of chosen) refuseUnknown(scales.get(judge) as Scale, rows, judge.metric)
  const request = {
    ...asked,
    suite: suite.file,
    read: labelsSuite(suite, labels, chosen),
    selection: ANSWERS_ONLY,
    comparison: { baseline: 'none' },
  }
  const result = await run(request, world, events)
  const verdicts = await verdictsOf(result, chosen.length)
  const about = { suite, labels, at: world.clock.wallClock().toISOString() }
  const calibrated: Calibrated[] = []
  for (const [index, judge] of chosen.entries()) {
    const results = new Map([...verdicts].map(([id, checks]) => [id, checks[index]]))
    calibrated.push(await measure(judge, scales.get(judge) as Scale, results, about))
  }
  const leftOut = judges.filter((judge) => !chosen.includes(judge)).map(({ metric }) => metric)
  return { judges: calibrated, leftOut, run: result }
}

/** The checks of each row, in the order of the judges. */
async function verdictsOf(result: RunResult, judges: number): Promise<Map<string, readonly CheckResult[]>> {
  const verdicts = new Map<string, readonly CheckResult[]>()
  for await (const { cell, checks } of result.run.trials()) {
    if (checks.length > 0 && checks.length !== judges)
      throw new HarnessError(
        'incomplete',
        `row ${cell.caseId} has ${checks.length} verdicts of ${judges} judges`,
      )
    verdicts.set(cell.caseId, checks)
  }
  return verdicts
}

interface About {
  readonly suite: Suite
  readonly labels: Labels
  readonly at: string
}

async function measure(
  { metric, check, instrument }: Judge,
  scale: Scale,
  results: ReadonlyMap<string, CheckResult | undefined>,
  { suite, labels, at }: About,
): Promise<Calibrated> {
  const pairs: Pair[] = []
  const broken = new Set<string>()
  const pairOf = (row: LabelledAnswer): Pair | undefined => {
    const result = results.get(row.id)
    if (result === undefined || result.error !== undefined || result.score === null) {
      broken.add(result?.error ?? 'the judge was not asked')
      return undefined
    }
    return [scale.place(row.label) as number, scale.verdict(result)]
  }
  for (const row of labels.rows) {
    const pair = pairOf(row)
    if (pair !== undefined) pairs.push(pair)
  }
  const missing = labels.rows.length - pairs.length
  return {
    calibration: {
      v: 1,
      metric,
      hash: await instrumentHash(instrument, suite, check.at),
      parts: await judgeParts(instrument, suite, check.at),
      graders: graderNames(instrument, suite, check.at),
      scale: scale.labels,
      n: pairs.length,
      missing,
      agreement: agreementOf(pairs, scale.labels),
      labels: { file: relative(suite.dir, labels.file), sha256: labels.sha256 },
      at,
    },
    broken: [...broken].sort(),
    isIncomplete: missing > MOST_MISSING * labels.rows.length,
  }
}
