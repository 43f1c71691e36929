import { describe, expect, it } from 'vitest'
import type { ContextOptions } from '../../../assertions/position/contexts.ts'
import { makeContext, needleDocument, renderContext } from '../../../assertions/position/contexts.ts'
import { locate } from '../../../assertions/position/locate.ts'
import { tokensOf } from '../../../assertions/position/tokens.ts'

const NEEDLE = 'The gate of the orchard opens with the code 5519.'

/** Paragraphs of a few sentences, no two alike. */
const POOL = Array.from({ length: 160 }, (_, index) => {
  const season = ['spring', 'summer', 'autumn', 'winter'][index % 4]
  return `In ${season} the row number ${1000 + index} is pruned. Its trees were planted by hand. The fruit of row ${1000 + index} is sold in town.`
})

function context(besides: Partial<ContextOptions> = {}): string {
  return renderContext(makeContext({ ...OPTIONS, ...besides }))
}

const OPTIONS: ContextOptions = {
  pool: POOL,
  needle: NEEDLE,
  answers: ['5519'],
  depth: 0.5,
  documents: 50,
  tokens: 4000,
  seed: 'orchard',
}

describe('a context', () => {
  it.each([0, 0.05, 0.1, 0.25, 0.33, 0.5, 0.66, 0.75, 0.9, 0.95, 1])(
    'has its needle at depth %d',
    (depth) => {
      const found = locate(context({ depth }), NEEDLE)
      expect(found?.times).toBe(1)
      expect(Math.abs((found?.depth ?? -1) - depth)).toBeLessThan(0.02)
    },
  )

  it('begins and ends with it at depths 0 and 1', () => {
    expect(context({ depth: 0 })).toMatch(/^<document id="d01">\nThe gate of the orchard/)
    expect(context({ depth: 1 })).toMatch(/the code 5519\.\n<\/document>$/)
  })

  it.each([
    [10, 1000],
    [50, 3000],
    [50, 5000],
  ])('has %d documents and at most %d tokens, and at least nine tenths of them', (documents, tokens) => {
    const made = context({ documents, tokens })
    expect(made.match(/<document /g)).toHaveLength(documents)
    expect(tokensOf(made)).toBeLessThanOrEqual(tokens)
    expect(tokensOf(made)).toBeGreaterThan(tokens * 0.85)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(context()).toBe(context())
    expect(context({ seed: 'other' })).not.toBe(context())
  })

  it('has the same documents at every depth, but for the needle', () => {
    const without = (depth: number): string =>
      context({ depth })
        .replace(NEEDLE, '')
        .replaceAll(/[ \n]+/g, ' ')
    expect(without(0.9)).toBe(without(0.1))
  })

  it('has no paragraph twice', () => {
    const rows = context().match(/row number \d+/g) ?? []
    expect(new Set(rows).size).toBe(rows.length)
  })

  it('leaves out paragraphs that hold the answer or the needle', () => {
    const telling = ['Somebody wrote 5519 on the wall of the shed.', `By the way: ${NEEDLE.toUpperCase()}`]
    const made = context({ pool: [...telling, ...POOL] })
    expect(made.match(/5519/g)).toHaveLength(1)
    expect(made).not.toContain('By the way')
  })

  it('has each distractor once, at a place that does not depend on the depth', () => {
    const distractors = ['The gate of the meadow opens with the code 8830.', 'The orchard has a second gate.']
    for (const depth of [0.1, 0.9]) {
      const made = context({ distractors, depth })
      for (const distractor of distractors) expect(locate(made, distractor)?.times).toBe(1)
    }
    const places = [0.1, 0.9].map((depth) =>
      makeContext({ ...OPTIONS, distractors, depth }).findIndex(({ text }) => text.includes('8830')),
    )
    expect(places[0]).toBe(places[1])
  })

  it('has its needle in the document that is foretold', () => {
    for (const depth of [0, 0.05, 0.31, 0.5, 0.99, 1]) {
      const host = makeContext({ ...OPTIONS, depth }).filter(({ text }) => text.includes(NEEDLE))
      expect(host.map(({ id }) => id)).toEqual([needleDocument(depth, 50)])
    }
    expect(needleDocument(0, 50)).toBe('d01')
    expect(needleDocument(1, 50)).toBe('d50')
    expect(needleDocument(0.5, 9)).toBe('d5')
  })

  it.each<[string, Partial<ContextOptions>, string]>([
    ['a pool that is too small for the tokens', { tokens: 20_000 }, 'the pool has only'],
    ['tokens that are too few for the documents', { tokens: 1500 }, 'too few for 50 documents'],
    ['fewer paragraphs than documents', { pool: POOL.slice(0, 20) }, 'too few for 50 documents'],
    ['a depth beyond the end', { depth: 1.1 }, 'from 0 to 1'],
    ['a depth of NaN', { depth: Number.NaN }, 'from 0 to 1'],
    ['a distractor that gives the answer', { distractors: ['It is 5519.'] }, 'gives the answer'],
  ])('is refused: %s', (_, besides, message) => {
    expect(() => context(besides)).toThrow(message)
  })
})
