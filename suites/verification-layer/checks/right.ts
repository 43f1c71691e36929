import classification from '../../../assertions/classification.ts'
import { replyJson } from '../../../assertions/shared/json.ts'
import type { CheckContext, CheckVerdict } from '../../../harness/model/custom-check.ts'

export { configure } from '../../../assertions/classification.ts'

/**
 * What a person says of the reply, for figures alone: it always passes, so that no round of feedback is made of an answer that no system
 * in use would have. Score: whether the category is right; named score `right_order`: whether the order number is.
 */
export default function right(output: unknown, context: CheckContext): CheckVerdict {
  const verdict = classification(output, context)
  const found = replyJson(output)
  const value = 'error' in found ? undefined : (found.value as Record<string, unknown> | null)
  const expected = context.vars?.['order_id'] === '' ? null : context.vars?.['order_id']
  const isRight = value !== undefined && (value?.['order_id'] ?? null) === expected
  return { ...verdict, pass: true, namedScores: { right_order: Number(isRight) } }
}
