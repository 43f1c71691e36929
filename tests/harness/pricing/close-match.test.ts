import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import { openPrices } from '../../../harness/pricing/open-prices.ts'

const prices = await openPrices()
const NOW = new Date('2026-11-26')

function inputPrice(key: string): number | 'unknown' {
  const slash = key.indexOf('/')
  const billing = { vendor: key.slice(0, slash), model: key.slice(slash + 1) }
  // Short enough for the lower price of a model that has two.
  const cost = prices.cost(billing, { input: 1_000, output: 0 }, NOW)
  return cost === 'unknown' ? cost : Number((cost * 1_000).toPrecision(12))
}

/** The vendor's entry that the package would price the id by. */
function packageMatch(key: string): string | undefined {
  const slash = key.indexOf('/')
  return calcPrice({}, key.slice(slash + 1), { providerId: key.slice(0, slash), timestamp: NOW })?.model.id
}

describe('a model that the table has only one like', () => {
  it.each([
    ['google/gemini-1.5-flash-8b', 'gemini-1.5-flash', 'costs half of it'],
    ['google/gemini-3.6-flash-lite', 'gemini-3.6-flash', 'is to come'],
    ['google/gemini-2.5-pro-computer-use', 'gemini-2.5-pro', 'does something else'],
    ['google/gemini-3.5-flash-8b', 'gemini-3.5-flash', 'begins as a snapshot does'],
    ['google/my-own-gemini-1.5-flash', 'gemini-1.5-flash', 'was made of it'],
    ['anthropic/claude-sonnet-5-5', 'claude-sonnet-5', 'is its next version'],
    ['anthropic/claude-opus-4-55', 'claude-opus-4-5', 'begins with its version'],
    ['anthropic/claude-haiku-4-5-turbo', 'claude-haiku-4-5', 'has another name behind it'],
    [
      'aws/us.anthropic.claude-sonnet-5-5-v1:0',
      'regional.anthropic.claude-sonnet-5-v1:0',
      'is its next version',
    ],
    ['aws/anthropic.claude-opus-4-55-v1:0', 'regional.anthropic.claude-opus-4-5-v1:0', 'begins with it'],
    ['aws/amazon.nova-pro-v2:0', 'amazon.nova-pro-v1:0', 'is its second version'],
    [
      'aws/amazon.titan-embed-text-v2:0',
      'amazon.titan-embed-text-v1',
      'is its second version, at a fifth of the price',
    ],
    ['aws/mistral.mistral-7b-instruct-v0:3', 'mistral.mistral-7b-instruct-v0:2', 'is its next version'],
    ['aws/amazon.nova-pro-v1:0:300k', 'amazon.nova-pro-v1:0', 'is sold by the hour'],
    ['openai/gpt-5-nano-large', 'gpt-5-nano', 'has another name behind it'],
  ])('is not priced by it: %s is not %s, it %s', (key, entry) => {
    expect(packageMatch(key)).toBe(entry)
    expect(inputPrice(key)).toBe('unknown')
  })
})

describe('a snapshot or stage of a model', () => {
  it.each([
    ['anthropic/claude-sonnet-4-20250514', 3],
    ['anthropic/claude-sonnet-4-5-20250929', 3],
    ['anthropic/claude-3-5-sonnet-latest', 3],
    ['anthropic/claude-opus-4-1@20250805', 15],
    ['google/claude-haiku-4-5@20251001', 1],
    ['google/gemini-1.5-flash-002', 0.075],
    ['google/gemini-2.5-pro-preview-06-05', 1.25],
    ['google/gemini-2.5-flash-lite-preview-09-2025', 0.1],
    ['google/gemini-3.5-flash-001', 1.5],
    ['google/gemini-2.0-flash-001', 0.1],
    ['google/gemini-2.0-flash-thinking-exp-01-21', 0.1],
    ['google/publishers/google/models/gemini-1.5-flash', 0.075],
    ['openai/gpt-4o-2024-08-06', 2.5],
    ['openai/gpt-5-nano-2025-08-07', 0.05],
    ['openai/gpt-4o-audio-preview-2024-12-17', 2.5],
    ['aws/global.anthropic.claude-opus-4-5-20251101-v1:0', 5],
    ['aws/us.anthropic.claude-opus-4-5-20251101-v1:0', 5.5],
    ['aws/anthropic.claude-3-5-sonnet-20240620-v1:0', 3],
    ['aws/US.Anthropic.Claude-Sonnet-4-5-20250929-V1:0', 3.3],
    ['aws/mistral.mistral-7b-instruct-v0:2', 0.15],
    ['aws/openai.gpt-oss-120b-1:0', 0.15],
    ['openai/ft:gpt-4o-mini-2024-07-18:acme::A1b2', 0.3],
  ])('has its price: %s, %d', (key, price) => {
    expect(inputPrice(key)).toBe(price)
  })
})

describe('a region of Bedrock', () => {
  const regions = (model: string): (number | 'unknown')[] =>
    ['', 'us.', 'eu.', 'apac.', 'jp.', 'au.', 'ca.', 'global.'].map((each) =>
      inputPrice(`aws/${each}${model}`),
    )

  it('costs what the bare id does, whether or not the table lists it, and a global profile its own price', () => {
    expect(regions('anthropic.claude-sonnet-4-6')).toEqual([3.3, 3.3, 3.3, 3.3, 3.3, 3.3, 3.3, 3])
    expect(regions('anthropic.claude-sonnet-4-20250514-v1:0')).toEqual([3, 3, 3, 3, 3, 3, 3, 3])
    expect(regions('anthropic.claude-opus-4-1-20250805-v1:0').at(-1)).toBe('unknown')
  })

  it('is no name that merely begins like one', () => {
    expect(inputPrice('aws/xus.anthropic.claude-sonnet-4-6')).toBe('unknown')
    expect(inputPrice('aws/mx.anthropic.claude-sonnet-4-6')).toBe('unknown')
  })
})
