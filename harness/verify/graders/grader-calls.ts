import type { Provider, ProviderResponse } from '../../model/provider.ts'
import type { CallOrigin } from '../../model/verification.ts'
import type { Grader } from './graders.ts'

/** One question to a grader. */
export interface GraderAsk {
  /** Whose reply is graded, where the caller said. */
  readonly origin: CallOrigin | undefined
  /** The check that asks: `llm-rubric at suite.yaml:12:9`. */
  readonly check: string
  readonly provider: Provider
  /** `callApi`, `callEmbeddingApi`, … */
  readonly method: string
  /** What the grader is asked: for other than text, its arguments as JSON. */
  readonly prompt: string
  /** Asks it. */
  readonly invoke: (signal?: AbortSignal) => Promise<ProviderResponse>
}

/** Makes the calls of graders. Never rejects: `error` says why there is no answer. */
export type AskGrader = (ask: GraderAsk) => Promise<ProviderResponse>

const METHODS = [
  'callApi',
  'callEmbeddingApi',
  'callSimilarityApi',
  'callClassificationApi',
  'callModerationApi',
] as const

type Method = (...args: unknown[]) => Promise<ProviderResponse>

interface GraderWatch {
  readonly origin: CallOrigin | undefined
  readonly check: string
  readonly ask: AskGrader
}

/** The same grader, whose every call is made by `ask`. `failure` tells whether one yielded no answer: then the check broke. */
export function watchGrader(
  grader: Grader,
  { origin, check, ask }: GraderWatch,
): { readonly grader: Grader; readonly failure: () => string | undefined } {
  let failure: string | undefined
  const watched = async (one: Omit<GraderAsk, 'origin' | 'check'>): Promise<ProviderResponse> => {
    const response = await ask({ ...one, origin, check })
    failure ??= response.error
    return response
  }
  const wrapped =
    typeof grader['id'] === 'function'
      ? watchProvider(grader as Provider, watched)
      : Object.fromEntries(
          Object.entries(grader as Record<string, Provider>).map(([kind, provider]) => [
            kind,
            watchProvider(provider, watched),
          ]),
        )
  return { grader: wrapped, failure: () => failure }
}

/** The provider is the prototype, so that whatever else promptfoo asks it is answered; private fields need `this`. */
function watchProvider(
  provider: Provider,
  ask: (one: Omit<GraderAsk, 'origin' | 'check'>) => Promise<ProviderResponse>,
): Provider {
  const methods = provider as unknown as Record<string, unknown>
  // Defined, not assigned: the provider may be frozen.
  const own: PropertyDescriptorMap = { id: { value: () => provider.id() } }
  for (const method of METHODS) {
    const call = methods[method]
    if (typeof call !== 'function') continue
    const value = (...args: unknown[]): Promise<ProviderResponse> =>
      ask({
        provider,
        method,
        prompt: promptOf(args),
        invoke: async (abortSignal) => {
          const isText = method === 'callApi' && args.length === 2 && abortSignal !== undefined
          return (call as Method).apply(provider, isText ? [...args, { abortSignal }] : args)
        },
      })
    own[method] = { value }
  }
  return Object.create(provider, own) as Provider
}

/** Text calls take the prompt first, then a context that is not worth keeping. */
function promptOf(args: readonly unknown[]): string {
  const texts = args.filter((arg) => typeof arg === 'string')
  return texts.length === 1 ? (texts[0] ?? '') : JSON.stringify(texts)
}
