import { describe, expect, it } from 'vitest'
import type { PriceEntry } from '../../../harness/model/price-overlay.ts'
import type { Prices } from '../../../harness/pricing/open-prices.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'

const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' // 3.3 / 16.5 in the table
const USAGE = { input: 1_000_000, output: 0 }
const NOW = new Date('2026-11-26T12:00:00Z')

const open = (...entries: PriceEntry[]): Promise<Prices> =>
  openPrices({ name: 'prices.yaml', digest: '0123456789ab', entries })

interface Asking {
  readonly model?: string
  readonly vendor?: string
  readonly tier?: string
  readonly on?: string
}

async function inputPrice(asking: Asking, ...entries: PriceEntry[]): Promise<number | 'unknown'> {
  const { model = SONNET, vendor = 'aws', tier, on } = asking
  const prices = await open(...entries)
  return prices.cost({ vendor, model, tier }, USAGE, on === undefined ? NOW : new Date(on))
}

const priced = (model: string, input: number, over: Partial<PriceEntry> = {}): PriceEntry => ({
  model,
  input,
  output: 5 * input,
  ...over,
})

describe('an overlay', () => {
  it('goes before the table, and leaves it alone elsewhere', async () => {
    const entry = priced(`aws/${SONNET}`, 2)
    expect(await inputPrice({}, entry)).toBe(2)
    expect(await inputPrice({ model: 'amazon.nova-lite-v1:0' }, entry)).toBe(0.06)
  })

  it('prices what the table does not know: another vendor, an opaque profile', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/Abc123'
    expect(await inputPrice({ vendor: 'ollama', model: 'llama3' }, priced('ollama/*', 0))).toBe(0)
    expect(await inputPrice({ model: arn }, priced(`aws/${arn}`, 3))).toBe(3)
  })

  it('knows the model within an ARN by its own name too', async () => {
    const model = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${SONNET}`
    expect(await inputPrice({ model }, priced(`aws/${SONNET}`, 2))).toBe(2)
    expect(await inputPrice({ model }, priced(`aws/${SONNET}`, 2), priced(`aws/${model}`, 1))).toBe(1)
  })

  it('knows models in any case, as the table does', async () => {
    expect(await inputPrice({ vendor: 'hf', model: 'Qwen/Qwen3-8B' }, priced('hf/qwen/qwen3-8b', 1))).toBe(1)
  })

  it('takes the place of all that the table says of a model: a class it leaves out has no price', async () => {
    const prices = await open(priced(`aws/${SONNET}`, 2), {
      ...priced('aws/amazon.nova-lite*', 0.06),
      cacheWrite: 0,
    })
    const of = (model: string, cacheRead: number, cacheWrite: number) =>
      prices.cost({ vendor: 'aws', model }, { input: 0, output: 0, cacheRead, cacheWrite }, NOW)
    expect(of(SONNET, 1, 0)).toBe('unknown')
    expect(of(SONNET, 0, 1)).toBe('unknown')
    expect(of('amazon.nova-lite-v1:0', 0, 1)).toBe(0)
  })

  it('owns the prices it has, and those it makes of the table’s', async () => {
    const prices = await open(priced('aws/us.*', 2), { model: 'google/*', factor: 0.5 })
    const owns = (vendor: string, model: string) => prices.isOwn({ vendor, model }, NOW)
    expect(owns('aws', SONNET)).toBe(true)
    expect(owns('google', 'gemini-2.5-flash')).toBe(true)
    expect(owns('google', 'nobody-knows')).toBe(false)
    expect(owns('aws', 'amazon.nova-lite-v1:0')).toBe(false)
  })

  it('is in the version of the prices', async () => {
    expect((await open()).version).toBe('@pydantic/genai-prices 0.1.8, prices.yaml 0123456789ab')
  })
})

describe('of several entries', () => {
  it('the exact name holds before a prefix, and the longer prefix before a shorter one, in any order', async () => {
    const entries = [priced('aws/*', 1), priced('aws/us.anthropic.*', 2), priced(`aws/${SONNET}`, 3)]
    for (const all of [entries, entries.toReversed()]) {
      expect(await inputPrice({}, ...all)).toBe(3)
      expect(await inputPrice({ model: 'us.anthropic.claude-x' }, ...all)).toBe(2)
      expect(await inputPrice({ model: 'amazon.nova-lite-v1:0' }, ...all)).toBe(1)
    }
    const tagged = priced(`aws/${SONNET}*`, 4)
    expect(await inputPrice({}, tagged, priced(`aws/${SONNET}`, 3))).toBe(3)
  })

  it('the latest holds of those whose days have come', async () => {
    const entries = [
      priced('aws/*', 1, { from: '2026-01-01' }),
      priced('aws/*', 2, { from: '2026-06-01', until: '2026-06-30' }),
      priced('aws/*', 9),
    ]
    for (const all of [entries, entries.toReversed()]) {
      expect(await inputPrice({ on: '2025-12-31T23:59:59Z' }, ...all)).toBe(9)
      expect(await inputPrice({ on: '2026-01-01T00:00:00Z' }, ...all)).toBe(1)
      expect(await inputPrice({ on: '2026-06-01T00:00:00Z' }, ...all)).toBe(2)
      expect(await inputPrice({ on: '2026-06-30T23:59:59.999Z' }, ...all)).toBe(2)
      expect(await inputPrice({ on: '2026-07-01T00:00:00Z' }, ...all)).toBe(1)
    }
  })

  it('one that is over leaves the table to hold', async () => {
    const entry = priced('aws/*', 1, { until: '2026-06-30' })
    expect(await inputPrice({ on: '2026-07-01' }, entry)).toBe(3.3)
  })
})

describe('a factor', () => {
  it('multiplies what the table says, to the last digit, tiers of the prompt’s length too', async () => {
    expect(await inputPrice({}, { model: 'aws/*', factor: 0.9 })).toBe(2.97)
    const gemini = { vendor: 'google', model: 'gemini-2.5-pro' } // 2.5 beyond 200,000 tokens
    expect(await inputPrice(gemini, { model: 'google/*', factor: 0.1 })).toBe(0.25)
  })

  it('multiplies what another entry says of the model, and no second factor', async () => {
    const entries = [
      priced('aws/*', 10),
      { model: 'aws/us.*', factor: 0.5 },
      { model: 'aws/us.anthropic.*', factor: 0.8 },
    ]
    expect(await inputPrice({}, ...entries)).toBe(8)
    expect(await inputPrice({ model: 'us.amazon.nova-lite-v1:0' }, ...entries)).toBe(5)
  })

  it('does not touch a price that is told more exactly', async () => {
    expect(await inputPrice({}, priced(`aws/${SONNET}`, 2), { model: 'aws/*', factor: 0.5 })).toBe(2)
  })

  it('of an unknown price is unknown', async () => {
    expect(await inputPrice({ model: 'x.y' }, { model: 'aws/*', factor: 0.5 })).toBe('unknown')
  })

  it('of a price that changes within the day changes with it', async () => {
    const prices = await open({ model: 'deepseek/*', factor: 0.5 })
    const of = (at: string) =>
      prices.cost({ vendor: 'deepseek', model: 'deepseek-chat' }, USAGE, new Date(`2026-11-26T${at}Z`))
    expect([of('00:00:00'), of('12:00:00'), of('23:00:00')]).toEqual([0.0675, 0.135, 0.0675])
  })
})

describe('a service tier', () => {
  const batch: PriceEntry = { model: 'aws/*', tier: 'batch', factor: 0.5 }

  it('has a factor on the standard price, and the standard one stays', async () => {
    expect(await inputPrice({ tier: 'batch' }, batch)).toBe(1.65)
    expect(await inputPrice({ tier: 'Batch' }, batch)).toBe(1.65)
    expect(await inputPrice({}, batch)).toBe(3.3)
    expect(await inputPrice({ tier: 'flex' }, batch)).toBe('unknown')
  })

  it('has it on the standard price as other entries make that', async () => {
    expect(await inputPrice({ tier: 'batch' }, batch, { model: 'aws/*', factor: 0.9 })).toBe(1.485)
    expect(await inputPrice({ tier: 'batch' }, batch, priced(`aws/${SONNET}`, 3))).toBe(1.5)
  })

  it('may have prices of its own, which no other tier has', async () => {
    const optimized = priced('aws/us.anthropic.*', 6, { tier: 'optimized' })
    expect(await inputPrice({ tier: 'optimized' }, optimized)).toBe(6)
    expect(await inputPrice({ tier: 'batch' }, optimized)).toBe('unknown')
    expect(await inputPrice({}, optimized)).toBe(3.3)
  })

  it('is in the table where that has it as a model, and nowhere else', async () => {
    expect(await inputPrice({ vendor: 'openrouter', model: 'openai/gpt-6-sol', tier: 'batch' })).toEqual(
      expect.any(Number),
    )
    expect(await inputPrice({ vendor: 'openai', model: 'gpt-6-sol', tier: 'batch' })).toBe('unknown')
  })
})
