import type { Suite } from '../model/suite.ts'
import type { Verifier } from '../model/verification.ts'

type Graders = readonly { readonly id: string; readonly hash: string }[]

const NONE: ReadonlySet<string> = new Set()

/**
 * Ids of the cases that a grader judges which goes by the same name as in the baseline and is another: the check says the same and
 * means something else. Empty where the baseline does not tell its graders.
 */
export async function casesOfOtherJudges(
  suite: Suite,
  verifier: Pick<Verifier, 'gradersOf'>,
  before: Graders | undefined,
  now: Graders,
): Promise<ReadonlySet<string>> {
  const hashes = new Map(before?.map(({ id, hash }) => [id, hash]))
  const isChanged = now.some(({ id, hash }) => hashes.has(id) && hashes.get(id) !== hash)
  if (!isChanged) return NONE
  const judged = new Set<string>()
  for await (const testCase of suite.cases())
    if ((await verifier.gradersOf(testCase)).length > 0) judged.add(testCase.id)
  return judged
}
