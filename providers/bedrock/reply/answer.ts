import type { Answer } from '../../shared/response.ts'
import { finishReasonOf } from '../../shared/finish-reason.ts'
import type { Gathered } from './gathered.ts'
import { asideOf, outputOf } from './output.ts'

/** Words for why a reply ended that mean the model, or the service for it, would not answer. */
const REFUSALS: ReadonlySet<string> = new Set(['refusal', 'content_filtered'])
/** Words for a reply that the model got wrong in its form. */
const MALFORMED: ReadonlySet<string> = new Set(['malformed_model_output', 'malformed_tool_use'])

/** The part of the answer that is read off the reply, under promptfoo's names. */
export function answerOf(
  gathered: Gathered,
  showThinking: boolean,
): Pick<Answer, 'output' | 'stopReason' | 'finishReason' | 'isRefusal' | 'more' | 'wire'> {
  const { blocks, stopReason, usage, serverMs, trace, serviceTier, latency, additional } = gathered
  const guardrails = guardrailsOf(gathered)
  return {
    output: outputOf(blocks, showThinking),
    stopReason,
    // InvokeModel tells of a guardrail beside a stop reason that says nothing of it.
    finishReason: finishReasonOf(guardrails?.flagged === true ? 'guardrail_intervened' : stopReason),
    isRefusal: REFUSALS.has(stopReason ?? ''),
    ...(guardrails && { more: { guardrails } }),
    wire: {
      ...asideOf(blocks),
      ...(serverMs !== undefined && { latencyMs: serverMs }),
      ...((usage?.cacheRead !== undefined || usage?.cacheWrite !== undefined) && {
        cacheTokens: { read: usage.cacheRead ?? 0, write: usage.cacheWrite ?? 0 },
      }),
      ...(latency !== undefined && { performanceConfig: { latency } }),
      ...(serviceTier !== undefined && { serviceTier: { type: serviceTier } }),
      ...(additional !== undefined && { additionalModelResponseFields: additional }),
      ...(trace !== undefined && { trace }),
      ...(MALFORMED.has(stopReason ?? '') && { isModelError: true }),
    },
  }
}

/** promptfoo's word for what guardrails did: of Converse only where one stepped in. */
function guardrailsOf({
  stopReason,
  isGuarded,
}: Gathered): { flagged: boolean; reason?: string } | undefined {
  if (stopReason === 'guardrail_intervened') return { flagged: true, reason: stopReason }
  return isGuarded === undefined ? undefined : { flagged: isGuarded }
}
