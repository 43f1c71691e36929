import type { Case } from '../model/case.ts'
import type { CaseBuilder, CaseDraft } from './cases/build-cases.ts'
import { occurrenceId, shortDigest } from './cases/identity.ts'
import { Occurrences } from './cases/occurrences.ts'
import type { TestSource } from './tests/test-source.ts'

/** Walks all the tests anew, in order, as cases: one at a time, whatever the size of the files they come from. */
export async function* walkCases(sources: readonly TestSource[], builder: CaseBuilder): AsyncGenerator<Case> {
  const occurrences = new Occurrences()
  for (const source of sources)
    for await (const batch of source.batches())
      for (const sourced of batch) {
        const drafts = builder.needsTransform(sourced)
          ? await builder.buildTransformed(sourced)
          : builder.build(sourced)
        for (const draft of drafts) yield identified(draft, occurrences)
      }
}

function identified(draft: CaseDraft, occurrences: Occurrences): Case {
  const { digest } = draft
  const seen = occurrences.count(draft.id === digest ? digest : shortDigest(draft.id))
  return { ...draft, id: occurrenceId(draft.id, seen) }
}
