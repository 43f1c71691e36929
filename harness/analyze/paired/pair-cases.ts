import { HarnessError } from '../../model/errors.ts'
import type { Arm } from './arm.ts'
import type { CompareOptions } from './compare-options.ts'
import type { CaseInfo } from './observation.ts'

/** Cases that two arms have in common, sorted by id. */
export interface PairedCases {
  readonly cases: readonly CaseInfo[]
  /** Number of the unit of each case; absent where each case is its own. */
  readonly units?: readonly number[]
}

/** How the cases of two arms were paired. */
export interface CasePairing {
  readonly shared: readonly CaseInfo[]
  readonly onlyBase: readonly string[]
  readonly onlyCandidate: readonly string[]
  /** Shared cases whose variables, or whose checks, are others now. */
  readonly changedVars: readonly string[]
  readonly changedChecks: readonly string[]
}

/**
 * Pairs cases by id. What is known of a case is what the candidate knows, and what the baseline knows besides.
 * @throws HarnessError `usage` when the arms are of different suites, or share no case
 */
export function pairCases(
  base: Arm,
  candidate: Arm,
  { allowOtherSuite = false }: Pick<CompareOptions, 'allowOtherSuite'>,
): CasePairing {
  if (base.suite.name !== candidate.suite.name && !allowOtherSuite)
    throw new HarnessError(
      'usage',
      `${base.about.name} is of the suite ${base.suite.name}, the run of ${candidate.suite.name}`,
      { hint: 'Name a baseline or a run of the same suite.' },
    )
  const shared: CaseInfo[] = []
  const onlyCandidate: string[] = []
  const changedVars: string[] = []
  const changedChecks: string[] = []
  for (const info of candidate.table.cases) {
    const old = base.table.caseInfo(info.id)
    if (old === undefined) {
      onlyCandidate.push(info.id)
      continue
    }
    shared.push(
      info.cluster === undefined && old.cluster !== undefined ? { ...info, cluster: old.cluster } : info,
    )
    if (differ(info.varsHash, old.varsHash)) changedVars.push(info.id)
    if (differ(info.checksHash, old.checksHash)) changedChecks.push(info.id)
  }
  const onlyBase = base.table.cases.filter(({ id }) => candidate.table.caseInfo(id) === undefined)
  if (shared.length === 0) throw nothingShared(base)
  return { shared, onlyBase: onlyBase.map(({ id }) => id), onlyCandidate, changedVars, changedChecks }
}

export function nothingShared(base: Arm): HarnessError {
  return new HarnessError('usage', `${base.about.name} and the run have no case in common`, {
    hint: 'Cases are known by their metadata.id, else by their variables: accept a run of the cases as they are now. `--baseline none` runs them without a comparison.',
  })
}

/** A digest that one arm does not have tells nothing. */
function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

/** The cases that are not left out, with their units. One without a cluster is a unit of its own. */
export function casesOf(
  cases: readonly CaseInfo[],
  clustered: boolean,
  excluded: (caseId: string) => boolean,
): PairedCases {
  const kept = cases.filter(({ id }) => !excluded(id))
  if (!clustered) return { cases: kept }
  const numbers = new Map<string, number>()
  let next = 0
  const units = kept.map(({ cluster: key }) => {
    if (key === undefined) return next++
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, next)
    return next++
  })
  return { cases: kept, units }
}

/**
 * How many cases lack the key that `assay.cluster` names.
 * @throws HarnessError `usage` when all of them do
 */
export function missingClusters(cases: readonly CaseInfo[], cluster: string | undefined): number {
  if (cluster === undefined) return 0
  const missing = cases.filter((info) => info.cluster === undefined).length
  if (missing === cases.length) throw nothingClustered(cluster)
  return missing
}

export function nothingClustered(cluster: string): HarnessError {
  return new HarnessError('usage', `assay.cluster: no case has ${cluster}`, {
    hint: 'Name a variable (vars.x) or metadata (metadata.x) that the cases have, or leave assay.cluster out.',
  })
}
