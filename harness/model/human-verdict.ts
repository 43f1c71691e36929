import type { Review } from './review.ts'

/**
 * What a reviewer holds of a reply, whatever the checks say of it. Null where the mark says nothing of the reply: a wrong label
 * makes the checks' verdict void and puts none in its place, and where the checks gave no verdict there is none to agree with.
 */
export function humanVerdict({
  mark,
  outcome,
}: Pick<Review, 'mark' | 'outcome'>): 'passed' | 'failed' | null {
  if (mark === 'acceptable') return 'passed'
  if (mark === 'label_wrong' || outcome === 'errored') return null
  if (mark === 'agree') return outcome
  return outcome === 'passed' ? 'failed' : 'passed'
}
