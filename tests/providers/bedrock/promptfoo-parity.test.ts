import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { loadApiProvider } from 'promptfoo'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import { bedrock, MODEL } from './asked.ts'
import { replay } from './wire-server.ts'

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', region: 'us-east-1' }
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } }
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let load: typeof loadApiProvider
beforeAll(async () => {
  process.env['PROMPTFOO_CONFIG_DIR'] = mkdtempSync(join(tmpdir(), 'assay-promptfoo-'))
  process.env['PROMPTFOO_DISABLE_TELEMETRY'] = '1'
  const promptfoo = await import('promptfoo')
  promptfoo.cache.disableCache()
  load = promptfoo.loadApiProvider
})

interface Way {
  readonly body: Record<string, unknown> | undefined
  readonly response: ProviderResponse
}

/** The same call by promptfoo's own Converse provider and by ours. */
async function bothWays(
  recording: string,
  config: Record<string, unknown> = {},
  prompt = 'Is it positive?',
): Promise<{ theirs: Way; ours: Way }> {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  await using server = await replay(recording)
  const options = { config: { ...KEYS, endpoint: server.url, ...config } }
  const own = await load(`bedrock:converse:${MODEL}`, { options })
  const theirs = (await own.callApi(prompt)) as ProviderResponse
  const ours = await bedrock(server, { ...KEYS, ...config, api: 'converse' }).callApi(prompt)
  const [theirBody, ourBody] = server.bodies
  return { theirs: { body: theirBody, response: theirs }, ours: { body: ourBody, response: ours } }
}

describe('the reply of Converse', () => {
  it.each([
    ['text', 'converse', {}],
    ['tool calls', 'converse-tools', {}],
    ['thinking', 'converse-thinking', {}],
    ['thinking that is not shown', 'converse-thinking', { showThinking: false }],
    ['a guardrail’s', 'converse-guardrail', { guardrailIdentifier: 'gr' }],
  ])(
    'has the output, the guardrails and the metadata of promptfoo’s: %s',
    async (_what, recording, config) => {
      const { theirs, ours } = await bothWays(recording, config)
      expect(theirs.response.error).toBeUndefined()
      expect(ours.response.output).toEqual(theirs.response.output)
      expect(ours.response['guardrails']).toEqual(theirs.response['guardrails'])
      expect(ours.response.metadata).toMatchObject(theirs.response.metadata ?? {})
      expect(ours.response.tokenUsage?.completion).toBe(theirs.response.tokenUsage?.completion)
    },
  )
})

describe('the request of Converse', () => {
  const tools = [
    { type: 'function', function: { name: 'weather', description: 'Of a city', parameters: SCHEMA } },
  ]

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['sampling', { maxTokens: 9, temperature: 0.1, topP: 0.2, stopSequences: ['x'] }],
    ['sampling, in the other spellings', { max_tokens: 9, temperature: 0.1, top_p: 0.2, stop: ['x'] }],
    ['OpenAI’s tools', { tools, tool_choice: 'required' }],
    [
      'Anthropic’s tools',
      { tools: [{ name: 'weather', description: 'd', input_schema: SCHEMA }], tool_choice: 'auto' },
    ],
    [
      'Bedrock’s tools',
      {
        tools: [{ toolSpec: { name: 'weather', inputSchema: { json: SCHEMA } } }],
        toolChoice: { tool: { name: 'weather' } },
      },
    ],
    ['no tools', { tools, tool_choice: 'none' }],
    ['a guardrail', { guardrailIdentifier: 'gr', guardrailVersion: 2, trace: 'enabled' }],
    ['thinking', { thinking: { type: 'enabled', budget_tokens: 1024 }, max_tokens: 4096 }],
    [
      'performance and tier',
      { performanceConfig: { latency: 'optimized' }, serviceTier: { type: 'priority' } },
    ],
    [
      'additional fields',
      { additionalModelRequestFields: { a: 1 }, additionalModelResponseFieldPaths: ['/b'] },
    ],
  ])('is that of promptfoo’s, asked for with its keys: %s', async (_what, config) => {
    const { theirs, ours } = await bothWays('converse', config)
    expect(theirs.body).toBeDefined()
    expect(ours.body).toEqual(theirs.body)
  })

  it.each<[string, unknown]>([
    [
      'a chat',
      [
        { role: 'system', content: 'S' },
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
      ],
    ],
    ['lines that say who speaks', 'system: S\nuser: a\nmore of it\nassistant: b\nuser: c'],
    ['lines, and a reply to be gone on with', 'user: a\nassistant:'],
    [
      'OpenAI’s image',
      [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }],
        },
      ],
    ],
    [
      'Anthropic’s image',
      [{ role: 'user', content: [{ type: 'image', source: { media_type: 'image/png', data: PNG } }] }],
    ],
    ['Bedrock’s image', [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: PNG } } }] }]],
    [
      'tools that were called',
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'f', input: { x: 1 } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: '1', content: 'rain' }] },
      ],
    ],
  ])('is that of promptfoo’s, of the same prompt: %s', async (_what, prompt) => {
    const text = typeof prompt === 'string' ? prompt : JSON.stringify(prompt)
    const { theirs, ours } = await bothWays('converse', {}, text)
    expect(theirs.body).toBeDefined()
    expect(ours.body).toEqual(theirs.body)
  })
})
