import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../harness/model/errors.ts'
import { accountOf, servedFile, servedId } from '../../../providers/shared/served-ids.ts'

const MODELS = {
  classes: ['flash-class', 'sonnet-class'],
  idOfClass: (id: string) =>
    ({
      'sonnet-class': 'bedrock:global.anthropic.claude-sonnet-4-6',
      'bedrock:sonnet-class': 'bedrock:global.anthropic.claude-sonnet-4-6',
      'anthropic:sonnet-class': 'anthropic:claude-sonnet-4-6',
      'flash-class': 'google:gemini-3.8-flash',
      'google:flash-class': 'google:gemini-3.8-flash',
    })[id],
}

describe('an id that assay serves', () => {
  it.each([
    ['bedrock:amazon.nova-lite-v1:0', 'bedrock', 'aws', 'amazon.nova-lite-v1:0'],
    ['bedrock:us.anthropic.claude-sonnet-4-6', 'bedrock', 'aws', 'us.anthropic.claude-sonnet-4-6'],
    ['bedrock:converse:us.xai.grok-4.6', 'bedrock', 'aws', 'us.xai.grok-4.6'],
    ['bedrock:openai.gpt-oss-120b-1:0', 'bedrock', 'aws', 'openai.gpt-oss-120b-1:0'],
    [
      'bedrock:arn:aws:bedrock:us-east-1:123:application-inference-profile/x',
      'bedrock',
      'aws',
      'arn:aws:bedrock:us-east-1:123:application-inference-profile/x',
    ],
    ['openai:gpt-4o', 'aisdk', 'openai', 'gpt-4o'],
    ['openai:chat:gpt-4o', 'aisdk', 'openai', 'gpt-4o'],
    ['openai:chat:ft:gpt-4o-mini:acme::x1', 'aisdk', 'openai', 'ft:gpt-4o-mini:acme::x1'],
    ['openai:ft:gpt-4o-mini:acme::x1', 'aisdk', 'openai', 'ft:gpt-4o-mini:acme::x1'],
    ['google:gemini-2.5-flash', 'aisdk', 'google', 'gemini-2.5-flash'],
    ['google:models/gemini-2.5-flash', 'aisdk', 'google', 'gemini-2.5-flash'],
    ['google:gemma-3-27b-it', 'aisdk', 'google', 'gemma-3-27b-it'],
    ['anthropic:claude-sonnet-4-6', 'aisdk', 'anthropic', 'claude-sonnet-4-6'],
    ['anthropic:messages:claude-sonnet-4-6', 'aisdk', 'anthropic', 'claude-sonnet-4-6'],
    ['ollama:llama3.2:1b', 'aisdk', 'openai-compatible', 'llama3.2:1b'],
    ['ollama:chat:llama3.2', 'aisdk', 'openai-compatible', 'llama3.2'],
    ['ollama:world-class', 'aisdk', 'openai-compatible', 'world-class'],
    ['simulated', 'simulated', 'simulated', ''],
    ['simulated:flash', 'simulated', 'simulated', 'flash'],
  ])('%s', (id, adapter, vendor, model) => {
    expect(servedId(id, MODELS)).toEqual({ adapter, scheme: id.split(':', 1)[0], vendor, model })
  })

  it.each([
    ['sonnet-class', 'bedrock', 'global.anthropic.claude-sonnet-4-6'],
    ['bedrock:sonnet-class', 'bedrock', 'global.anthropic.claude-sonnet-4-6'],
    ['bedrock:converse:sonnet-class', 'bedrock', 'global.anthropic.claude-sonnet-4-6'],
    ['anthropic:messages:sonnet-class', 'anthropic', 'claude-sonnet-4-6'],
    ['flash-class', 'google', 'gemini-3.8-flash'],
  ])('may name a class: %s', (id, scheme, model) => {
    expect(servedId(id, MODELS)).toMatchObject({ scheme, model, meant: `${scheme}:${model}` })
  })
})

describe("an id of promptfoo's", () => {
  it.each([
    'echo',
    'azure:chat:x',
    'vertex:gemini-2.5-flash',
    'bedrock:kb:abc',
    'bedrock:knowledge-base:abc',
    'bedrock:agents:abc',
    'bedrock:completion:amazon.nova-lite-v1:0',
    'bedrock:embeddings:amazon.titan-embed-text-v2:0',
    'bedrock:amazon.titan-embed-text-v2:0',
    'bedrock:nova-sonic:amazon.nova-sonic-v1:0',
    'bedrock:amazon.nova-reel-v1:1',
    'bedrock:openai.gpt-5.5',
    'bedrock:xai.grok-4.3',
    'bedrock:responses:openai.gpt-oss-120b',
    'bedrock-agent:abc',
    'openai:chat',
    'openai:chat:',
    'openai:responses:gpt-5',
    'openai:embedding:text-embedding-3-small',
    'openai:moderation',
    'openai:image:gpt-image-1',
    'openai:gpt-image-1',
    'openai:gpt-realtime',
    'openai:gpt-4o-transcribe',
    'openai:gpt-3.5-turbo-instruct',
    'openai:gpt-5-pro',
    'openai:codex-sdk',
    'google:live:gemini-2.5-flash',
    'google:embedding:gemini-embedding-001',
    'google:gemini-2.5-flash-image',
    'google:image:imagen-4',
    'anthropic:claude-agent-sdk',
    'anthropic:completion:claude-2.1',
    'anthropic:claude-2.1',
    'ollama:completion:llama3',
    'ollama:embeddings:llama3',
    'file://provider.ts',
    'promptfoo:bedrock:amazon.nova-lite-v1:0',
    'constructor:x',
  ])('%s', (id) => {
    expect(servedId(id, MODELS)).toBeUndefined()
  })
})

describe('a class that is not there', () => {
  it.each([
    ['sonet-class', 'there is no class of models `sonet-class`', 'did you mean `sonnet-class`?'],
    ['bedrock:sonet-class', 'there is no class of models `sonet-class`', 'did you mean `sonnet-class`?'],
    ['nobody-class', 'there is no class of models `nobody-class`', 'classes: flash-class, sonnet-class'],
    [
      'bedrock:flash-class',
      'the class `flash-class` has no model of bedrock',
      'it has one as `google:flash-class`',
    ],
  ])('is refused: %s', (id, message, hint) => {
    expect(() => servedId(id, MODELS)).toThrow(expect.objectContaining({ message, hint }) as Error)
    expect(() => servedId(id, MODELS)).toThrow(ConfigError)
  })
})

describe('a provider file of assay', () => {
  it.each([
    ['/x/providers/bedrock.ts', { model: 'sonnet-class' }, 'bedrock:global.anthropic.claude-sonnet-4-6'],
    ['/x/dist/providers/bedrock.js', { model: 'amazon.nova-lite-v1:0' }, undefined],
    ['/x/providers/aisdk.ts', { vendor: 'anthropic', model: 'sonnet-class' }, 'anthropic:claude-sonnet-4-6'],
  ])('is known by its config: %s', (path, config, meant) => {
    expect(servedFile(path, config, MODELS)?.meant).toBe(meant)
  })

  it.each([
    ['/x/mine.ts', { model: 'sonnet-class' }],
    ['/x/providers/bedrock.ts', undefined],
    ['/x/providers/bedrock.ts', { model: 3 }],
    ['/x/providers/aisdk.ts', { vendor: 'openai-compatible', model: 'llama' }],
  ])('says nothing otherwise: %s', (path, config) => {
    expect(servedFile(path, config, MODELS)).toBeUndefined()
  })

  it('of a class that is not there is a mistake at `model`', () => {
    expect(() => servedFile('/x/bedrock.ts', { model: 'sonet-class' }, MODELS)).toThrow(
      expect.objectContaining({ path: ['model'], isKey: false }) as Error,
    )
  })
})

describe('the account of a call', () => {
  it.each([
    ['bedrock:converse:amazon.nova-lite-v1:0', 'bedrock:amazon.nova-lite-v1:0'],
    ['openai:chat:gpt-4o', 'openai:gpt-4o'],
    ['sonnet-class', 'bedrock:global.anthropic.claude-sonnet-4-6'],
    ['ollama:chat:llama3.2', 'ollama'],
    ['simulated:flash', 'simulated'],
  ])('of %s is %s', (id, account) => {
    const served = servedId(id, MODELS)
    expect(served && accountOf(served)).toBe(account)
  })
})
