import type { ProviderResponse } from '../model/provider.ts'
import type { GraderAsk } from '../verify/graders/grader-calls.ts'
import type { Graders } from './graders.ts'
import type { Timers } from './timers.ts'

const QUESTION = 'Reply with the word OK.'

/** As promptfoo tells a grader: a provider may look at it. */
const CONTEXT = { prompt: { raw: QUESTION, label: 'preflight' }, vars: {} }

type Method = (
  prompt: string,
  context?: unknown,
  options?: { readonly abortSignal: AbortSignal | undefined },
) => Promise<ProviderResponse>

/**
 * Asks every grader something small before any reply is paid for. What comes of it is known to the limits of its account:
 * one that is out, out of credit or refuses the key is given up, and the cells it would have to grade are not asked.
 * One that does not answer is asked until it does or is given up; being throttled is an answer.
 * Models need no such call: the first of an account goes ahead of the others.
 */
export async function preflight(graders: Graders): Promise<void> {
  const asks = [...graders.loaded.keys()].flatMap((provider): GraderAsk[] => {
    const methods = provider as unknown as Record<string, unknown>
    const method = ['callApi', 'callEmbeddingApi'].find((name) => typeof methods[name] === 'function')
    if (method === undefined) return []
    const rest = (abortSignal?: AbortSignal) =>
      method === 'callApi' ? ([CONTEXT, { abortSignal }] as const) : []
    const invoke = async (signal?: AbortSignal) =>
      (methods[method] as Method).call(provider, QUESTION, ...rest(signal))
    return [{ origin: undefined, check: 'preflight', provider, method, prompt: QUESTION, invoke }]
  })
  await Promise.all(asks.map(graders.ask))
}

/** Waits for work, but no longer than `ms`: then the work goes on, and so does the caller. */
export async function patiently(work: Promise<void>, ms: number, timers: Timers): Promise<void> {
  let forget = (): void => {}
  const patience = new Promise<void>((resolve) => {
    forget = timers.after(ms, resolve)
  })
  await Promise.race([work, patience]).finally(forget)
}
