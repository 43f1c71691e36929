import { marginFor } from '../gate/margin.ts'
import type { ScoreTable } from '../analyze/paired/score-table.ts'

/** The margin that a baseline is accepted with, and where it comes from. */
export interface AcceptedMargin {
  readonly margin: number | null
  readonly from: 'suite' | 'replaced' | 'size'
  readonly units: number
}

/**
 * The margin is settled when a baseline is accepted, never when a run is judged: what the suite says, else what the baseline that
 * is replaced had, else what the number of cases can prove.
 */
export function acceptedMargin(
  table: Pick<ScoreTable, 'cases'>,
  {
    written,
    replaced,
  }: { readonly written?: number | undefined; readonly replaced?: number | null | undefined },
): AcceptedMargin {
  const units = unitsOf(table)
  if (written !== undefined) return { margin: written, from: 'suite', units }
  if (replaced !== undefined && replaced !== null) return { margin: replaced, from: 'replaced', units }
  return { margin: marginFor(units), from: 'size', units }
}

/** Clusters; a case without one is a unit of its own. */
function unitsOf({ cases }: Pick<ScoreTable, 'cases'>): number {
  const clusters = new Set<string>()
  let alone = 0
  for (const { cluster } of cases) {
    if (cluster === undefined) alone++
    else clusters.add(cluster)
  }
  return alone + clusters.size
}
