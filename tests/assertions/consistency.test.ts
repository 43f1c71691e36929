import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import consistency, { configure } from '../../assertions/consistency.ts'

const config = { group: '{{group}}', relation: '{{relation}}' }
const vars = { group: 'g1', relation: 'original' }

const judge = (output: unknown, besides: object = {}, moreVars: object = {}) =>
  consistency(output, { config: { ...config, ...besides }, vars: { ...vars, ...moreVars } })

function answer(output: unknown, besides: object = {}, moreVars: object = {}): string | null {
  const evidence = judge(output, besides, moreVars).metadata?.evidence
  return evidence?.kind === 'answer' ? evidence.answer : 'no evidence'
}

describe('the answer a reply is reduced to', () => {
  it.each([
    ['Yes.', 'yes'],
    ['  YES ', 'yes'],
    ['**Yes**', 'yes'],
    ['Paris, France', 'paris france'],
    ['It costs $4.50!', 'it costs $4·50'],
    ['45.0', '45·0'],
    ['−5', '-5'],
    ['5', '5'],
    ['well-known', 'well known'],
    ['Раris', 'paris'],
    ['a\n\tb', 'a b'],
    ['...', null],
    ['', null],
  ])('of %j by its text is %j', (output, reduced) => {
    expect(answer(output)).toBe(reduced)
  })

  it.each([
    ['Yes.', 'Yes.'],
    [' Yes.\n', 'Yes.'],
    ['', null],
    [{ b: 1 }, '{"b":1}'],
  ])('of %j exactly is %j', (output, reduced) => {
    expect(answer(output, { by: 'exact' })).toBe(reduced)
  })

  it.each([
    ['42', '42'],
    ['The answer is 42.', '42'],
    ['42 = 42', '42'],
    ['1,234.50 EUR', '1234.5'],
    ['1.234,50 EUR', '1234.5'],
    ['1 234 567', '1234567'],
    ["1'234", '1234'],
    ['3,5', '3.5'],
    ['1,000', '1000'],
    ['0.10', '0.1'],
    ['-7', '-7'],
    ['−7', '-7'],
    ['-0', '0'],
    ['1e3', '1000'],
    ['12 %', '12'],
    ['between 3 and 5', null],
    ['2024-05-01', null],
    ['three', null],
    ['1e999', null],
    ['model A12', null],
    ['9'.repeat(400), null],
    ['12,34,567.5', '1234567.5'],
  ])('of %j by its number is %j', (output, reduced) => {
    expect(answer(output, { by: 'number' })).toBe(reduced)
  })

  it.each([
    ['yes', 'yes'],
    ['Yes, that is right.', 'yes'],
    ['affirmative', 'yes'],
    ['yes and no', null],
    ['perhaps', null],
  ])('of %j by its label is %j', (output, reduced) => {
    expect(answer(output, { by: 'label', labels: { yes: ['affirmative'], no: [] } })).toBe(reduced)
  })

  it.each([
    ['{"b": 1, "a": [2]}', undefined, '{"a":[2],"b":1}'],
    ['{"a": [2], "b": 1}', undefined, '{"a":[2],"b":1}'],
    ['{"a": {"city": "Paris"}}', 'a.city', '"Paris"'],
    ['{"a": null}', 'a', 'null'],
    ['{"a": 1}', 'b', null],
    ['{"a": 1', undefined, null],
    ['{"a": 1, "a": 2}', undefined, null],
    ['['.repeat(10_000), undefined, null],
  ])('of %j as JSON at %j is %j', (output, path, reduced) => {
    expect(answer(output, { by: 'json', ...(path !== undefined && { path }) })).toBe(reduced)
  })

  it.each([
    ['billing', 'billing'],
    ['The ticket is about Billing.', 'billing'],
    ['B', 'delivery'],
    ['b.', 'delivery'],
    ['(C)', 'returns'],
    ['2', 'delivery'],
    ['3)', 'returns'],
    ['A) billing', 'billing'],
    ['The answer is C', 'returns'],
    ['Option 2 fits best', 'delivery'],
    ['I would choose B because it is late.', 'delivery'],
    ['I would choose a good courier', null],
    ['A refund was made', null],
    ['A) delivery', null],
    ['billing or delivery', null],
    ['D', null],
    ['4', null],
    ['none of them', null],
  ])('of %j by the option it chooses is %j', (output, reduced) => {
    const options = ['billing', 'delivery', 'returns']
    expect(answer(output, { by: 'option', options })).toBe(reduced)
  })

  it('is the same option, whatever its place', () => {
    const options = { by: 'option', options: '{{options}}' }
    expect(answer('A', options, { options: 'A) billing\nB) delivery' })).toBe('billing')
    expect(answer('B', options, { options: '1. delivery\n2. billing' })).toBe('billing')
    expect(answer('B', options, { options: ['delivery', 'billing'] })).toBe('billing')
  })

  it('of a long reply is its beginning and a digest', () => {
    const long = answer('word '.repeat(1000))
    expect(long).toMatch(/^word .*… \(sha256 [0-9a-f]{16}\)$/)
    expect(answer('word '.repeat(1001))).not.toBe(long)
    expect(answer('word '.repeat(1000))).toBe(long)
  })
})

describe('a relation', () => {
  const yesNo = { by: 'label', labels: ['yes', 'no'] }
  const relations = { paraphrase: 'same', negated: { map: { yes: 'no', no: 'yes' } } }

  it.each([
    ['original', 'yes', 'yes'],
    ['paraphrase', 'yes', 'yes'],
    ['negated', 'yes', 'no'],
    ['negated', 'No.', 'yes'],
    ['negated', 'perhaps', null],
  ])('%s makes of the answer %j the answer %j', (relation, output, compared) => {
    expect(answer(output, { ...yesNo, relations }, { relation })).toBe(compared)
  })

  it('leaves an answer that its map does not name', () => {
    expect(
      answer('perhaps', { relations: { negated: { map: { yes: 'no' } } } }, { relation: 'negated' }),
    ).toBe('perhaps')
  })

  it('maps what JSON says', () => {
    const negated = { by: 'json', path: 'open', relations: { closed: { map: { true: false, false: true } } } }
    expect(answer('{"open": true}', negated, { relation: 'closed' })).toBe('false')
    expect(answer('{"open": false}', negated)).toBe('false')
  })

  it('does not change what the case itself expects', () => {
    const negated = { ...yesNo, relations, expected: '{{expected}}' }
    expect(judge('no', negated, { relation: 'negated', expected: 'no' })).toMatchObject({
      pass: true,
      reason: 'answers no, as expected',
      metadata: { evidence: { kind: 'answer', group: 'g1', relation: 'negated', answer: 'yes' } },
    })
  })

  it('that is not declared cannot be judged', () => {
    expect(() => judge('yes', { relations }, { relation: 'paraphrased' })).toThrow(
      'config.relations has no `paraphrased`; did you mean `paraphrase`?',
    )
  })
})

describe('the verdict on an answer', () => {
  it.each([
    ['42', 42, true],
    ['forty-two', 42, false],
    ['It is 42.0', '42', true],
    ['41', 42, false],
  ])('%j where %j is expected: pass %s', (output, expected, pass) => {
    expect(judge(output, { by: 'number', expected: '{{expected}}' }, { expected })).toMatchObject({
      pass,
      score: pass ? 1 : 0,
    })
  })

  it('holds where there is an answer, and nothing is expected', () => {
    expect(judge('Paris')).toMatchObject({ pass: true, score: 1, reason: 'answers paris' })
    expect(judge('', {})).toMatchObject({ pass: false, score: 0, reason: 'the reply is empty' })
  })

  it('takes an expected value of JSON as it stands', () => {
    const at = { by: 'json', path: 'city', expected: '{{expected}}' }
    expect(judge('{"city": {"b": 1, "a": 2}}', at, { expected: { a: 2, b: 1 } }).pass).toBe(true)
    expect(judge('{"city": "Paris"}', at, { expected: 'Paris' }).pass).toBe(true)
  })

  it.each([
    ['no variable of that name', {}, { group: undefined }, 'the case has no text for config.group'],
    ['an expected answer that is none', { by: 'number', expected: 'many' }, {}, 'cannot be compared'],
    ['an expected answer of null', { expected: '{{expected}}' }, { expected: null }, 'it is null'],
    ['one option', { by: 'option', options: '{{o}}' }, { o: 'a' }, 'expected at least two options'],
  ])('throws for %s', (_, besides, moreVars, message) => {
    expect(() => judge('yes', besides, moreVars)).toThrow(message)
  })

  it('throws for a missing variable', () => {
    expect(() => consistency('yes', { config, vars: { group: 'g' } })).toThrow('has no variable `relation`')
  })

  it.each([
    [{}, 'config.group'],
    [{ group: 'g', by: 'label' }, '`by: label` needs config.labels'],
    [{ group: 'g', by: 'option' }, '`by: option` needs config.options'],
    [{ group: 'g', labels: ['a', 'b'] }, 'config.labels belongs to `by: label`'],
    [{ group: 'g', by: 'label', labels: ['a', 'A'] }, 'would stand for both'],
    [{ group: 'g', by: 'meaning' }, 'config.by'],
    [{ group: 'g', relations: { x: 'other' } }, 'expected `same`, or a map of answers'],
    [{ group: 'g', relation_: 'x' }, 'knows no config key `relation_`'],
    [{ group: 'g', relation: 'parafrase', relations: { paraphrase: 'same' } }, 'did you mean `paraphrase`?'],
    [{ group: 'g', by: 'label', labels: ['yes', 'no'], expected: 'maybe' }, 'config.expected: names none'],
    [{ group: 'g', by: 'number', expected: 'three' }, 'config.expected: has no number'],
    [
      {
        group: 'g',
        by: 'label',
        labels: ['yes', 'no'],
        relations: { not: { map: { yes: 'no', noo: 'yes' } } },
      },
      'config.relations.not.map.noo: names none of the labels',
    ],
    [
      { group: 'g', by: 'label', labels: ['yes', 'no'], relations: { not: { map: { yes: 'noo' } } } },
      'config.relations.not.map.yes: names none of the labels',
    ],
  ])('refuses the config %j', (written, message) => {
    expect(() => configure(written, { dir: '/' })).toThrow(message)
  })
})

describe('hostile replies', () => {
  it.each([
    ['no reply', undefined],
    ['a megabyte of digits', '7'.repeat(1_000_000)],
    ['a megabyte of numbers', '1,234 '.repeat(160_000)],
    ['a megabyte of brackets', '('.repeat(1_000_000)],
    ['a megabyte of blanks', `answer${' '.repeat(1_000_000)}is`],
    ['10,000 levels', '{"a":'.repeat(10_000)],
    ['a lone surrogate', '\udfff'],
    ['a list of tool calls', [{ name: 'x' }]],
  ])('are judged: %s', (_, output) => {
    const ways = [
      { by: 'exact' },
      { by: 'text' },
      { by: 'number' },
      { by: 'json' },
      { by: 'label', labels: ['yes', 'no'] },
      { by: 'option', options: ['yes', 'no'] },
    ]
    for (const way of ways) expect(judge(output, way).reason.length).toBeLessThan(400)
  })

  it('by their text do not depend on case, on punctuation at the end or on the spaces between words', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(words, fc.constantFrom('', '.', '!', ' ?'), (all, end) => {
        expect(answer(`  ${all.join('   ').toUpperCase()}${end}`)).toBe(answer(all.join(' ')))
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('a whole number is read as it was written, grouped or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (number) => {
        expect(answer(number.toLocaleString('en'), { by: 'number' })).toBe(String(number))
        expect(answer(`It is ${number}.`, { by: 'number' })).toBe(String(number))
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
