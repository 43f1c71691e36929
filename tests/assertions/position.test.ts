import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import position, { configure } from '../../assertions/position.ts'
import type { CheckContext, CheckVerdict } from '../../harness/model/custom-check.ts'
import { ConfigError } from '../../harness/model/errors.ts'

function verdictOf(output: unknown, config: object, context: CheckContext = {}): CheckVerdict {
  return position(output, { ...context, config: { ...config } })
}

function scoreOf(output: unknown, expected: unknown, besides: object = {}): number {
  return verdictOf(output, { expected, depth: 0.5, ...besides }).score
}

describe('known answers', () => {
  it.each<[string, unknown, unknown, 0 | 1]>([
    ['the answer alone', '4471-K', '4471-K', 1],
    ['the answer in a sentence', 'The code is 4471-K.', '4471-K', 1],
    ['another answer', 'The code is 9026-B.', '4471-K', 0],
    ['another case', 'It is CORMORANT', 'cormorant', 1],
    ['quotation marks and emphasis', 'It is “**old** weighbridge”.', 'old weighbridge', 1],
    ['a line break inside', 'the old\n  weighbridge', 'old weighbridge', 1],
    ['full-width digits', 'channel ６７', '67', 1],
    ['a Cyrillic look-alike', 'сormorant', 'cormorant', 1],
    ['a zero-width space inside', 'cormo\u200brant', 'cormorant', 1],
    ['a non-breaking hyphen', '4471‑K', '4471-K', 1],
    ['part of a longer number', 'channel 167', '67', 0],
    ['the beginning of a longer number', 'channel 671', '67', 0],
    ['the whole part of a decimal', 'channel 67.5', '67', 0],
    ['the decimals of a number', 'channel 3.67', '67', 0],
    ['a negative of it', 'it is -67', '67', 0],
    ['a number at the end of a sentence', 'It is channel 67.', '67', 1],
    ['a number in brackets', '(67)', '67', 1],
    ['a number with its unit', '67%', '67', 1],
    ['a longer code', '4471-KB', '4471-K', 0],
    ['a code with more behind a dash', '4471-K-2', '4471-K', 0],
    ['part of a word', 'cormorants', 'cormorant', 0],
    ['a possessive', "Pinkney's bread", 'Pinkney', 1],
    ['thousands with a comma, expected without', '18,400 euros', '18400', 1],
    ['thousands without, expected with', '18400 euros', '18,400', 1],
    ['a decimal comma is none', '18,40', '1840', 0],
    ['the second occurrence stands alone', '167 or 67', '67', 1],
    ['one of several answers', 'twenty-three days', ['23 days', 'twenty-three days'], 1],
    ['none of several answers', 'thirty days', ['23 days', 'twenty-three days'], 0],
    ['a number as the expected answer', 'Channel 67', 67, 1],
    ['an accent makes another word', 'Bodo', 'Bodø', 0],
    ['between long dashes', 'The firm—Akkuva—makes them', 'Akkuva', 1],
    ['a number after a long dash', 'Its number—67—is new', '67', 1],
    ['after a colon', 'Answer:67', '67', 1],
    ['a negative after a colon', { answer: -67 }, '67', 0],
    ['a negative, expected so', 'at −67 °C', '-67', 1],
    ['a range that begins with it', '67–70', '67', 0],
    ['one of two in a slash', 'Monday/Tuesday', 'Monday', 0],
    ['a number with its unit glued on', '67km', '67', 0],
    ['in Chinese, which has no spaces', '答案是东京。', '东京', 1],
    ['a number in Japanese', '答えは67です', '67', 1],
    ['part of a number in Japanese', '答えは167です', '67', 0],
    ['a denial', 'The code is not 4471-K.', '4471-K', 1],
    ['an object whose JSON holds it', { answer: '4471-K' }, '4471-K', 1],
    ['an empty reply', '', '67', 0],
    ['blanks only', ' \n ', '67', 0],
    ['no reply', undefined, '67', 0],
  ])('%s', (_, output, expected, score) => {
    expect(scoreOf(output, expected)).toBe(score)
  })

  it('a reply that gives a wrong answer too does not hold, nor does one that lists all', () => {
    const wrong = ['72', '80']
    expect(scoreOf('67', '67', { wrong })).toBe(1)
    expect(scoreOf('67 or 72', '67', { wrong })).toBe(0)
    expect(verdictOf('67 or 72', { expected: '67', wrong, depth: 0 }).reason).toBe(
      'the reply gives another answer too: "72"',
    )
    expect(scoreOf('67', '67', { wrong: [] })).toBe(1)
  })

  it('a wrong answer that is part of the right one is wrong where it stands by itself', () => {
    const besides = { wrong: 'Marit Solheim' }
    expect(scoreOf('Dr Marit Solheim.', 'Dr Marit Solheim', besides)).toBe(1)
    expect(scoreOf('Dr Marit Solheim, or Marit Solheim', 'Dr Marit Solheim', besides)).toBe(0)
  })

  it('a case without a wrong answer, as a CSV has it, has none', () => {
    const config = { expected: '67', wrong: '{{wrong}}', depth: 0 }
    expect(verdictOf('67', config, { vars: { wrong: '' } }).score).toBe(1)
  })

  it('an answer after any words is found, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        expect(scoreOf(`${words} | zanzibar`, 'Zanzibar')).toBe(1)
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('the reason', () => {
  it('does not tell the answer', () => {
    expect(verdictOf('I think 72', { expected: '67', depth: 0.2 }).reason).toBe(
      'the answer is not in the reply "I think 72"',
    )
  })

  it('tells a refusal and an empty reply from a wrong one', () => {
    const refusal = "I'm sorry, but I can't help with that."
    expect(verdictOf(refusal, { expected: '67', depth: 0.2 }).reason).toMatch(/^the reply refuses: /)
    expect(verdictOf('', { expected: '67', depth: 0.2 }).reason).toBe('the reply is empty')
  })
})

describe('the depth', () => {
  const depthOf = (config: object, context: CheckContext = {}): unknown => {
    const evidence = verdictOf('67', { expected: '67', ...config }, context).metadata?.evidence
    return evidence?.kind === 'depth' ? evidence.depth : undefined
  }
  const needle = '{{needle}}'
  const found = (prompt: string, besides: object = {}, text = 'NEEDLE'): unknown =>
    depthOf({ needle, ...besides }, { prompt, vars: { needle: text } })

  it.each<[string, unknown, number]>([
    ['a number', 0.25, 0.25],
    ['the beginning', 0, 0],
    ['the end', 1, 1],
    ['a text, as a CSV has it', '0.25', 0.25],
  ])('is what the case says: %s', (_, depth, expected) => {
    expect(depthOf({ depth: '{{depth}}' }, { vars: { depth } })).toBe(expected)
  })

  it.each<[string, string, number]>([
    ['at the beginning', 'NEEDLE and then some', 0],
    ['at the end', 'some and then NEEDLE', 1],
    ['in the middle', '1234 NEEDLE 5678', 0.5],
    ['a quarter in', 'ab NEEDLE 34567890', 3 / 12],
    ['alone', 'NEEDLE', 0],
  ])('is found in the prompt: %s', (_, prompt, depth) => {
    expect(found(prompt)).toBeCloseTo(depth, 10)
  })

  it('is found whatever the line breaks', () => {
    expect(found('1234 THE\n NEEDLE 5678', {}, 'THE NEEDLE')).toBeCloseTo(0.5, 10)
  })

  it('is that within the context, where the prompt has more than that', () => {
    const prompt = 'Read this well, and answer.\n<docs>\nNEEDLE 12345\n</docs>\nWhat is it?'
    expect(found(prompt, { between: ['<docs>', '</docs>'] })).toBe(0)
    expect(() => found('NEEDLE', { between: ['<docs>', '</docs>'] })).toThrow('no context between')
  })

  it('is found in chat JSON', () => {
    const prompt = JSON.stringify([{ role: 'user', content: 'He said:\n"THE NEEDLE"\nand left' }])
    expect(found(prompt, {}, '"THE\nNEEDLE"')).toBeGreaterThan(0.5)
  })

  it('comes with the length of the prompt, where the provider counts it', () => {
    const providerResponse = { tokenUsage: { prompt: 8123 } }
    const { metadata } = verdictOf('67', { expected: '67', depth: 0.1 }, { providerResponse })
    expect(metadata?.evidence).toEqual({ kind: 'depth', depth: 0.1, score: 1, tokens: 8123 })
  })

  it('is told of replies that do not hold too', () => {
    const { metadata } = verdictOf('', { expected: '67', depth: 0.9 })
    expect(metadata?.evidence).toEqual({ kind: 'depth', depth: 0.9, score: 0 })
  })

  it('grows with what stands before the needle', () => {
    const words = fc.nat(2000).map((length) => 'x'.repeat(length))
    fc.assert(
      fc.property(words, words, (before, after) => {
        const depth = found(`${before} NEEDLE ${after}`) as number
        const deeper = found(`${before}more NEEDLE ${after}`) as number
        expect(depth).toBeGreaterThanOrEqual(0)
        expect(deeper).toBeLessThanOrEqual(1)
        expect(deeper).toBeGreaterThanOrEqual(depth)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('cannot be judged without the needle, or with two of them unless that is said', () => {
    expect(() => found('hay')).toThrow('the needle "NEEDLE" is not in the prompt')
    expect(() => found('NEEDLE hay NEEDLE')).toThrow('in the prompt 2 times')
    expect(found('NEEDLE hay NEEDLE', { needles: 'many' })).toBe(0)
    expect(() => depthOf({ needle }, { vars: { needle: 'x' } })).toThrow('no prompt')
    expect(() => found('hay', {}, ' ')).toThrow('no text')
  })
})

describe('cannot judge', () => {
  it.each<[string, object, Record<string, unknown>]>([
    ['a variable that is not there', { expected: '{{answer}}', depth: 0 }, {}],
    ['an expected answer that is empty', { expected: '{{answer}}', depth: 0 }, { answer: '' }],
    ['a list of none', { expected: '{{answer}}', depth: 0 }, { answer: [] }],
    ['an expected answer that is an object', { expected: '{{answer}}', depth: 0 }, { answer: {} }],
    ['NaN', { expected: '{{answer}}', depth: 0 }, { answer: Number.NaN }],
    ['a depth beyond the end', { expected: 'a', depth: '{{depth}}' }, { depth: 1.2 }],
    ['a depth that is no number', { expected: 'a', depth: '{{depth}}' }, { depth: 'deep' }],
    ['a depth of nothing', { expected: 'a', depth: '{{depth}}' }, { depth: '' }],
  ])('%s', (_, config, vars) => {
    expect(() => verdictOf('a', config, { vars })).toThrow(
      /no variable|must be a text|no expected answer|must be a number/,
    )
  })
})

describe('hostile replies', () => {
  it.each<[string, unknown]>([
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['a megabyte of the answer glued together', '67'.repeat(500_000)],
    ['a megabyte of blanks', ' '.repeat(1_000_000)],
    ['a megabyte of thousands', '1,000'.repeat(200_000)],
    ['10,000 levels', '['.repeat(10_000)],
    ['a huge number', '1e999999'],
    ['an array of tool calls', [{ type: 'function', function: { name: 'x', arguments: '{}' } }]],
    ['half a surrogate pair', '\ud83d'],
  ])('%s does not hold', (_, output) => {
    expect(verdictOf(output, { expected: '67', depth: 0 })).toMatchObject({ pass: false, score: 0 })
  })
})

describe('configure', () => {
  it.each<[string, object, string]>([
    ['no expected', { depth: 0 }, 'needs `expected`'],
    ['neither depth nor needle', { expected: 'a' }, 'needs one of'],
    ['both of them', { expected: 'a', depth: 0, needle: 'b' }, 'needs one of'],
    ['a depth of 2', { expected: 'a', depth: 2 }, 'config.depth'],
    ['marks without a needle', { expected: 'a', depth: 0, between: ['a', 'b'] }, '`between`'],
    ['an unknown key', { expected: 'a', deepth: 0 }, '`deepth`'],
  ])('refuses %s', (_, config, message) => {
    const mistake = (): unknown => configure(config as Record<string, unknown>, { dir: '/' })
    expect(mistake).toThrow(ConfigError)
    expect(mistake).toThrow(message)
  })
})
