import type { Change } from '../../model/comparison.ts'
import type { Arm } from './arm.ts'
import type { CasePairing } from './pair-cases.ts'
import type { PairedColumn } from './pair-columns.ts'
import { promptChanges, providerChanges } from './column-changes.ts'

/** What is another now than it was in the baseline: the texts and models first, then cases and checks. */
export function findChanges(
  base: Arm,
  candidate: Arm,
  pairs: readonly PairedColumn[],
  cases: CasePairing,
): Change[] {
  return [
    ...promptChanges(pairs),
    ...providerChanges(pairs),
    ...caseChanges(cases),
    ...graderChanges(base, candidate),
    ...versionChanges(base, candidate),
  ]
}

function caseChanges({ shared, onlyBase, onlyCandidate, changedVars, changedChecks }: CasePairing): Change[] {
  const counts = [
    onlyCandidate.length > 0 && `${many(onlyCandidate.length, 'case')} added`,
    onlyBase.length > 0 && `${many(onlyBase.length, 'case')} removed`,
    changedVars.length > 0 && `${many(changedVars.length, 'case')} with other variables`,
  ].filter((count) => count !== false)
  const changes: Change[] = []
  if (counts.length > 0)
    changes.push({ kind: 'cases', what: `${counts.join(', ')}; ${many(shared.length, 'case')} in both.` })
  if (changedChecks.length > 0)
    changes.push({
      kind: 'checks',
      what: `The checks of ${many(changedChecks.length, 'case')} are others now${changedChecks.length === shared.length ? ': of all' : ''}.`,
    })
  return changes
}

/** Only where both arms say which graders their checks asked. */
function graderChanges({ graders: old }: Arm, { graders: now }: Arm): Change[] {
  if (old === undefined || now === undefined) return []
  const hashOf = (graders: NonNullable<Arm['graders']>) => new Map(graders.map(({ id, hash }) => [id, hash]))
  const [before, after] = [hashOf(old), hashOf(now)]
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort()
  return ids.flatMap((id): Change[] => {
    const [a, b] = [before.get(id), after.get(id)]
    if (a === b) return []
    const what =
      a === undefined
        ? `The grader ${id} is new.`
        : b === undefined
          ? `The grader ${id} is no longer asked.`
          : `The grader ${id} has another configuration.`
    return [{ kind: 'graders', what }]
  })
}

function versionChanges(base: Arm, candidate: Arm): Change[] {
  const changes: Change[] = []
  const [old, now] = [base.versions['prices'], candidate.versions['prices']]
  if (old !== undefined && now !== undefined && old !== now)
    changes.push({ kind: 'prices', what: `Prices are those of ${now}, in the baseline of ${old}.` })
  if (base.repeat !== candidate.repeat)
    changes.push({
      kind: 'repeats',
      what: `Cases are run ${times(candidate.repeat)}, in the baseline ${times(base.repeat)}.`,
    })
  return changes
}

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`
}

function many(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
