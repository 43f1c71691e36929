import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import length, { configure } from '../../assertions/length.ts'

describe('how long a reply is, and what that is worth', () => {
  it.each<[string, object, string, number]>([
    ['words at the lower bound', { words: { min: 3, max: 5 } }, 'one two three', 1],
    ['words at the upper bound', { words: { min: 1, max: 3 } }, 'one two three', 1],
    ['three words of at least four', { words: { min: 4 } }, 'one two three', 3 / 4],
    ['one word of at least four', { words: { min: 4 } }, 'one', 1 / 4],
    ['three words of at most two', { words: { max: 2 } }, 'one two three', 1 / 2],
    ['twice the most', { words: { max: 2 } }, 'one two three four', 0],
    ['over twice the most', { words: { max: 1 } }, 'one two three', 0],
    ['a tenth over', { words: { max: 10 } }, 'a b c d e f g h i j k', 0.9],
    ['punctuation is no word', { words: { max: 2 } }, 'Yes – no!', 1],
    ['an apostrophe parts no word', { words: { max: 2 } }, 'don’t stop', 1],
    ['a number is a word', { words: { max: 2 } }, '1,234.56 euros', 1],
    ['words of a script without spaces, by character', { words: { min: 4, max: 4 } }, '北京公司', 1],
    ['characters, blanks around not counted', { characters: { min: 5, max: 5 } }, '  a b c\n', 1],
    ['characters outside the first plane are one', { characters: { max: 2 } }, '😀😀', 1],
    ['characters of an accent apart', { characters: { max: 2 } }, 'e\u0301', 1],
    ['three characters of at most two', { characters: { max: 2 } }, 'abc', 1 / 2],
    ['sentences', { sentences: { min: 3, max: 3 } }, 'One. Two! Three?', 1],
    ['an abbreviation ends no sentence', { sentences: { max: 1 } }, 'Ask Dr. Doe about it.', 1],
    ['two sentences of at least four', { sentences: { min: 4 } }, 'One. Two.', 1 / 2],
    ['lines, blank ones not counted', { lines: { max: 2 } }, 'a\n\nb\n', 1],
    ['lines of other systems', { lines: { min: 3, max: 3 } }, 'a\r\nb\rc', 1],
    // r50k: "hello" and " world" are a token each.
    ['tokens', { tokens: { min: 2, max: 2 } }, 'hello world', 1],
    ['a special token is text', { tokens: { min: 3 } }, '<|endoftext|>', 1],
    ['two units inside', { words: { max: 3 }, characters: { max: 20 } }, 'one two three', 1],
    ['the worse of two units', { words: { max: 2 }, characters: { max: 12 } }, 'one two three', 1 / 2],
    ['one unit inside, one out', { words: { max: 3 }, lines: { min: 2 } }, 'one two three', 1 / 2],
  ])('%s', async (_, config, output, score) => {
    const verdict = await length(output, { config: { ...config } })
    expect(verdict.score).toBeCloseTo(score, 12)
    expect(verdict.pass).toBe(score === 1)
  })

  it('is told, with what was asked for', async () => {
    const { reason } = await length('One. Two. Three.', {
      config: { words: { min: 5 }, sentences: { max: 1 } },
    })
    expect(reason).toBe(
      'the reply has 3 words, at least 5 were asked for; has 3 sentences, at most 1 was asked for',
    )
    expect((await length('one two', { config: { words: { max: 2 } } })).reason).toBe('2 words')
  })

  it('is worth less the further it is outside', async () => {
    const config = { words: { min: 20, max: 40 } }
    const scores: number[] = []
    for (let words = 1; words <= 90; words++)
      scores.push((await length('word '.repeat(words), { config })).score)
    const { before, inside, after } = Object.groupBy(
      scores.map((score, index) => ({ score, words: index + 1 })),
      ({ words }) => (words < 20 ? 'before' : words <= 40 ? 'inside' : 'after'),
    )
    expect(inside?.every(({ score }) => score === 1)).toBe(true)
    expect(before).toEqual(before?.toSorted((a, b) => a.score - b.score))
    expect(after).toEqual(after?.toSorted((a, b) => b.score - a.score))
  })

  it('is a score from 0 to 1, of any text', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, fc.nat(20), fc.integer({ min: 20, max: 60 }), async (output, min, max) => {
        const bounds = { min, max }
        const config = { characters: bounds, words: bounds, sentences: bounds, lines: bounds, tokens: bounds }
        const { pass, score } = await length(output, { config })
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(pass).toBe(score === 1)
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

describe('a bad reply', () => {
  it.each([[''], [' \n '], [undefined], [null]])('fails with 0 where it is %j', async (output) => {
    expect(await length(output, { config: { words: { max: 5 } } })).toEqual({
      pass: false,
      score: 0,
      reason: 'the reply is empty',
    })
  })

  it.each(['a', 'a b ', '\n', 'a. ', '😀', '-', '\0'])(
    'is counted though it is a megabyte of %j',
    async (piece) => {
      const bounds = { max: 10 }
      const output = `x${piece.repeat(1_000_000 / piece.length)}x`
      const config = { characters: bounds, words: bounds, sentences: bounds, lines: bounds, tokens: bounds }
      expect(await length(output, { config })).toMatchObject({ pass: false, score: 0 })
    },
  )

  it('is counted as JSON where it is no text', async () => {
    expect(await length({ a: 1 }, { config: { characters: { min: 7, max: 7 } } })).toMatchObject({
      pass: true,
    })
  })
})

describe('the config', () => {
  it.each<[string, object, string]>([
    ['no unit', {}, 'config names no unit'],
    ['a unit that does not exist', { word: { max: 3 } }, 'did you mean `words`?'],
    ['no bound', { words: {} }, 'expected `min`, `max` or both'],
    ['bounds the wrong way round', { words: { min: 3, max: 2 } }, '`min` is over `max`'],
    ['a most of nothing', { words: { max: 0 } }, 'config.words.max'],
    ['half a word', { words: { max: 1.5 } }, 'config.words.max'],
  ])('is read strictly: %s', (_, config, message) => {
    const failure = (() => {
      try {
        return configure({ ...config }, { dir: '.' })
      } catch (error) {
        return error
      }
    })()
    expect(`${(failure as Error).message} ${(failure as { hint?: string }).hint ?? ''}`).toContain(message)
  })
})
