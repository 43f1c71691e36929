import type { Billing } from '../../harness/model/billing.ts'
import type { Failure } from '../../harness/model/failure.ts'
import { recordable } from '../../harness/model/failures/recordable.ts'
import type { ProviderResponse, Told, TokenUsage } from '../../harness/model/provider.ts'
import type { Cost, Usage } from '../../harness/model/usage.ts'
import { inputTokens, totalTokens } from '../../harness/model/usage.ts'

/** A reply, before it is put into promptfoo's words. */
export interface Answer {
  readonly output: unknown
  /** As the vendor says it: `end_turn`; kept beside promptfoo's word for it. */
  readonly stopReason?: string | undefined
  readonly finishReason?: string | undefined
  readonly isRefusal?: boolean | undefined
  readonly usage?: Usage | undefined
  readonly billing?: Billing | undefined
  /** For whoever runs the provider without assay, which prices the call itself. */
  readonly cost?: Cost | undefined
  readonly timing?: Told['timing']
  readonly warnings?: readonly string[] | undefined
  /** Everything else on the wire worth keeping: request id, headers, metrics, trace. No credentials. */
  readonly wire?: Readonly<Record<string, unknown>> | undefined
  /** Fields of promptfoo's response that have no other place here: guardrails, logProbs, sessionId… */
  readonly more?: Readonly<Record<string, unknown>> | undefined
}

/** Of tokens that are only estimated no cost is made; lone surrogates, which no file holds, become U+FFFD. */
export function answered(answer: Answer): ProviderResponse {
  const { output, stopReason, finishReason, isRefusal, usage, cost, more } = answer
  return {
    ...more,
    output: recordable(output),
    ...(finishReason !== undefined && { finishReason }),
    ...(isRefusal === true && { isRefusal }),
    ...(usage !== undefined && { tokenUsage: tokenUsageOf(usage) }),
    ...(typeof cost === 'number' && usage?.estimated !== true && { cost }),
    metadata: { ...answer.wire, ...(stopReason !== undefined && { stopReason }), ...told(answer) },
  }
}

/** A call that yielded no reply; what is known of its usage is kept, since it may have been billed. */
export function failed(
  failure: Failure,
  known: Pick<Answer, 'usage' | 'billing' | 'timing' | 'warnings' | 'wire'> = {},
): ProviderResponse {
  const { usage, wire } = known
  return {
    error: failure.message,
    ...(usage !== undefined && { tokenUsage: tokenUsageOf(usage) }),
    metadata: { ...wire, failure, ...told(known) },
  }
}

function told({
  usage,
  billing,
  timing,
  warnings = [],
}: Pick<Answer, 'usage' | 'billing' | 'timing' | 'warnings'>): Told {
  return {
    ...(timing !== undefined && { timing }),
    ...(usage !== undefined && { usage }),
    ...(billing !== undefined && { billing }),
    ...(warnings.length > 0 && { warnings }),
  }
}

/** promptfoo's `prompt` includes what was read from and written to the model's own prompt cache. */
function tokenUsageOf(usage: Usage): TokenUsage {
  const { output, cacheRead, cacheWrite } = usage
  return {
    total: totalTokens(usage),
    prompt: inputTokens(usage),
    completion: output,
    numRequests: 1,
    ...((cacheRead !== undefined || cacheWrite !== undefined) && {
      completionDetails: { cacheReadInputTokens: cacheRead, cacheCreationInputTokens: cacheWrite },
    }),
  }
}
