import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { loadApiProvider } from 'promptfoo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import { provider } from './ask.ts'
import type { Case } from './promptfoo-cases.ts'
import { ANTHROPIC, GOOGLE, OPENAI } from './promptfoo-cases.ts'
import type { VendorServer } from './vendor-server.ts'
import { startVendor } from './vendor-server.ts'

let server: VendorServer
let load: typeof loadApiProvider
beforeAll(async () => {
  process.env['PROMPTFOO_CONFIG_DIR'] = mkdtempSync(join(tmpdir(), 'assay-promptfoo-'))
  process.env['PROMPTFOO_DISABLE_TELEMETRY'] = '1'
  const promptfoo = await import('promptfoo')
  promptfoo.cache.disableCache()
  load = promptfoo.loadApiProvider
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Way {
  readonly body: Record<string, unknown>
  readonly response: ProviderResponse
}

/** The same call by promptfoo's own adapter and by ours. */
async function bothWays(
  id: string,
  { config = {}, prompt = 'Hello', reply }: Case,
): Promise<{ theirs: Way; ours: Way }> {
  server.answer({ body: reply })
  const apiBaseUrl = id.startsWith('openai') ? `${server.url}/v1` : server.url
  const options = { config: { apiKey: 'k', apiBaseUrl, ...config } }
  const own = await load(id, { options })
  const theirResponse = (await own.callApi(prompt)) as ProviderResponse
  const theirs = { body: server.received.at(-1)?.body ?? {}, response: theirResponse }
  const { apiBaseUrl: baseUrl, ...rest } = options.config
  const response = await provider(server, id, { ...rest, baseUrl, stream: false }).callApi(prompt)
  return { theirs, ours: { body: server.received.at(-1)?.body ?? {}, response } }
}

describe('against promptfoo’s own adapter, without a stream', () => {
  it.each(Object.entries(OPENAI))('openai: %s is asked for and given alike', async (_name, each) => {
    const { theirs, ours } = await bothWays('openai:chat:gpt-4o', each)
    expect(ours.body).toEqual(theirs.body)
    expect(ours.response.output).toEqual(theirs.response.output)
    expect(ours.response.finishReason).toBe(theirs.response.finishReason)
    expect(ours.response.isRefusal).toBe(theirs.response.isRefusal)
    expect(ours.response.guardrails).toEqual(theirs.response.guardrails)
    expect(ours.response.tokenUsage).toMatchObject({ prompt: theirs.response.tokenUsage?.prompt })
  })

  it.each(Object.entries(ANTHROPIC))('anthropic: %s is asked for and given alike', async (_name, each) => {
    const { theirs, ours } = await bothWays('anthropic:messages:claude-sonnet-4-5-20250929', each)
    const { stream: _stream, ...body } = theirs.body
    expect(ours.body).toEqual(body)
    expect(ours.response.output).toEqual(theirs.response.output)
    expect(ours.response.finishReason).toBe(theirs.response.finishReason)
    expect(ours.response.tokenUsage).toMatchObject({
      prompt: theirs.response.tokenUsage?.prompt,
      completion: theirs.response.tokenUsage?.completion,
    })
  })

  it.each(Object.entries(GOOGLE))('google: %s is asked for and given alike', async (_name, each) => {
    const { theirs, ours } = await bothWays('google:gemini-2.5-flash', each)
    expect(ours.body).toEqual(theirs.body)
    expect(ours.response.output).toEqual(theirs.response.output)
    expect(ours.response.tokenUsage?.prompt).toBe(theirs.response.tokenUsage?.prompt)
  })
})
