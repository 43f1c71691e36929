import type { ReportInput } from '../../harness/model/report.ts'
import type { Trial } from '../../harness/model/trial.ts'

/** Trials shown of a case. */
export const TRIALS_PER_CASE = 3

/**
 * For every case the analysis lists, a few trials that did not pass: failures before errors, and the first repeat of every
 * column before the second of any. What is chosen does not depend on the order in which trials finished.
 */
export async function worstTrials({
  run,
  analysis,
}: ReportInput): Promise<ReadonlyMap<string, readonly Trial[]>> {
  const chosen = new Map<string, Trial[]>(analysis.worst.map(({ caseId }) => [caseId, []]))
  const indices = new Map(analysis.columns.map(({ prompt, provider }, i) => [`${prompt}\0${provider}`, i]))
  const rank = ({ outcome, cell }: Trial): number =>
    (outcome === 'failed' ? 0 : 2 ** 40) +
    cell.repeat * 2 ** 20 +
    (indices.get(`${cell.prompt}\0${cell.provider}`) ?? indices.size)
  if (chosen.size === 0) return chosen
  for await (const trial of run.trials()) {
    const held = trial.outcome === 'passed' ? undefined : chosen.get(trial.cell.caseId)
    if (held === undefined) continue
    held.push(trial)
    held.sort((a, b) => rank(a) - rank(b))
    held.length = Math.min(held.length, TRIALS_PER_CASE)
  }
  return chosen
}
