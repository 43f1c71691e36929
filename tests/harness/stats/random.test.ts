import { describe, expect, it } from 'vitest'
import { makeRandom } from '../../../harness/stats/random.ts'

function draws(seed: number, count: number): number[] {
  const random = makeRandom(seed)
  return Array.from({ length: count }, random)
}

describe('the seeded generator', () => {
  it('gives the same numbers for a seed, and others for another, however near or large', () => {
    expect(draws(7, 5)).toEqual(draws(7, 5))
    const firsts = [0, 1, 2, 3, -1, 2 ** 31, 2 ** 32, 2 ** 32 - 1, 2 ** 40].map((seed) => draws(seed, 1)[0])
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  it('gives these numbers on every machine', () => {
    expect(draws(1, 3)).toMatchInlineSnapshot(`
      [
        0.18452622229233384,
        0.7486324321944267,
        0.03730680048465729,
      ]
    `)
  })

  it('is even over [0, 1), and neighbours tell nothing of each other', () => {
    const xs = draws(3, 100_000)
    expect(xs.every((x) => x >= 0 && x < 1)).toBe(true)
    const tenths = Array<number>(10).fill(0)
    let product = 0
    xs.forEach((x, i) => {
      const tenth = Math.floor(x * 10)
      tenths[tenth] = (tenths[tenth] as number) + 1
      product += (x - 0.5) * ((xs[i - 1] ?? 0.5) - 0.5)
    })
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(27.9)
    expect(Math.abs(product / xs.length) * 12).toBeLessThan(4 / Math.sqrt(xs.length))
  })

  it.each([0.5, NaN, Infinity])('refuses %d as a seed', (seed) => {
    expect(() => makeRandom(seed)).toThrow(RangeError)
  })
})
