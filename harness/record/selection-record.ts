import type { Selection } from '../model/plan.ts'
import type { SelectionRecord } from '../model/run-options.ts'

/** A selection in a form that JSON can hold. */
export function recordSelection(selection: Selection): SelectionRecord {
  const { filter, tags, providers, prompts, repeat, sample, cellIds, shuffle } = selection
  return {
    ...(filter && { filter: { source: filter.source, flags: filter.flags } }),
    ...(tags && { tags }),
    ...(providers && { providers }),
    ...(prompts && { prompts }),
    ...(repeat !== undefined && { repeat }),
    ...(sample && { sample }),
    ...(cellIds && { cellIds: [...cellIds] }),
    ...(shuffle !== undefined && { shuffle }),
  }
}

/** The selection that was recorded. */
export function selectionOf({ filter, cellIds, ...rest }: SelectionRecord): Selection {
  return {
    ...rest,
    ...(filter && { filter: new RegExp(filter.source, filter.flags) }),
    ...(cellIds && { cellIds: new Set(cellIds) }),
  }
}
