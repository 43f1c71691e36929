import { expect } from 'vitest'
import type { Failure } from '../../../harness/model/failure.ts'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import { provider } from './ask.ts'
import type { Script, VendorServer } from './vendor-server.ts'

export interface Failed {
  readonly failure: Failure
  readonly response: ProviderResponse
}

/** One call that fails, by one request. */
export async function fail(
  server: VendorServer,
  id: string,
  script: Script | (() => Script),
  config: object = {},
  signal?: AbortSignal,
): Promise<Failed> {
  server.answer(script)
  const before = server.received.length
  const response = await provider(server, id, config).callApi('x', undefined, { abortSignal: signal })
  expect(server.received.length - before).toBe(1)
  expect(response.output).toBeUndefined()
  const failure = response.metadata?.['failure'] as Failure
  expect(response.error).toBe(failure.message)
  return { failure, response }
}
