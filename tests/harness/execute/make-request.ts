import type { ModelRequest } from '../../../harness/execute/call.ts'
import { providerOf, specOf } from './world.ts'

type RequestParts = Partial<Omit<ModelRequest, 'shape'>> & { readonly shape?: Partial<ModelRequest['shape']> }

/** A first question to a model, but for what is given. */
export function makeRequest({ shape, ...parts }: RequestParts = {}): ModelRequest {
  return {
    role: 'model',
    cellId: 'cell-1',
    caseId: 'c1',
    repeat: 0,
    attempt: 0,
    retry: 0,
    promptKey: 'few-shot',
    prompt: 'Is this positive?',
    spec: specOf('flash'),
    provider: providerOf(),
    invoke: () => Promise.reject(new Error('the provider was called')),
    trusted: true,
    ...parts,
    shape: { provider: 'provider-hash', options: null, vars: { text: 'fine' }, ...shape },
  }
}
