import { describe, expect, it } from 'vitest'
import caching, { configure } from '../../assertions/caching.ts'

const SONNET = { id: () => 'simulated:sonnet' }

/** Input 3, output 15, read 0.3, written 3.75 (an hour: 6) USD per million tokens. */
async function seen(usage: Record<string, number>, provider: object = SONNET) {
  const verdict = await caching('a reply', { provider, providerResponse: { metadata: { usage } } })
  expect(verdict).toMatchObject({ pass: true, score: 1 })
  return { ...verdict.metadata?.evidence }
}

describe('what the prompt cache did', () => {
  it('is what was read of the prompt, and saved against the same tokens uncached', async () => {
    const read = await seen({ input: 100, output: 10, cacheRead: 900 })
    expect(read).toMatchObject({ promptTokens: 1000, cacheRead: 900, breakEven: 2 })
    expect(read).toHaveProperty('savedUsd', expect.closeTo((900 * (3 - 0.3)) / 1e6, 12))
  })

  it('is a loss where it was only written', async () => {
    const written = await seen({ input: 100, output: 10, cacheWrite: 900 })
    expect(written).toMatchObject({ cacheWrite: 900 })
    expect(written).toHaveProperty('savedUsd', expect.closeTo((-900 * 0.75) / 1e6, 12))
    expect(await seen({ input: 1, output: 1, cacheWrite: 900, cacheWrite1h: 900 })).toMatchObject({
      breakEven: 3,
    })
  })

  it('is nothing where nothing was cached', async () => {
    expect(await seen({ input: 1000, output: 10 })).toMatchObject({
      savedUsd: 0,
      breakEven: null,
    })
    expect(await seen({ input: 0, output: 0 })).toMatchObject({ savedUsd: 0 })
  })

  it('has no price where the model has none, or the provider does not say what it is', async () => {
    const unknown = { savedUsd: null, breakEven: null }
    expect(await seen({ input: 1, output: 1, cacheRead: 1 }, { id: () => 'file://own.ts' })).toMatchObject(
      unknown,
    )
    expect(await seen({ input: 1, output: 1, cacheRead: 1 }, {})).toMatchObject(unknown)
  })

  it('goes by what the call says it is billed as', async () => {
    const metadata = {
      usage: { input: 0, output: 0, cacheRead: 1_000_000 },
      billing: { vendor: 'simulated', model: 'flash' },
    }
    const { metadata: told } = await caching('', { provider: SONNET, providerResponse: { metadata } })
    expect(told?.evidence).toHaveProperty('savedUsd', expect.closeTo(0.1 - 0.025, 12))
  })

  it('pays from the second request where the cache fills itself, and writing has no price of its own', async () => {
    const metadata = (usage: object) => ({
      usage: { input: 100, output: 10, ...usage },
      billing: { vendor: 'openai', model: 'gpt-4o' },
    })
    const of = async (usage: object) =>
      (await caching('', { providerResponse: { metadata: metadata(usage) } })).metadata?.evidence
    expect(await of({ cacheRead: 900 })).toMatchObject({ breakEven: 2 })
    expect(await of({ cacheWrite: 900 })).toMatchObject({ breakEven: null, savedUsd: null })
  })

  it('is read from promptfoo’s counts, as far as they tell of it', async () => {
    const of = async (completionDetails?: Record<string, number>) => {
      const tokenUsage = { prompt: 10, completion: 1, ...(completionDetails && { completionDetails }) }
      const verdict = await caching('', { provider: SONNET, providerResponse: { tokenUsage } })
      return verdict.metadata?.evidence
    }
    expect(await of({ cacheReadInputTokens: 8, cacheCreationInputTokens: 1 })).toMatchObject({
      promptTokens: 10,
      cacheRead: 8,
      cacheWrite: 1,
    })
    expect(await of({ cacheReadInputTokens: 0 })).toMatchObject({ promptTokens: 10, cacheRead: 0 })
    expect(await of({ reasoning: 1 })).toMatchObject({ promptTokens: 10, cacheRead: null })
    expect(await of()).toMatchObject({ promptTokens: 10, cacheRead: null })
  })

  it('is not seen in a stored reply, and cannot be judged without counts', async () => {
    const stored = await caching('', { providerResponse: { cached: true, tokenUsage: { total: 9 } } })
    expect(stored).toMatchObject({ pass: true, score: 1 })
    expect(stored.metadata).toBeUndefined()
    const broken = [{}, { tokenUsage: {} }, { metadata: { usage: { input: NaN, output: '1' } } }]
    for (const providerResponse of broken)
      await expect(caching('', { provider: SONNET, providerResponse })).rejects.toThrow('no token counts')
    await expect(caching('', {})).rejects.toThrow('no token counts')
  })
})

describe('the config', () => {
  it('is none', () => {
    expect(configure({})).toEqual({})
    expect(() => configure({ minTokens: 1 })).toThrow('caching knows no config key `minTokens`')
  })
})
