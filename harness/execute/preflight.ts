import type { ProviderResponse } from '../model/provider.ts'
import type { GraderAsk } from '../verify/graders/grader-calls.ts'
import type { Graders } from './graders.ts'

const QUESTION = 'Reply with the word OK.'

type Method = (prompt: string) => Promise<ProviderResponse>

/**
 * Asks every grader something small before any reply is paid for. What comes of it is known to the limits of its account:
 * one that is out, out of credit or refuses the key is given up, and the cells it would have to grade are not asked.
 * Models need no such call: the first of an account goes ahead of the others.
 */
export async function preflight(graders: Graders): Promise<void> {
  const asks = [...graders.loaded.keys()].flatMap((provider): GraderAsk[] => {
    const methods = provider as unknown as Record<string, unknown>
    const method = ['callApi', 'callEmbeddingApi'].find((name) => typeof methods[name] === 'function')
    if (method === undefined) return []
    const invoke = async () => (methods[method] as Method).call(provider, QUESTION)
    return [{ origin: undefined, check: 'preflight', provider, method, prompt: QUESTION, invoke }]
  })
  await Promise.all(asks.map(graders.ask))
}
