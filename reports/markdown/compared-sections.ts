import type { ReportInput } from '../../harness/model/report.ts'
import { changesSection } from '../format/changes.ts'
import { flipsSection } from '../format/flips.ts'
import { ratiosSection } from '../format/ratios.ts'
import type { Section } from '../format/section.ts'
import { comparisonSections, type Limits } from '../format/sections.ts'

/** What a comparison tells beside its figures: what a reviewer decides by, and the rest. */
export function comparedSections(
  input: ReportInput,
  limits: Limits,
): { readonly first: readonly Section[]; readonly rest: readonly Section[] } {
  const { comparison } = input.analysis
  if (comparison === undefined) return { first: [], rest: [] }
  const changes = changesSection(comparison, limits)
  const flips = flipsSection(comparison, limits.flips)
  const ratios = ratiosSection(comparison, limits.others)
  const all = comparisonSections(input, limits)
  // What stands before the changes is what a reader must know to trust the figures.
  const warnings = all.slice(0, indexOf(all, changes))
  const first = [...ratios, ...warnings, ...changes, ...flips]
  return { first, rest: all.filter((section) => indexOf(first, [section]) === -1) }
}

function indexOf(sections: readonly Section[], [one]: readonly Section[]): number {
  return sections.findIndex(({ title }) => title === one?.title)
}
