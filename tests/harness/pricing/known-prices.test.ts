import { describe, expect, it } from 'vitest'
import type { Billing } from '../../../harness/model/billing.ts'
import type { Usage } from '../../../harness/model/usage.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'

type TokenClass = 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h'

const NOW = new Date('2026-11-26T12:00:00Z')
const TOKENS = 1_234

/**
 * Model, token class, USD per million of its tokens, and what 1,234 of them cost. Prices are read from shared notes on Bedrock
 * (bedrock.md) and from node_modules/@pydantic/genai-prices/dist/index.js 0.1.8, costs multiplied out by hand.
 */
const KNOWN: readonly (readonly [string, TokenClass, number, string])[] = [
  // bedrock.md: flat for regional profiles and the bare id, up to Sonnet 4
  ['aws/anthropic.claude-3-5-sonnet-20241022-v2:0', 'input', 3, '0.003702'],
  ['aws/anthropic.claude-3-5-sonnet-20241022-v2:0', 'output', 15, '0.01851'],
  ['aws/anthropic.claude-3-5-sonnet-20241022-v2:0', 'cacheRead', 0.3, '0.0003702'],
  ['aws/anthropic.claude-3-5-sonnet-20241022-v2:0', 'cacheWrite', 3.75, '0.0046275'],
  ['aws/us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'input', 3, '0.003702'],
  ['aws/us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'output', 15, '0.01851'],
  ['aws/us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'cacheRead', 0.3, '0.0003702'],
  ['aws/us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'cacheWrite', 3.75, '0.0046275'],
  ['aws/eu.anthropic.claude-sonnet-4-20250514-v1:0', 'input', 3, '0.003702'],
  ['aws/eu.anthropic.claude-sonnet-4-20250514-v1:0', 'output', 15, '0.01851'],
  ['aws/eu.anthropic.claude-sonnet-4-20250514-v1:0', 'cacheRead', 0.3, '0.0003702'],
  ['aws/eu.anthropic.claude-sonnet-4-20250514-v1:0', 'cacheWrite', 3.75, '0.0046275'],
  // bedrock.md: from Sonnet 4.5 on a region costs a tenth more than a global profile; an hour in the cache twice the input
  ['aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'input', 3.3, '0.0040722'],
  ['aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'output', 16.5, '0.020361'],
  ['aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheRead', 0.33, '0.00040722'],
  ['aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheWrite', 4.125, '0.00509025'],
  ['aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheWrite1h', 6.6, '0.0081444'],
  ['aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'input', 3, '0.003702'],
  ['aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'output', 15, '0.01851'],
  ['aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheRead', 0.3, '0.0003702'],
  ['aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheWrite', 3.75, '0.0046275'],
  ['aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheWrite1h', 6, '0.007404'],
  ['aws/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'input', 1.1, '0.0013574'],
  ['aws/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'output', 5.5, '0.006787'],
  ['aws/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheRead', 0.11, '0.00013574'],
  ['aws/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheWrite', 1.375, '0.00169675'],
  ['aws/us.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheWrite1h', 2.2, '0.0027148'],
  // index.js:2892, of the bare id; :304 and :1627 for the others, and the profiles that the table does not list
  ['aws/anthropic.claude-sonnet-4-5-20250929-v1:0', 'input', 3.3, '0.0040722'],
  ['aws/anthropic.claude-sonnet-4-5-20250929-v1:0', 'output', 16.5, '0.020361'],
  ['aws/ca.anthropic.claude-sonnet-4-5-20250929-v1:0', 'input', 3.3, '0.0040722'],
  ['aws/ca.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cacheWrite', 4.125, '0.00509025'],
  ['aws/global.anthropic.claude-haiku-4-5-20251001-v1:0', 'input', 1, '0.001234'],
  ['aws/global.anthropic.claude-haiku-4-5-20251001-v1:0', 'output', 5, '0.00617'],
  ['aws/global.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheRead', 0.1, '0.0001234'],
  ['aws/global.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheWrite', 1.25, '0.0015425'],
  ['aws/global.anthropic.claude-haiku-4-5-20251001-v1:0', 'cacheWrite1h', 2, '0.002468'],
  // index.js:2802, the hour in the cache and reads at a twentieth as the table has them
  ['aws/eu.anthropic.claude-opus-5-5', 'input', 4.4, '0.0054296'],
  ['aws/eu.anthropic.claude-opus-5-5', 'output', 22, '0.027148'],
  ['aws/eu.anthropic.claude-opus-5-5', 'cacheRead', 0.22, '0.00027148'],
  ['aws/eu.anthropic.claude-opus-5-5', 'cacheWrite', 5.5, '0.006787'],
  ['aws/eu.anthropic.claude-opus-5-5', 'cacheWrite1h', 8.8, '0.0108592'],
  // bedrock.md: Nova; index.js:1340 for what it reads from its cache
  ['aws/amazon.nova-micro-v1:0', 'input', 0.035, '0.00004319'],
  ['aws/amazon.nova-micro-v1:0', 'output', 0.14, '0.00017276'],
  ['aws/amazon.nova-micro-v1:0', 'cacheRead', 0.00875, '0.0000107975'],
  ['aws/us.amazon.nova-lite-v1:0', 'input', 0.06, '0.00007404'],
  ['aws/us.amazon.nova-lite-v1:0', 'output', 0.24, '0.00029616'],
  ['aws/us.amazon.nova-lite-v1:0', 'cacheRead', 0.015, '0.00001851'],
  ['aws/apac.amazon.nova-pro-v1:0', 'input', 0.8, '0.0009872'],
  ['aws/apac.amazon.nova-pro-v1:0', 'output', 3.2, '0.0039488'],
  ['aws/apac.amazon.nova-pro-v1:0', 'cacheRead', 0.2, '0.0002468'],
  // index.js:1453 and :1964
  ['aws/global.amazon.nova-2-lite-v1:0', 'input', 0.3, '0.0003702'],
  ['aws/global.amazon.nova-2-lite-v1:0', 'output', 2.5, '0.003085'],
  ['aws/global.amazon.nova-2-lite-v1:0', 'cacheRead', 0.075, '0.00009255'],
  ['aws/us.amazon.nova-2-lite-v1:0', 'input', 0.33, '0.00040722'],
  ['aws/us.amazon.nova-2-lite-v1:0', 'output', 2.75, '0.0033935'],
  ['aws/us.amazon.nova-2-lite-v1:0', 'cacheRead', 0.0825, '0.000101805'],
  ['aws/us.meta.llama3-3-70b-instruct-v1:0', 'input', 0.72, '0.00088848'],
  ['aws/us.meta.llama3-3-70b-instruct-v1:0', 'output', 0.72, '0.00088848'],
  // by an ARN, of an inference profile and of the model itself
  [
    'aws/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'input',
    3.3,
    '0.0040722',
  ],
  [
    'aws/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'output',
    16.5,
    '0.020361',
  ],
  ['aws/arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0', 'input', 0.06, '0.00007404'],
  ['aws/arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0', 'output', 0.24, '0.00029616'],
  // bedrock.md: Gemini, GPT; index.js:8273, :6731 and :6757 for what they read from their caches
  ['google/gemini-1.5-flash', 'input', 0.075, '0.00009255'],
  ['google/gemini-1.5-flash', 'output', 0.3, '0.0003702'],
  ['google/gemini-2.5-flash', 'input', 0.3, '0.0003702'],
  ['google/gemini-2.5-flash', 'output', 2.5, '0.003085'],
  ['google/gemini-2.5-flash', 'cacheRead', 0.03, '0.00003702'],
  ['google/gemini-2.5-pro', 'input', 1.25, '0.0015425'],
  ['google/gemini-2.5-pro', 'output', 10, '0.01234'],
  ['google/gemini-2.5-pro', 'cacheRead', 0.125, '0.00015425'],
  ['openai/gpt-4o', 'input', 2.5, '0.003085'],
  ['openai/gpt-4o', 'output', 10, '0.01234'],
  ['openai/gpt-4o', 'cacheRead', 1.25, '0.0015425'],
  ['openai/gpt-4o-mini-2024-07-18', 'input', 0.15, '0.0001851'],
  ['openai/gpt-4o-mini-2024-07-18', 'output', 0.6, '0.0007404'],
  ['openai/gpt-4o-mini-2024-07-18', 'cacheRead', 0.075, '0.00009255'],
  // index.js:304, Anthropic itself: no region, and the hour in the cache as the table has it
  ['anthropic/claude-haiku-4-5-20251001', 'input', 1, '0.001234'],
  ['anthropic/claude-haiku-4-5-20251001', 'output', 5, '0.00617'],
  ['anthropic/claude-haiku-4-5-20251001', 'cacheRead', 0.1, '0.0001234'],
  ['anthropic/claude-haiku-4-5-20251001', 'cacheWrite', 1.25, '0.0015425'],
  ['anthropic/claude-haiku-4-5-20251001', 'cacheWrite1h', 2, '0.002468'],
]

const prices = await openPrices()

function billed(key: string, tier?: string): Billing {
  const slash = key.indexOf('/')
  return { vendor: key.slice(0, slash), model: key.slice(slash + 1), tier }
}

function cost(key: string, usage: Partial<Usage>, at: Date | string = NOW): number | 'unknown' {
  return prices.cost(billed(key), { input: 0, output: 0, ...usage }, new Date(at))
}

/** An hour in the cache is part of all that was written. */
function only(name: TokenClass, tokens: number): Partial<Usage> {
  return { [name]: tokens, ...(name === 'cacheWrite1h' && { cacheWrite: tokens }) }
}

describe('a known price, to the last digit', () => {
  it.each(KNOWN)('of %s, %s: %d USD a million, 1,234 for %s', (key, name, price, expected) => {
    expect(cost(key, only(name, TOKENS))).toBe(Number(expected))
    expect(cost(key, only(name, 100_000))).toBe(Number(`${price}e-1`))
  })

  it('of all classes of one call is their sum', () => {
    const usage = { input: 1_234, output: 567, cacheRead: 89, cacheWrite: 1_010, cacheWrite1h: 11 }
    // 4,072.2 + 9,355.5 + 29.37 + 999 × 4.125 + 11 × 6.6, in millionths
    expect(cost('aws/us.anthropic.claude-sonnet-4-5-20250929-v1:0', usage)).toBe(0.017650545)
    expect(cost('aws/amazon.nova-micro-v1:0', { input: 7, output: 3, cacheRead: 1 })).toBe(6.7375e-7)
  })

  it('of a call that used nothing is nothing', () => {
    expect(cost('aws/amazon.nova-lite-v1:0', {})).toBe(0)
  })

  it('of a model with a fee for each call has the fee: 12 USD a thousand', () => {
    expect(cost('perplexity/sonar', { input: 1_001, output: 13 })).toBe(0.013014)
  })
})

describe('the length of a prompt', () => {
  it.each([
    ['google/gemini-2.5-pro', { input: 200_000, output: 1_000 }, 0.26],
    ['google/gemini-2.5-pro', { input: 200_001, output: 1_000 }, 0.5150025],
    ['google/gemini-1.5-flash', { input: 128_001, output: 7 }, 0.01920435],
    ['openai/gpt-5.4', { input: 271_999, output: 1 }, 0.6800125],
    ['openai/gpt-5.4', { input: 272_000, output: 1 }, 1.3600225],
  ])('decides the price of all its tokens, the reply among them: %s, %o', (key, usage, expected) => {
    expect(cost(key, usage)).toBe(expected)
  })

  it('counts what is read from the cache and written to it', () => {
    expect(cost('google/gemini-2.5-pro', { input: 1, cacheRead: 200_000, output: 1_000 })).toBe(0.0650025)
    const usage = { input: 100_001, output: 10, cacheRead: 100_000, cacheWrite: 50_000, cacheWrite1h: 50_000 }
    expect(cost('anthropic/claude-sonnet-4-5', usage)).toBe(1.260231)
  })
})

describe('the day of a call', () => {
  it.each([
    ['google/gemini-3.6-flash', '2027-01-01', 0.0007995, 0.001599],
    ['aws/us.openai.gpt-5.6-sol', '2026-08-21', 0.0059345, 0.0046904],
    ['openai/o3', '2025-06-10', 0.01053, 0.002106],
  ])('decides its price: %s from %s on', (key, from, before, since) => {
    const midnight = new Date(`${from}T00:00:00Z`).getTime()
    const usage = { input: 1_001, output: 13 }
    expect(cost(key, usage, new Date(midnight - 1))).toBe(before)
    expect(cost(key, usage, new Date(midnight))).toBe(since)
    expect(cost(key, usage, new Date(midnight - 1))).toBe(before)
  })

  it('takes a longer prompt no dearer once that has ended', () => {
    const usage = { input: 200_001, output: 1 }
    expect(cost('anthropic/claude-opus-4-6', usage, '2026-03-12T23:00:00Z')).toBe(2.0000475)
    expect(cost('anthropic/claude-opus-4-6', usage, '2026-03-13T00:00:00Z')).toBe(1.00003)
  })

  it('decides by the hour where the price does, within one day', () => {
    const usage = { input: 1_001, output: 13 }
    expect(cost('deepseek/deepseek-chat', usage, '2026-11-26T00:29:59Z')).toBe(0.000142285)
    expect(cost('deepseek/deepseek-chat', usage, '2026-11-26T00:30:00Z')).toBe(0.00028457)
    expect(cost('deepseek/deepseek-chat', usage, '2026-11-26T16:30:00Z')).toBe(0.000142285)
  })
})

describe('a price that is not known', () => {
  it.each([
    ['aws/nobody.knows-v1:0', 'a model that is not in the table'],
    ['nobody/gpt-4o', 'a vendor that is not'],
    ['openai-compatible/gpt-4o', 'a vendor whose name has that of another in it'],
    ['ollama/llama3', 'a server of one’s own'],
    ['aws/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123', 'an opaque profile'],
    [
      'aws/arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.nova-lite-v1:0/abc123',
      'a custom model',
    ],
    ['aws/arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1', 'a router'],
    ['aws/global.amazon.nova-lite-v1:0', 'a global profile of a model that has none in the table'],
    ['aws/us-gov.amazon.nova-lite-v1:0', 'GovCloud, whose prices are others'],
    ['aws/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', 'GovCloud'],
    ['aws/arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0', 'GovCloud by ARN'],
    ['simulated/opus', 'a simulated model that is not there'],
    ['__proto__/constructor', 'a name that every object has'],
    ['google/gemma-3-27b-it', 'a model whose tokens have no price, and are not free therefore'],
  ])('is unknown, not 0: %s, %s', (key) => {
    expect(cost(key, { input: 10, output: 5 })).toBe('unknown')
    expect(prices.knows(billed(key), NOW)).toBe(false)
  })

  it('of one class makes a call unknown that used it, and no other', () => {
    const nova = 'aws/amazon.nova-lite-v1:0'
    expect(cost(nova, { input: 10, output: 5, cacheWrite: 1 })).toBe('unknown')
    expect(cost(nova, { input: 10, output: 5, cacheWrite: 0, cacheRead: 2 })).toBe(0.00000183)
    const sol = 'aws/us.openai.gpt-5.6-sol'
    expect(cost(sol, { input: 10, output: 5, cacheWrite: 1 })).toBe(0.0001595)
    expect(cost(sol, { input: 10, output: 5, cacheWrite: 1, cacheWrite1h: 1 })).toBe('unknown')
  })

  it('is that of a service tier, whose discounts the table does not have', () => {
    const usage = { input: 1_000, output: 10 }
    const of = (key: string, tier?: string) => prices.cost(billed(key, tier), usage, NOW)
    const model = 'aws/us.amazon.nova-lite-v1:0'
    for (const tier of ['batch', 'flex', 'priority', 'optimized']) {
      expect(of(model, tier)).toBe('unknown')
      expect(prices.knows(billed(model, tier), NOW)).toBe(false)
    }
    for (const tier of [undefined, 'default', 'standard', 'Standard']) expect(of(model, tier)).toBe(0.0000624)
  })

  it('is that of a reply whose reasoning, pictures or speech are billed apart', () => {
    expect(cost('google/gemini-2.5-flash-image', { input: 10 })).toBe(0.000003)
    expect(cost('google/gemini-2.5-flash-image', { input: 10, output: 1 })).toBe('unknown')
    expect(cost('perplexity/sonar-deep-research', { input: 10, output: 1 })).toBe('unknown')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('is that of %d tokens', (tokens) => {
    expect(cost('aws/amazon.nova-lite-v1:0', { input: tokens })).toBe('unknown')
  })
})

describe('the simulated models', () => {
  it('have the invented prices that the provider tells', () => {
    expect(cost('simulated/flash', { input: 1_000_000, output: 1_000_000 })).toBe(0.5)
    expect(cost('simulated/sonnet', { input: 1_000_000, output: 1_000_000 })).toBe(18)
    expect(prices.knows(billed('simulated/sonnet'), NOW)).toBe(true)
  })
})

describe('the version of the prices', () => {
  it('is that of the package', () => {
    expect(prices.version).toBe('@pydantic/genai-prices 0.1.8')
  })
})
