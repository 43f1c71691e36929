import { messageOf } from '../../model/errors.ts'
import type { Provider, ProviderResponse } from '../../model/provider.ts'
import type { Grader } from './graders.ts'

/** One finished call to a grader, for the record. */
export interface GraderCall {
  /** The cell whose reply was graded, where the caller said. */
  readonly cellId: string | undefined
  /** The check that asked: `llm-rubric at suite.yaml:12:9`. */
  readonly check: string
  readonly provider: string
  /** What the grader was asked: for other than text, its arguments as JSON. */
  readonly prompt: string
  readonly response: ProviderResponse
  /** Milliseconds from the call to the answer. */
  readonly latencyMs: number
}

/** Sees every call to a grader. */
export interface GraderWatch {
  readonly cellId: string | undefined
  readonly check: string
  readonly now: () => number
  readonly onCall: (call: GraderCall) => void
}

const METHODS = [
  'callApi',
  'callEmbeddingApi',
  'callSimilarityApi',
  'callClassificationApi',
  'callModerationApi',
] as const

type Method = (...args: unknown[]) => Promise<ProviderResponse>

/** The same grader, with every call seen. `failure` tells whether one yielded no answer: then the check broke. */
export function watchGrader(
  grader: Grader,
  watch: GraderWatch,
): { readonly grader: Grader; readonly failure: () => string | undefined } {
  let failure: string | undefined
  const seen = (call: GraderCall): void => {
    failure ??= call.response.error
    watch.onCall(call)
  }
  const one = (provider: Provider): Provider => watchProvider(provider, { ...watch, onCall: seen })
  const wrapped =
    typeof grader['id'] === 'function'
      ? one(grader as Provider)
      : Object.fromEntries(
          Object.entries(grader as Record<string, Provider>).map(([kind, provider]) => [kind, one(provider)]),
        )
  return { grader: wrapped, failure: () => failure }
}

/** The provider is the prototype, so that whatever else promptfoo asks it is answered; private fields need `this`. */
function watchProvider(provider: Provider, watch: GraderWatch): Provider {
  const methods = provider as unknown as Record<string, unknown>
  // Defined, not assigned: the provider may be frozen.
  const own: PropertyDescriptorMap = { id: { value: () => provider.id() } }
  for (const name of METHODS) {
    const method = methods[name]
    if (typeof method !== 'function') continue
    own[name] = { value: watched((...args) => (method as Method).apply(provider, args), provider, watch) }
  }
  return Object.create(provider, own) as Provider
}

function watched(call: Method, provider: Provider, { cellId, check, now, onCall }: GraderWatch): Method {
  return async (...args) => {
    const start = now()
    const record = (response: ProviderResponse): void =>
      onCall({
        cellId,
        check,
        provider: provider.id(),
        prompt: promptOf(args),
        response,
        latencyMs: now() - start,
      })
    try {
      const response = await call(...args)
      record(response)
      return response
    } catch (error) {
      record({ error: messageOf(error) })
      throw error
    }
  }
}

/** Text calls take the prompt first, then a context that is not worth keeping. */
function promptOf(args: readonly unknown[]): string {
  const texts = args.filter((arg) => typeof arg === 'string')
  return texts.length === 1 ? (texts[0] ?? '') : JSON.stringify(texts)
}
