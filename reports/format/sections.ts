import type { ReportInput } from '../../harness/model/report.ts'
import { changesSection } from './changes.ts'
import { columnName } from '../../harness/model/comparison.ts'
import { driftSection, sequentialSection } from './drift.ts'
import { flipsSection } from './flips.ts'
import { rankingSection } from './ranking.ts'
import { ratiosSection } from './ratios.ts'
import { limited, type Section, section } from './section.ts'
import { flakySection, quarantineSection } from './stability.ts'
import { slicesSection, whySection } from './why.ts'

/** How much of each list a format has room for. */
export interface Limits {
  readonly flips: number
  readonly changes: number
  /** UTF-16 units of a text's differences. */
  readonly diff: number
  readonly flaky: number
  /** Entries of any other list. */
  readonly others: number
  readonly rankedColumns: number
}

/** What the comparison tells beside its figures, what is to be read first coming first. */
export function comparisonSections(input: ReportInput, limits: Limits): Section[] {
  const { comparison } = input.analysis
  if (comparison === undefined) return []
  return [
    ...comparisonNotes(input, limits),
    ...changesSection(comparison, limits),
    ...whySection(comparison, limits.others),
    ...flipsSection(comparison, limits.flips),
    ...slicesSection(comparison, limits.others),
    ...ratioSections(input, limits),
  ]
}

/** What could not be compared, and what a reader must know of the rest. */
export function comparisonNotes({ analysis: { comparison } }: ReportInput, { others }: Limits): Section[] {
  if (comparison === undefined) return []
  const uncompared = comparison.uncompared.map(({ column, metric, gates, reason }) => ({
    text: `${columnName(column)}, ${metric}: ${reason}`,
    tone: gates ? ('bad' as const) : ('quiet' as const),
  }))
  const warnings = comparison.warnings.map((text) => ({ text, tone: 'warn' as const }))
  return [
    ...section('Not compared', limited(uncompared, others, 'in analysis.json')),
    ...section('Notes on the comparison', limited(warnings, others, 'in analysis.json')),
  ]
}

/** How much slower, dearer or adrift the run is, and what stopping early saved. */
export function ratioSections({ analysis: { comparison } }: ReportInput, { others }: Limits): Section[] {
  if (comparison === undefined) return []
  return [
    ...ratiosSection(comparison, others),
    ...driftSection(comparison, others),
    ...sequentialSection(comparison),
  ]
}

/** What a run tells of its own cases and columns, baseline or none. */
export function ownSections({ analysis }: ReportInput, limits: Limits): Section[] {
  return [
    ...quarantineSection(analysis, limits.others),
    ...flakySection(analysis, limits.flaky),
    ...rankingSection(analysis, { metrics: limits.others, columns: limits.rankedColumns }),
  ]
}
