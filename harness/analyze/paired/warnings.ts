import { columnName } from '../../model/comparison.ts'
import type { Arm } from './arm.ts'
import { modelOf } from './column-changes.ts'
import type { ComparedMetric } from './compare-metric.ts'
import type { CompareOptions } from './compare-options.ts'
import type { CasePairing } from './pair-cases.ts'
import type { PairedColumn } from './pair-columns.ts'

/** Days after which a baseline is old: models behind a name change. */
const OLD_DAYS = 30

const DAY_MS = 24 * 60 * 60 * 1000

/** Share of the larger arm's cases below which few are shared. */
const FEW = 0.5

interface Warned {
  readonly base: Arm
  readonly candidate: Arm
  readonly pairs: readonly PairedColumn[]
  readonly cases: CasePairing
  readonly compared: readonly ComparedMetric[]
  /** Cases without the key that `assay.cluster` names. */
  readonly withoutCluster: number
  readonly errored: { readonly base: number; readonly candidate: number }
  readonly options: CompareOptions
}

/** What a reader must know of a comparison: one sentence each, the gravest first. */
export function warningsOf(warned: Warned): string[] {
  return [
    ...(warned.options.warnings ?? []),
    ...modelWarnings(warned),
    ...caseWarnings(warned),
    ...repeatWarnings(warned),
    ...errorWarnings(warned),
    ...ageWarnings(warned),
    ...renamingWarnings(warned),
  ]
}

/** Another model behind the same label is a change of its own, whatever the prompt says. */
function modelWarnings({ pairs, base }: Warned): string[] {
  const told = pairs
    .filter(({ column, against }) => column.provider === against.provider)
    .filter(({ column, against }) => column.configHash !== against.configHash)
    .map(({ column, against }) => {
      const [old, now] = [modelOf(against), modelOf(column)]
      const another = old !== undefined && now !== undefined && old !== now
      const what = another ? `is another model (${now}; it was ${old})` : 'has another config'
      return `The provider ${column.provider} ${what} than in ${base.about.name}: differences may be its doing.`
    })
  return [...new Set(told)]
}

function caseWarnings({ base, candidate, cases, options, withoutCluster }: Warned): string[] {
  const { shared, onlyBase, onlyCandidate, changedVars, changedChecks } = cases
  const larger = shared.length + Math.max(onlyBase.length, onlyCandidate.length)
  const warnings: string[] = []
  if (shared.length < FEW * larger)
    warnings.push(
      `Only ${count(shared.length, 'case')} of ${larger} ${shared.length === 1 ? 'is' : 'are'} in both the run and ${base.about.name}: the comparison speaks of these alone.`,
    )
  const { reverified = new Set<string>(), notReverified = new Set<string>(), cluster } = options
  const changed = [...new Set([...changedVars, ...changedChecks])]
  const asTheyWere = changed.filter((id) => !reverified.has(id) && !notReverified.has(id)).length
  if (asTheyWere > 0)
    warnings.push(
      `${count(asTheyWere, 'case')} ${asTheyWere === 1 ? 'has' : 'have'} other variables or checks than in ${base.about.name}, whose scores are compared as they were.`,
    )
  if (notReverified.size > 0)
    warnings.push(
      `${count(notReverified.size, 'changed case')} ${notReverified.size === 1 ? 'is' : 'are'} left out: no reply of the baseline is on record that could be checked again.`,
    )
  if (withoutCluster > 0)
    warnings.push(
      `${count(withoutCluster, 'case')} of ${shared.length} ${withoutCluster === 1 ? 'has' : 'have'} no ${cluster}: each counts as a unit of its own.`,
    )
  if (base.suite.name !== candidate.suite.name)
    warnings.push(`${base.about.name} is of another suite: ${base.suite.name}.`)
  return warnings
}

/** Only the first min(k) repeats of a case can be compared. */
function repeatWarnings({ base, candidate, compared }: Warned): string[] {
  const used = Math.min(base.repeat, candidate.repeat)
  if (base.repeat !== candidate.repeat)
    return [
      `The baseline has ${count(base.repeat, 'repeat')} of a case, the run ${candidate.repeat}: ${used === 1 ? 'the first one' : `the first ${used}`} of either ${used === 1 ? 'is' : 'are'} compared.`,
    ]
  const unequal = Math.max(
    0,
    ...compared.filter(({ comparison }) => comparison.metric === 'pass').map(({ scores }) => scores.unequal),
  )
  return unequal > 0
    ? [
        `${count(unequal, 'case')} ${unequal === 1 ? 'has' : 'have'} unequal numbers of finished repeats: as many of either arm are compared.`,
      ]
    : []
}

function errorWarnings({ errored, compared }: Warned): string[] {
  const warnings: string[] = []
  if (errored.base + errored.candidate > 0)
    warnings.push(
      `Errored cells are missing, not failed: ${errored.candidate} of the run, ${errored.base} of the baseline.`,
    )
  const missing = new Map<number, string[]>()
  for (const { comparison, scores } of compared) {
    if (comparison.metric !== 'pass' || scores.missing === 0) continue
    missing.set(scores.missing, [...(missing.get(scores.missing) ?? []), columnName(comparison.column)])
  }
  for (const [n, columns] of missing)
    warnings.push(
      `${columns.join(', ')}: ${count(n, 'case')} without a finished repeat in one of the arms ${n === 1 ? 'is' : 'are'} left out.`,
    )
  return warnings
}

function ageWarnings({ base, options: { now } }: Warned): string[] {
  const days = Math.floor((now.getTime() - Date.parse(base.ranAt ?? base.about.at)) / DAY_MS)
  return days > OLD_DAYS
    ? [`${base.about.name} is ${days} days old: models change behind their names; --rerun-baseline tells.`]
    : []
}

function renamingWarnings({ base, candidate, options: { renamed = {} } }: Warned): string[] {
  const namesOf = ({ columns }: Arm) =>
    new Set(columns.flatMap((column) => [column.prompt, column.provider, columnName(column)]))
  const [olds, news] = [namesOf(base), namesOf(candidate)]
  return Object.entries(renamed).flatMap(([old, now]) => {
    if (!news.has(now)) return [`renamed: the run has no prompt, provider or column "${now}".`]
    return olds.has(old) ? [] : [`renamed: ${base.about.name} has no prompt, provider or column "${old}".`]
  })
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
