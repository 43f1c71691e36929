import { describe, expect, it } from 'vitest'
import { maxTokensOf } from '../../../../harness/execute/budget/max-tokens.ts'

describe('the longest reply a config allows', () => {
  it.each([
    ['OpenAI', { max_tokens: 7 }],
    ['OpenAI, of reasoning models', { max_completion_tokens: 7 }],
    ['OpenAI, of responses', { max_output_tokens: 7 }],
    ['Gemini', { generationConfig: { maxOutputTokens: 7 } }],
    ['Bedrock', { inferenceConfig: { maxTokens: 7 } }],
    ['Titan', { textGenerationConfig: { maxTokenCount: 7 } }],
    ['Ollama', { options: { num_predict: 7 } }],
    ["a prompt's config beside a test's options", [{ max_tokens: 7 }, '{"temperature":0}']],
    ['a config within a list', [null, { config: { generationConfig: { maxOutputTokens: 7 } } }]],
  ])('is found as %s calls it', (_name, config) => {
    expect(maxTokensOf(config)).toBe(7)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'max_tokens: 7'],
    ['a number in a string, which nobody sends on as a number', { max_tokens: '7' }],
    [
      'none of a tool that has such a parameter',
      { tools: [{ properties: { max_tokens: { type: 'number' } } }] },
    ],
    ['no limit', { max_tokens: 0 }],
    ['unlimited, as Ollama writes it', { num_predict: -1 }],
    ['no number', { max_tokens: Number.NaN }],
  ])('is not told by %s', (_name, config) => {
    expect(maxTokensOf(config)).toBeUndefined()
  })

  it('is not looked for without end in a config that contains itself', () => {
    const config: Record<string, unknown> = {}
    config['config'] = config
    expect(maxTokensOf(config)).toBeUndefined()
  })
})
