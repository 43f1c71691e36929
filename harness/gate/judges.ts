import type { JudgeStanding } from '../model/judge-standing.ts'
import { judgeNotice, whyNot } from '../model/judge-standing.ts'
import type { AssaySettings } from '../model/suite.ts'
import { HarnessError } from '../model/errors.ts'
import { fail } from '../suite/config/fail.ts'
import { locate } from '../suite/config/positions.ts'
import { gateOf } from './settings.ts'

/** What a judge says that has no current calibration may be shown, and may not gate. */
export class Judging {
  #anyCounts = false

  /** @param of what the checks of a case come to */
  add({ counts }: { readonly counts: boolean }): void {
    this.#anyCounts ||= counts
  }

  /**
   * @returns what is to be said of the judges wherever the run's figures are shown
   * @throws HarnessError `suite` where a gate names what rests on such a judge, and where nothing but such judges would decide
   */
  check(assay: AssaySettings, judges: readonly JudgeStanding[]): string[] {
    refuseUncalibrated(assay, judges)
    const shown = judges.filter(({ counts }) => !counts)
    if (!this.#anyCounts && shown.length > 0) {
      const why = shown.map((judge) => `\`${judge.metric}\` ${whyNot(judge)}`)
      throw fail('suite', `nothing would decide, for no check counts: ${why.join('; ')}`, undefined, NEXT)
    }
    return judges.flatMap((judge) => judgeNotice(judge) ?? [])
  }
}

const NEXT =
  'run `assay calibrate` on labelled answers, or let it gate all the same: assay.gate `uncalibratedJudges: true`'

/**
 * A gate that names the metric of a judge that does not count.
 * @throws HarnessError `suite` at the gate, or at `assay`
 */
export function refuseUncalibrated(
  assay: AssaySettings,
  judges: readonly JudgeStanding[],
  hint = NEXT,
): void {
  const gate = gateOf(assay)
  for (const judge of judges) {
    const at = gate === undefined || judge.counts ? undefined : placeOf(gate, judge.metric)
    if (at === undefined) continue
    const message = `assay.gate: \`${judge.metric}\` rests on a judge that ${whyNot(judge)}`
    throw fail('suite', message, at.place, hint)
  }
}

/**
 * Refuses what a gate must not go by in a record: as `refuseUncalibrated`, and a run whose judges count, or do not, as the suite no
 * longer has it: its cells were decided so, which a gate cannot undo.
 * @throws HarnessError `suite` or `usage`
 */
export function refuseRecorded(assay: AssaySettings, judges: readonly JudgeStanding[]): void {
  const { uncalibratedJudges = false, judgeAgreement = 0 } = gateOf(assay) ?? {}
  if (!uncalibratedJudges) refuseUncalibrated(assay, judges, `${NEXT}; then \`assay verify RUN\``)
  for (const { metric, calibration, counts, alpha } of judges) {
    const lowest = alpha?.interval?.lo ?? (calibration === 'current' ? 1 : 0)
    const isOfIt = calibration === 'current' || calibration === 'weak'
    const mayCount = uncalibratedJudges || (isOfIt && lowest > 0 && lowest >= judgeAgreement)
    if (mayCount === counts) continue
    const then = counts ? 'counts in this run' : 'was only shown in this run'
    throw new HarnessError('usage', `the judge \`${metric}\` ${then}, and the suite has it otherwise now`, {
      hint: 'Have the stored replies checked again, which calls no model: `assay verify RUN`.',
    })
  }
}

interface Place {
  readonly place: ReturnType<typeof locate>
}

/** Where the gate names the metric, or a measure of it. */
function placeOf(gate: NonNullable<ReturnType<typeof gateOf>>, metric: string): Place | undefined {
  const isOf = (name: string): boolean => namesMetric(name, metric)
  const { metrics = [], floors = {}, ceilings = {} } = gate
  const index = metrics.findIndex(isOf)
  if (index >= 0) return { place: locate(metrics, index) }
  for (const bounds of [floors, ceilings]) {
    const name = Object.keys(bounds).find(isOf)
    if (name !== undefined) return { place: locate(bounds, name) }
  }
  return undefined
}

/** Whether the name is that of the metric or of a measure of it. A metric that is a template may have any name that fits it. */
function namesMetric(name: string, metric: string): boolean {
  if (name === 'pass' || name === 'pass_first') return false
  const [start = '', ...rest] = metric.split(/\{\{.*?\}\}|\{%.*?%\}/s)
  if (rest.length === 0) return name === metric || name.startsWith(`${metric}.`)
  let end = name.startsWith(start) ? start.length : -1
  for (const part of rest) {
    const at = end < 0 ? -1 : name.indexOf(part, end)
    end = at < 0 ? -1 : at + part.length
  }
  return end >= 0
}
