import { describe, expect, it } from 'vitest'
import { configure } from '../../../assertions/grounded.ts'
import { check } from './context.ts'

describe('grounded cannot judge', () => {
  it.each([
    ['without a context', { context: null }, {}, 'grounded: config needs `context`'],
    ['with an empty one', { context: '  ' }, {}, 'the context is empty'],
    ['with a list of nothing', { context: [] }, {}, 'the context is empty'],
    [
      'with a part that is no text',
      { context: [{ id: 'a', body: 'b' }] },
      {},
      'part 1 of the context is neither',
    ],
    ['without the variable', { context: '{{contract}}' }, { other: '' }, 'no variable `contract`'],
  ])('%s', (_, config, vars, message) => {
    expect(() => check('The rent is 5 euros.', config, { vars })).toThrow(message)
  })
})

describe('a mistake in the config is told before any call', () => {
  it.each([
    [{}, 'grounded: config needs `context`'],
    [{ context: 'x', treshold: 1 }, 'knows no config key `treshold`'],
    [{ context: 'x', threshold: 2 }, 'config.threshold'],
    [{ context: 'x', citations: 'always' }, 'config.citations'],
    [{ context: 'x', answer: 'a..b' }, 'config.answer'],
    [{ context: 'x', citationPath: 'citations' }, 'citationPath needs `answer`'],
    [{ context: 'x', band: [0.8, 0.3] }, 'the lower end comes first'],
  ])('%j', (config, message) => {
    expect(() => configure(config, { dir: '/' })).toThrow(message)
  })

  it('none: no model is asked without a judge', () => {
    expect(configure({ context: '{{context}}' }, { dir: '/' })).toEqual({})
  })
})

describe('contexts', () => {
  it('come from variables, of whatever type', () => {
    const vars = { documents: [{ id: 'a', text: 'The mill closes at noon.' }], note: 'The oven burns oil.' }
    const config = { context: ['{{documents}}', '{{note}}'] }
    expect(check('The mill closes at noon [a]. The oven burns oil [2].', config, { vars })).toMatchObject({
      pass: true,
    })
  })

  it('may be a map of id to text', () => {
    const context = { mill: 'The mill closes at noon.', oven: 'The oven burns oil.' }
    expect(check('The oven burns oil [oven].', { context }).namedScores).toEqual({
      supported: 1,
      citations: 1,
    })
    expect(check('The oven burns oil [mill].', { context }).namedScores).toEqual({
      supported: 1,
      citations: 0,
    })
  })

  it('that contradict each other support either', () => {
    const context = ['The shop opens at 8 a.m.', 'The shop opens at 9 a.m.']
    expect(check('The shop opens at 8 a.m.', { context }).pass).toBe(true)
    expect(check('The shop opens at 9 a.m.', { context }).pass).toBe(true)
    expect(check('The shop opens at 10 a.m.', { context }).pass).toBe(false)
  })

  it('of one document do not lend sentences to the next: a passage ends with its document', () => {
    const context = ['Rex is a dog.', 'He weighs 30 kg.']
    expect(check('The dog Rex weighs 30 kg.', { context: context.join(' ') }).pass).toBe(true)
    expect(check('The dog Rex weighs 30 kg.', { context }).pass).toBe(false)
  })

  it('are looked up by content, so that a clone of the config is not read again as another', () => {
    const config = { context: 'The mill closes at noon.' }
    expect(check('The mill closes at noon.', structuredClone(config))).toEqual(
      check('The mill closes at noon.', config),
    )
  })
})

describe('hostile replies', () => {
  const million = 1_000_000
  it.each([
    ['one word of a megabyte', 'x'.repeat(million)],
    ['a megabyte of sentences', 'The rent is 5 euros. '.repeat(million / 21)],
    ['a megabyte without a full stop', 'rent and deposit '.repeat(million / 17)],
    ['digits', '9'.repeat(million)],
    ['numbers with separators', '1,234.'.repeat(million / 6)],
    ['brackets', '['.repeat(million)],
    ['brackets that close', '[a]'.repeat(million / 3)],
    ['quotation marks', '"a '.repeat(million / 3)],
    ['capitals', 'Aa '.repeat(million / 3)],
    ['negations', 'not '.repeat(million / 4)],
    ['number words', 'two hundred '.repeat(million / 12)],
    ['months', 'May '.repeat(million / 4)],
    ['spaces', `a${' '.repeat(million)}b`],
    ['lines', 'a\n'.repeat(million / 2)],
    ['control characters and lone surrogates', '\u0000\ud800 '.repeat(1000)],
    ['nesting', '['.repeat(10_000)],
    ['huge numbers', `The rent is 1${'0'.repeat(400)} euros, or 1e999, or NaN.`],
  ])('%s: judged, with a score in range and a short reason', (_, reply) => {
    const { score, reason, metadata } = check(reply)
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
    expect(reason.length).toBeLessThan(4000)
    expect(metadata?.marks?.length ?? 0).toBeLessThanOrEqual(100)
  })

  it('of more claims than are compared are judged by the first, and the reason says so', () => {
    const verdict = check('The rent is 5 euros. '.repeat(400))
    expect(verdict.metadata?.evidence).toMatchObject({ claims: 300 })
    expect(verdict.reason).toContain('Only its first 300 claims were compared.')
  })

  it.each([[{ rent: 950 }], [[{ name: 'call', args: {} }]], [42], [true]])(
    '%j, which is no text, is judged',
    (output) => {
      expect(check(output).score).toBeLessThanOrEqual(1)
    },
  )

  it('letters of another script are not those of the context', () => {
    expect(check('Nоrwell Fооds supplies flour to Mоrrison.').pass).toBe(false)
  })
})
