import type { Arm } from '../analyze/paired/arm.ts'
import type { Observation } from '../analyze/paired/observation.ts'
import { observationOf } from '../analyze/paired/observation.ts'
import type { PairedColumn } from '../analyze/paired/pair-columns.ts'
import { pairCases } from '../analyze/paired/pair-cases.ts'
import { columnName } from '../model/comparison.ts'
import { HarnessError } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import type { Rerun, RerunColumn } from './rerun.ts'
import { rerunTrials } from './rerun-trials.ts'

/** Checks a baseline's stored replies again, with the checks as they are now. */
export type Reverify = (columns: readonly RerunColumn[]) => Promise<Rerun>

interface ReverifiedOptions {
  readonly base: Arm
  readonly candidate: Arm
  readonly pairs: readonly PairedColumn[]
  /** Cases that are to be checked again though their checks are the same: a judge is another. */
  readonly judged?: ReadonlySet<string> | undefined
  readonly cluster: string | undefined
  readonly reverify: Reverify | undefined
  /** True where the comparison does not rest on the stored scores. */
  readonly mayLose: boolean
}

const NOT_HERE = 'that takes `assay run`, or the suite'

/** Which changed cases of the baseline were checked again, and which could not be. */
export interface Reverified {
  readonly reverified: ReadonlySet<string>
  readonly notReverified: ReadonlySet<string>
  /** Why not, where it is more than that no reply was on record: one sentence. */
  readonly why?: string
}

/**
 * Puts what a baseline's replies come to now in the place of its scores, for cases whose variables or checks are others than they
 * were: a corrected answer corrects both arms.
 * @throws HarnessError `usage` when more than half of the shared cases are lost for want of a reply that can be checked
 */
export async function reverifyChanged(options: ReverifiedOptions): Promise<Reverified> {
  const { base, candidate, judged = new Set(), cluster, reverify } = options
  const { shared, changedVars, changedChecks } = pairCases(base, candidate, { allowOtherSuite: true })
  const isShared = new Set(shared.map(({ id }) => id))
  const changed = new Set([...changedVars, ...changedChecks, ...[...judged].filter((id) => isShared.has(id))])
  if (changed.size === 0) return { reverified: changed, notReverified: changed }

  const columns = options.pairs
    .filter((pair) => pair.base === base.table)
    .map(
      ({ column, against }) => ({ role: 'baseline', name: against, like: column, cases: changed }) as const,
    )
  const { run, why } = (await reverify?.(columns)) ?? { why: NOT_HERE }
  const found =
    run === undefined ? new Map<string, Observation[]>() : await checkedAgain(run, candidate, cluster)
  const reverified = new Set([...changed].filter((id) => found.has(id)))
  base.table.remove(reverified)
  for (const observations of found.values()) for (const each of observations) base.table.add(each)
  const notReverified = new Set([...changed].filter((id) => !found.has(id)))
  if (!options.mayLose && notReverified.size > shared.length / 2)
    throw lost(base, notReverified.size, shared.length)
  return {
    reverified,
    notReverified,
    ...(notReverified.size > 0 &&
      why !== undefined && { why: `Replies of the baseline were not checked again: ${why}.` }),
  }
}

/** What was scored now, with the very checks that the run had, by case. */
async function checkedAgain(
  run: Run,
  candidate: Arm,
  cluster: string | undefined,
): Promise<Map<string, Observation[]>> {
  const found = new Map<string, Observation[]>()
  for await (const { name, trial } of rerunTrials(run)) {
    const { caseId } = trial.cell
    const isSame = trial.checksHash === candidate.table.caseInfo(caseId)?.checksHash
    if (trial.outcome === 'errored' || !isSame) continue
    const observation = { ...observationOf(trial, cluster), ...name }
    // Words are taken now, so that the trial is let go of.
    const [info, text, output] = [observation.info(), observation.text(), observation.output()]
    const held = { ...observation, info: () => info, text: () => text, output: () => output }
    const known = found.get(caseId)
    if (known === undefined) found.set(caseId, [held])
    else known.push(held)
  }
  return found
}

/** Too few cases are left to compare. */
export function lost({ about, columns }: Arm, cases: number, shared: number): HarnessError {
  const replies = about.replies
    ? 'no reply of the baseline to them can be checked again'
    : 'its replies were left out'
  return new HarnessError(
    'usage',
    `${cases} of the ${shared} cases shared with ${about.name} are others now, and ${replies}: the two cannot be compared`,
    {
      hint: `\`--rerun-baseline\` runs ${columns.map(columnName).join(', ')} of the baseline again beside the run; or accept a run of the suite as it is now.`,
    },
  )
}
