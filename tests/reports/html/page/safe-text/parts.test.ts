import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsOf } from '../../../../../reports/html/page/safe-text/parts.ts'

const whole = (text: string) => partsOf(text, 0, Number.POSITIVE_INFINITY)

describe('parts of a text', () => {
  test('follow one another without a gap to the end of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 30_000 }), { maxLength: 4 }), (texts) => {
        const text = texts.join('\n')
        let at = 0
        for (const { from, to, segments, data } of whole(text)) {
          const shown = segments.map((one) => (typeof one === 'string' ? one : one.original)).join('')
          expect(from).toBe(at)
          expect(to).toBeGreaterThan(from)
          if (data === undefined) expect(shown).toBe(text.slice(from, to))
          at = to
        }
        expect(at).toBe(text.length)
      }),
      { numRuns: 40 },
    )
  })

  test('only as much is taken of 5 MB in one line as was asked for', () => {
    const parts = partsOf('x'.repeat(5_000_000), 0, 20_000)
    expect(parts.at(-1)?.to).toBeLessThan(40_000)
  })

  test('a part ends where a line does', () => {
    const text = `${'a line of some words\n'.repeat(10_000)}end`
    for (const { to } of whole(text).slice(0, -1)) expect(text[to - 1]).toBe('\n')
  })

  test('a pair of surrogates is never split', () => {
    for (const { from, to } of whole('😀'.repeat(50_000))) expect([from % 2, to % 2]).toEqual([0, 0])
  })

  test('binary text is taken in small parts, since every mark is an element', () => {
    for (const { segments } of whole('a\u0000'.repeat(20_000)))
      expect(segments.length).toBeLessThanOrEqual(801)
  })

  test('a base64 image is folded to its type and size, whatever its length', () => {
    const image = `data:image/png;base64,${'A'.repeat(1_600_000)}`
    const [before, data, after] = whole(`see ${image} there`)
    expect(before?.segments).toEqual(['see '])
    expect(data?.data).toMatchObject({ type: 'image/png', bytes: 1_200_000 })
    expect(after?.segments).toEqual([' there'])
  })

  test('a short data address stays text, and so does all of it where nothing is to be folded', () => {
    expect(whole('data:image/png;base64,AAAA')).toHaveLength(1)
    const image = `data:image/png;base64,${'A'.repeat(400)}`
    expect(partsOf(image, 0, 1_000, false)[0]?.segments).toEqual([image])
  })
})
