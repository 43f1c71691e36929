import type { Analysis } from '../model/analysis.ts'
import { causesOf, explain } from '../model/incomplete.ts'
import type { Manifest } from '../model/run.ts'
import type { SelectionRecord } from '../model/run-options.ts'
import type { Verdict } from '../model/verdict.ts'

/** What is on record of a run that is to become a baseline. */
export interface Candidate {
  readonly manifest: Manifest
  /** Absent for a run that ended before it was analyzed. */
  readonly analysis?: Analysis | undefined
  readonly verdict?: Verdict | undefined
  /** Of a run that checked another's replies again: that one's manifest, where it is still there. */
  readonly verified?: Manifest | undefined
}

/** Why a run is no baseline: one sentence each, none for one that is. */
export function refusalsOf({ manifest, analysis, verdict, verified }: Candidate): string[] {
  const asked = manifest.options ?? verified?.options
  const parts = asked === undefined ? [] : partsOf(asked.selection)
  return [
    manifest.child !== undefined &&
      `It is part of run ${manifest.parent ?? 'another run'} (${manifest.child}): that one is to be accepted.`,
    incompleteness(manifest, analysis),
    parts.length > 0 && `It ran part of the suite only (${parts.join(', ')}).`,
    verdict?.decision === 'invalid' && `Its verdict is "invalid". ${verdict.reasons[0] ?? ''}`.trim(),
    verdict?.decision === 'block' && `Its gate failed. ${verdict.reasons[0] ?? ''}`.trim(),
  ].filter((reason) => typeof reason === 'string')
}

function incompleteness(manifest: Manifest, analysis: Analysis | undefined): string | false {
  if (manifest.endedAt === undefined || analysis === undefined)
    return 'It did not come to its end, or is still being written.'
  const interrupted = manifest.interrupted === true
  const [cause] = causesOf(manifest.incomplete, { absent: analysis.cells.absent, interrupted })
  if (cause !== undefined) return explain(cause, analysis.cells.planned)
  return interrupted && 'The run was interrupted.'
}

/** What made it less than the whole suite. More repeats, or fewer, leave no case out. */
export function partsOf(selection: SelectionRecord): string[] {
  const { filter, tags, providers, prompts, sample, cellIds } = selection
  return [
    filter && `--filter ${filter.source}`,
    tags && `--tag ${tags.join(' ')}`,
    providers && `--provider ${providers.join(' ')}`,
    prompts && `--prompt ${prompts.join(' ')}`,
    sample && `--sample ${sample.n}`,
    cellIds && `${cellIds.length} chosen cells`,
  ].filter((part) => typeof part === 'string')
}
