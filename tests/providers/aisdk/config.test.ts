import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../harness/model/errors.ts'
import { bare } from './ask.ts'

function mistake(make: () => unknown): ConfigError {
  try {
    make()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a model', () => {
  it.each([
    ['openai:gpt-4o', 'openai:gpt-4o'],
    ['openai:chat:gpt-4o', 'openai:gpt-4o'],
    ['google:gemini-2.5-flash', 'google:gemini-2.5-flash'],
    ['anthropic:messages:claude-haiku-4-5', 'anthropic:claude-haiku-4-5'],
    ['anthropic:claude-haiku-4-5', 'anthropic:claude-haiku-4-5'],
    ['ollama:llama3.2:3b', 'ollama:llama3.2:3b'],
    ['ollama:chat:llama3', 'ollama:llama3'],
  ])('is said by the id %s', (id, shown) => {
    expect(bare(id).id()).toBe(shown)
  })

  it('is said by the config where the id is a file', () => {
    const model = bare('file://aisdk.ts', { vendor: 'anthropic', model: 'claude-haiku-4-5' })
    expect(model.id()).toBe('anthropic:claude-haiku-4-5')
    expect(model.billing).toEqual({ vendor: 'anthropic', model: 'claude-haiku-4-5' })
  })

  it('of a class is the one that the class stands for', () => {
    expect(bare('anthropic:sonnet-class').id()).toMatch(/^anthropic:claude-sonnet-/)
    expect(bare(undefined, { vendor: 'google', model: 'flash-class' }).id()).toMatch(
      /^google:gemini-.*flash$/,
    )
    expect(mistake(() => bare(undefined, { vendor: 'google', model: 'sonnet-class' })).hint).toMatch(
      /bedrock:sonnet/,
    )
  })

  it('that retires, or has, warns', () => {
    expect(bare('anthropic:claude-opus-4-20250514').warnings).toEqual([
      'anthropic: `claude-opus-4-20250514` has been retired since 2026-06-15: move to a later model',
    ])
    expect(bare('anthropic:claude-haiku-4-5').warnings).toEqual([])
  })
})

describe('a mistake in the config', () => {
  it.each([
    ['a vendor that is missing', undefined, { model: 'x' }, [], /`vendor` is missing/],
    ['a vendor that nobody is', undefined, { vendor: 'mistrl', model: 'x' }, ['vendor'], /no such vendor/],
    ['a model that is missing', undefined, { vendor: 'openai' }, [], /`model` is missing/],
    ['a model said twice', 'openai:gpt-4o', { model: 'gpt-5' }, ['model'], /said by the id/],
    [
      'a server without an address',
      undefined,
      { vendor: 'openai-compatible', model: 'x' },
      [],
      /`baseUrl` is missing/,
    ],
    ['an address that is none', 'openai:gpt-4o', { baseUrl: 'example' }, ['baseUrl'], /expected an address/],
    [
      'an address with a password, which it does not show',
      'openai:gpt-4o',
      { baseUrl: 'https://me:hunter2@eu.example/v1' },
      ['baseUrl'],
      /`https:\/\/eu\.example\/v1` with a user/,
    ],
    [
      'an address that goes on after its path, which it does not show',
      'openai:gpt-4o',
      { baseUrl: 'https://eu.example/v1?key=hunter2' },
      ['baseUrl'],
      /`https:\/\/eu\.example\/v1` with something after/,
    ],
    ['a value that is none', 'openai:gpt-4o', { temperature: 3 }, ['temperature'], /config\.temperature/],
    [
      'one thing said in two ways',
      'openai:gpt-4o',
      { maxTokens: 1, max_tokens: 2 },
      ['max_tokens'],
      /two names/,
    ],
    ['a tool that is none', 'openai:gpt-4o', { tools: [{ x: 1 }] }, ['tools', 0], /config\.tools\[0\]/],
    ['a choice that is none', 'openai:gpt-4o', { toolChoice: 'maybe' }, ['toolChoice'], /`auto`/],
    [
      'a field that is ours',
      'openai:gpt-4o',
      { passthrough: { stream: false } },
      ['passthrough', 'stream'],
      /passthrough/,
    ],
    [
      'a schema that is none',
      'openai:gpt-4o',
      { responseFormat: { type: 'xml' } },
      ['responseFormat'],
      /JSON schema/,
    ],
    ['a file that is not there', 'openai:gpt-4o', { tools: 'file://gone.json' }, ['tools'], /ENOENT/],
    ['a price', 'openai:gpt-4o', { inputCost: 1 }, ['inputCost'], /sets no price/],
  ])('is told at its place: %s', (_what, id, config, path, message) => {
    const error = mistake(() => bare(id, config))
    expect(error.path).toEqual(path)
    expect(error.message).toMatch(message)
  })

  it('that is a slip is answered with what was meant', () => {
    expect(mistake(() => bare('openai:gpt-4o', { max_token: 1 })).hint).toBe('did you mean `max_tokens`?')
    expect(mistake(() => bare('google:gemini-2.5-flash', { safetySetting: [] })).hint).toMatch(
      /`safetySettings`/,
    )
    expect(mistake(() => bare('anthropic:claude-haiku-4-5', { stop_sequence: [] })).hint).toMatch(
      /`stop_sequences`/,
    )
  })

  it.each([
    ['openai:gpt-4o', 'functionToolCallbacks', 'promptfoo:openai:chat:gpt-4o'],
    ['openai:gpt-4o', 'mcp', 'promptfoo:openai:chat:gpt-4o'],
    ['google:gemini-2.5-flash', 'credentials', 'promptfoo:google:gemini-2.5-flash'],
    ['anthropic:claude-haiku-4-5', 'max_tool_calls', 'promptfoo:anthropic:messages:claude-haiku-4-5'],
    ['ollama:llama3', 'num_ctx', 'promptfoo:ollama:chat:llama3'],
  ])('of %s is a key that only promptfoo honours: %s', (id, key, instead) => {
    const error = mistake(() => bare(id, { [key]: {} }))
    expect(error).toMatchObject({ path: [key], isKey: true })
    expect(error.hint).toContain(instead)
  })

  it('is none where digits came out of the environment', () => {
    expect(() => bare('openai:gpt-4o', { temperature: '0.5', max_tokens: '100' })).not.toThrow()
  })
})
