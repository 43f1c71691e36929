import type { RunComparison } from '../../../../harness/model/comparison.ts'
import { changesSection } from '../../../format/changes.ts'
import { LISTED, UNITS } from './limits.ts'
import { Lines } from './section-list.tsx'

/** What is another now than when the baseline was made: the likeliest cause beside its effects. */
export function WhatChanged({ comparison }: { readonly comparison: RunComparison }) {
  const [section] = changesSection(comparison, { changes: LISTED.changes, diff: UNITS.change })
  if (section === undefined) return null
  return (
    <aside class="what-changed" aria-label={section.title} tabIndex={0}>
      <h3>{section.title}</h3>
      <Lines of={section.lines} />
    </aside>
  )
}
