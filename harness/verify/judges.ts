import { graderNames, instrumentHash } from '../calibrate/instrument-hash.ts'
import { changedParts, judgeParts } from '../calibrate/judge-parts.ts'
import { judgeName } from '../calibrate/judges.ts'
import { findCalibration } from '../calibrate/read-calibration.ts'
import { gateOf } from '../gate/settings.ts'
import type { Assertion } from '../model/assertion.ts'
import type { Calibration } from '../model/calibration.ts'
import type { Instrument } from '../model/custom-check.ts'
import type { JudgeStanding } from '../model/judge-standing.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Suite } from '../model/suite.ts'

/** The judges of a suite, and what each is known to be worth. */
export interface Judges {
  /** @throws HarnessError `suite` where a model's file cannot be read */
  standing(assertion: Assertion, instrument: Instrument, at: SourceLocation): Promise<JudgeStanding>
  /** Those that were asked for so far, by metric. */
  readonly found: readonly JudgeStanding[]
}

export function createJudges(suite: Suite): Judges {
  const standings = new Map<string, Promise<JudgeStanding>>()
  const found = new Map<string, JudgeStanding>()
  const gate = gateOf(suite.assay)

  async function look(metric: string, instrument: Instrument, at: SourceLocation): Promise<JudgeStanding> {
    const hash = await instrumentHash(instrument, suite, at)
    const calibrated = await findCalibration(suite.dir, metric, hash, gate?.judgeAgreement)
    const changed =
      calibrated.is === 'stale'
        ? changedParts(calibrated.calibration.parts, await judgeParts(instrument, suite, at))
        : []
    const standing: JudgeStanding = {
      metric,
      hash,
      graders: graderNames(instrument, suite, at),
      calibration: calibrated.is,
      ...(changed.length > 0 && { changed }),
      ...('calibration' in calibrated && measured(calibrated.calibration)),
      counts: calibrated.is === 'current' || gate?.uncalibratedJudges === true,
    }
    found.set(`${metric}\0${hash}`, standing)
    return standing
  }

  return {
    standing(assertion, instrument, at) {
      const metric = judgeName(assertion)
      const key = JSON.stringify([metric, instrument.graders, instrument.identity])
      let standing = standings.get(key)
      if (standing === undefined) standings.set(key, (standing = look(metric, instrument, at)))
      return standing
    },
    get found() {
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, standing]) => standing)
    },
  }
}

function measured({ agreement, n }: Calibration): Pick<JudgeStanding, 'alpha' | 'n'> {
  const { value, interval } = agreement.alpha
  return { alpha: { value, interval }, n }
}
