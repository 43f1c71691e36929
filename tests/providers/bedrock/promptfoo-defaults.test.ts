import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { loadApiProvider } from 'promptfoo'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import Bedrock from '../../../providers/bedrock.ts'
import { ENV } from './asked.ts'
import { replay } from './wire-server.ts'

type Body = Readonly<Record<string, unknown>>

let load: typeof loadApiProvider
beforeAll(async () => {
  process.env['PROMPTFOO_CONFIG_DIR'] = mkdtempSync(join(tmpdir(), 'assay-promptfoo-'))
  process.env['PROMPTFOO_DISABLE_TELEMETRY'] = '1'
  const promptfoo = await import('promptfoo')
  promptfoo.cache.disableCache()
  load = promptfoo.loadApiProvider
})

/** What a body asks for, by whichever names the vendor has for it. */
function askedFor(body: Body | undefined): { temperature: unknown; longest: unknown } {
  const all = { ...body, ...(body?.['inferenceConfig'] as Body), ...(body?.['textGenerationConfig'] as Body) }
  const longest = all['max_tokens'] ?? all['maxTokens'] ?? all['max_new_tokens'] ?? all['maxTokenCount']
  return { temperature: all['temperature'], longest }
}

async function ours(url: string, id: string, config: object = {}): Promise<void> {
  const provider = new Bedrock({ id, config: { endpoint: url, api: 'converse', ...config }, env: ENV })
  onTestFinished(() => provider.cleanup())
  await provider.callApi('Hello?')
}

describe('a model that is named as `bedrock:<model>`', () => {
  it.each([
    'anthropic.claude-3-haiku-20240307-v1:0',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    'amazon.nova-lite-v1:0',
    'us.amazon.nova-2-lite-v1:0',
    'meta.llama3-1-70b-instruct-v1:0',
    'mistral.mistral-large-2402-v1:0',
    'mistral.ministral-3-8b-instruct',
    'ai21.jamba-1-5-mini-v1:0',
    'deepseek.v3-v1:0',
    'cohere.command-r-v1:0',
    'openai.gpt-oss-120b-1:0',
    'qwen.qwen3-32b-v1:0',
  ])('is asked with the temperature, and for the length, that promptfoo asks it with: %s', async (model) => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
    await using server = await replay('converse')
    const config = { accessKeyId: ENV.AWS_ACCESS_KEY_ID, secretAccessKey: 'secret', region: 'us-east-1' }
    const theirs = await load(`bedrock:${model}`, {
      options: { config: { ...config, endpoint: server.url } },
    })
    await theirs.callApi('Hello?')
    await ours(server.url, `bedrock:${model}`)
    const [theirBody, ourBody] = server.bodies
    expect(ourBody).toBeDefined()
    expect(askedFor(ourBody)).toEqual(askedFor(theirBody))
  })

  it('is asked with what is written, where something is', async () => {
    await using server = await replay('converse')
    await ours(server.url, 'bedrock:amazon.nova-lite-v1:0', { temperature: 0.4, maxTokens: 9 })
    await ours(server.url, 'bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0', { topP: 0.9 })
    await ours(server.url, 'bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0', {
      thinking: { type: 'enabled', budget_tokens: 2048 },
    })
    expect(server.bodies.map(askedFor)).toEqual([
      { temperature: 0.4, longest: 9 },
      { temperature: undefined, longest: 1024 },
      { temperature: undefined, longest: undefined },
    ])
  })

  it('is asked with nothing more than is written by `bedrock:converse:<model>` and by a file', async () => {
    await using server = await replay('converse')
    await ours(server.url, 'bedrock:converse:amazon.nova-lite-v1:0')
    await ours(server.url, 'file:///providers/bedrock.ts', { model: 'amazon.nova-lite-v1:0' })
    expect(server.bodies.map(askedFor)).toEqual([
      { temperature: undefined, longest: undefined },
      { temperature: undefined, longest: undefined },
    ])
  })
})
