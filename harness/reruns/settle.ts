import type { Arm } from '../analyze/paired/arm.ts'
import { observationOf } from '../analyze/paired/observation.ts'
import { UNITS_THAT_PROVE } from '../gate/margin.ts'
import { metricDecision } from '../gate/rule.ts'
import type { RunComparison } from '../model/comparison.ts'
import type { ChildName, Run } from '../model/run.ts'
import type { MetricDecision } from '../model/verdict.ts'
import type { GatingPair } from './gating-pairs.ts'
import { columnsOfPairs } from './gating-pairs.ts'
import type { Reruns } from './rerun.ts'
import { bothArms } from './rerun.ts'
import { rerunTrials } from './rerun-trials.ts'

/** Looks at the data, the first included. */
const LOOKS = ['settle-1', 'settle-2'] as const satisfies readonly ChildName[]

/**
 * What alpha is multiplied by at each of three equally spaced looks, so that all of them together err as often as one: from the
 * constants 2.873, 2.289 and 1.992 of Pocock 1977 (Biometrika 64:191, table 1).
 */
const POCOCK = [
  { alpha: 0.01, factor: 0.407 },
  { alpha: 0.05, factor: 0.442 },
  { alpha: 0.1, factor: 0.464 },
] as const

/** The nominal level of each look: by the factor tabled for the next smaller alpha, and a third (Bonferroni) below them all. */
export function alphaOfLooks(alpha: number): number {
  const tabled = POCOCK.findLast((row) => row.alpha <= alpha)
  return alpha * (tabled?.factor ?? 1 / 3)
}

interface SettleOptions {
  readonly base: Arm
  readonly candidate: Arm
  readonly pairs: readonly GatingPair[]
  readonly comparison: RunComparison
  /** Repeats that a look adds to each arm. */
  readonly count: number
  /** The first number of a repeat that neither arm has used. */
  readonly from: number
  readonly cluster: string | undefined
  readonly reruns: Reruns
  /** Compares once more, with the replies that were added since. */
  readonly compare: (looks: number) => RunComparison
}

interface Settled {
  readonly comparison: RunComparison
  /** Why no repeats were added: one sentence. */
  readonly why?: string
}

/** Adds repeats to both arms of the columns that gate, while what they say is inconclusive. */
export async function settle(options: SettleOptions): Promise<Settled> {
  const { base, candidate, pairs, count, from, cluster, reruns, compare } = options
  let { comparison } = options
  for (const [added, name] of LOOKS.entries()) {
    if (!isOpen(comparison)) break
    const why = tooFewUnits(comparison)
    if (why !== undefined) return { comparison, why }
    const repeats = bothArms(from + 2 * added * count, count)
    const rerun = await reruns({ name, columns: columnsOfPairs(pairs), repeats })
    if (rerun.run === undefined || rerun.why !== undefined)
      return { comparison, why: `No repeats were added to settle it: ${rerun.why ?? 'there are none'}.` }
    await addTo(base, candidate, rerun.run, cluster)
    comparison = compare(added + 2)
  }
  return { comparison }
}

/** True while more repeats could change what the comparison comes to. */
function isOpen({ metrics, alpha, margin }: RunComparison): boolean {
  const decisions = new Set<MetricDecision>()
  for (const metric of metrics)
    if (metric.gates) decisions.add(metricDecision({ ...metric, alpha, margin }).decision)
  return decisions.has('inconclusive') && !decisions.has('regression')
}

function tooFewUnits({ metrics, cluster }: RunComparison): string | undefined {
  const fewest = Math.min(...metrics.filter(({ gates }) => gates).map(({ units }) => units))
  if (fewest >= UNITS_THAT_PROVE) return undefined
  const what = cluster === undefined ? 'cases' : 'clusters'
  return `No repeats were added to settle it: ${fewest} ${what} cannot show that a change is no worse, however often they are run; it takes ${UNITS_THAT_PROVE}.`
}

async function addTo(base: Arm, candidate: Arm, run: Run, cluster: string | undefined): Promise<void> {
  for await (const { role, name, trial } of rerunTrials(run)) {
    const { table } = role === 'candidate' ? candidate : base
    table.add({ ...observationOf(trial, cluster), ...name })
  }
}
