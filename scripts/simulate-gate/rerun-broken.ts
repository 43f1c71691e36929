import type { RerunResults } from '../../harness/analyze/paired/compare-runs.ts'
import { MOST_CASES, repeatsToConfirm } from '../../harness/analyze/paired/confirm-test.ts'
import type { BrokenCase, PassCount } from '../../harness/model/comparison.ts'
import { caseIndexOf } from './make-arm.ts'
import type { Draw } from './make-arm.ts'

/** `gate.confirm`: fresh repeats of a broken case in each arm, at least. */
export const CONFIRM = 5

/** What either arm answers when it is asked again. */
export interface FreshReplies {
  readonly base: Draw
  readonly candidate: Draw
}

/** Runs the cases that broke again, in both arms; undefined where none did. */
export function rerunBroken(
  broken: readonly BrokenCase[],
  { base, candidate }: FreshReplies,
): RerunResults | undefined {
  if (broken.length === 0) return undefined
  const chosen = broken.slice(0, MOST_CASES)
  const repeats = repeatsToConfirm(chosen.length, CONFIRM)
  const cases = chosen.map(({ column, caseId }) => {
    const index = caseIndexOf(caseId)
    return {
      column,
      caseId,
      base: passesOf(base, index, repeats),
      candidate: passesOf(candidate, index, repeats),
    }
  })
  return { cases }
}

function passesOf(draw: Draw, index: number, repeats: number): PassCount {
  let passed = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    const drawn = draw(index, repeat)
    passed += typeof drawn === 'number' ? drawn : drawn.pass
  }
  return { passed, of: repeats }
}
