import { readFileSync } from 'node:fs'
import type { ModelInfo, Provider } from '@pydantic/genai-prices'
import { calcPrice, findProvider } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import type { Usage } from '../../../harness/model/usage.ts'
import { inputTokens } from '../../../harness/model/usage.ts'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { makeRandom } from '../../../harness/stats/random.ts'

const prices = await openPrices()

/** All vendors of the table, whose ids it gives to nobody. */
function vendors(): Provider[] {
  const source = readFileSync('node_modules/@pydantic/genai-prices/dist/index.js', 'utf8')
  const ids = Array.from(source.matchAll(/^ {4}id: "([^"]+)",$/gm), ([, id]) => id as string)
  return ids.flatMap((id) => findProvider({ providerId: id }) ?? [])
}

/** An id that the entry answers to: the entry's own is often none. */
function idOf({ id, match }: ModelInfo): string {
  if ('equals' in match) return match.equals
  if ('starts_with' in match) return match.starts_with
  const [first] = 'or' in match ? match.or : []
  return first === undefined ? id : idOf({ id, match: first, prices: {} })
}

const TWELVE_DIGITS = 12

/** What the package itself makes of the same tokens, with its own doubles. */
function packageCost(vendor: string, model: string, usage: Usage, timestamp: Date): number | undefined {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = usage
  const asked = {
    input_tokens: input + cacheRead + cacheWrite,
    output_tokens: output,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: cacheWrite1h,
  }
  return calcPrice(asked, model, { providerId: vendor, timestamp })?.total_price
}

describe('the price table, by the package’s own calculation', () => {
  const random = makeRandom(20_261_126)
  const upTo = (most: number): number => Math.floor(random() * most)
  const models = vendors().flatMap(({ id: vendor, models: entries }) =>
    entries.map((entry) => ({ vendor, model: idOf(entry) })),
  )

  it('has many models', () => {
    expect(vendors().length).toBeGreaterThan(40)
    expect(models.length).toBeGreaterThan(1_400)
  })

  it('agrees on every model that it names surely, on any day, for any tokens', () => {
    let compared = 0
    for (const { vendor, model } of models) {
      const billing = { vendor, model }
      for (let round = 0; round < 3; round++) {
        const at = new Date(Date.UTC(2025, upTo(30), 1 + upTo(28), upTo(24), upTo(60)))
        const cacheWrite = upTo(2) * upTo(90_000)
        const used: Usage = {
          input: upTo(300_000),
          output: upTo(9_000),
          cacheRead: upTo(2) * upTo(200_000),
          cacheWrite,
          // An hour in the cache is priced beyond the table, where that does not have it.
          cacheWrite1h: vendor === 'anthropic' ? upTo(cacheWrite) : 0,
        }
        const ours = prices.cost(billing, used, at)
        if (ours === 'unknown') continue
        const theirs = packageCost(vendor, model, used, at) as number
        expect(ours, `${vendor}/${model} ${JSON.stringify(used)} ${at.toISOString()}`).toBeCloseTo(
          theirs,
          TWELVE_DIGITS,
        )
        if (inputTokens(used) > 0) compared++
      }
    }
    expect(compared).toBeGreaterThan(1_500)
  })

  it('prices nothing that the package does not, and nearly all that it does', () => {
    const at = new Date('2026-11-26')
    const used = { input: 1_000, output: 0 }
    const unknown = models.filter(
      ({ vendor, model }) => prices.cost({ vendor, model }, used, at) === 'unknown',
    )
    const lost = unknown.filter(({ vendor, model }) => {
      const hit = calcPrice({}, model, { providerId: vendor, timestamp: at })
      return hit !== null && hit.model_price['input_mtok'] !== undefined
    })
    expect(lost.map(({ vendor, model }) => `${vendor}/${model}`)).toEqual([])
    for (const { vendor, model } of models) {
      if (calcPrice({}, model, { providerId: vendor, timestamp: at }) !== null) continue
      expect(prices.cost({ vendor, model }, used, at), `${vendor}/${model}`).toBe('unknown')
    }
  })
})
