import { describe, expect, it } from 'vitest'
import extraction, { configure } from '../../assertions/extraction.ts'

const EXPECTED = {
  parties: [
    { name: 'Acme Inc.', role: 'buyer' },
    { name: 'Beta Ltd', role: 'seller' },
  ],
  date: '2024-01-05',
}
const config = { expected: '{{contract}}', normalise: { 'parties[].name': 'name', date: 'date' } }
const context = { config, vars: { contract: EXPECTED } }

describe('what was expected', () => {
  it('comes from a variable, as an object or, from a CSV, as JSON', () => {
    const reply = JSON.stringify(EXPECTED)
    expect(extraction(reply, context)).toMatchObject({ pass: true, score: 1 })
    expect(extraction(reply, { config, vars: { contract: reply } })).toMatchObject({ pass: true, score: 1 })
  })

  it('may have variables in its fields', () => {
    const fields = { expected: { date: '{{day}}' }, normalise: { date: 'date' } }
    expect(extraction('{"date": "5 Jan 2024"}', { config: fields, vars: { day: '2024-01-05' } }).pass).toBe(
      true,
    )
  })

  it.each([
    ['a variable that the case does not have', {}, 'the case has no variable `contract`'],
    ['a text that is no JSON', { contract: 'Acme' }, 'is a text that is not JSON'],
    ['a number', { contract: 5 }, 'must be an object or a list'],
    ['null', { contract: null }, 'must be an object or a list'],
  ])('leaves the check broken where it is %s', (_, vars, message) => {
    expect(() => extraction('{}', { config, vars })).toThrow(message)
  })
})

describe('the reason', () => {
  it('names what differs, with its place in the reply, and never what was expected', () => {
    const reply = { parties: [{ name: 'Zeta', role: 'seller' }], date: '6 January 2024', law: 'Delaware' }
    const { reason } = extraction(JSON.stringify(reply), context)
    expect(reason).toBe(
      '1 of 5 expected values are right: /parties lacks an item; /parties/0/name is not "Zeta"; /date is not "6 January 2024"; /law should not be there: "Delaware"',
    )
  })

  it('tells at most 20 differences, and how many more there are', () => {
    const { reason } = extraction(JSON.stringify(Array.from({ length: 100 }, (_, n) => n)), {
      config: { expected: ['a'] },
    })
    expect(reason.split('; ')).toHaveLength(21)
    expect(reason).toMatch(/; and 80 more$/)
  })
})

describe('the threshold', () => {
  it.each([
    [0.5, true],
    [0.51, false],
  ])('%d for an F1 of a half: %s', (threshold, pass) => {
    const verdict = extraction('{"a": 1, "b": 3}', { config: { expected: { a: 1, b: 2 }, threshold } })
    expect(verdict).toMatchObject({ pass, score: 0.5 })
  })
})

describe('the marks', () => {
  it('point at values that are wrong and at those that nobody expected', () => {
    const output = `Found: ${JSON.stringify({ parties: EXPECTED.parties.toReversed(), date: '2024-01-06', law: ['x'] })}`
    const { marks = [] } = extraction(output, context).metadata ?? {}
    expect(marks.map(({ start, end, label }) => [output.slice(start, end), label])).toEqual([
      ['"2024-01-06"', 'wrong'],
      ['"x"', 'extra'],
    ])
  })
})

describe('the evidence', () => {
  it('counts by field, with places in lists left out', () => {
    const reply = {
      parties: [
        { name: 'BETA', role: 'seller' },
        { name: 'Zeta', role: 'buyer' },
      ],
      law: 'x',
    }
    expect(extraction(JSON.stringify(reply), context).metadata?.evidence).toEqual({
      kind: 'fields',
      fields: {
        'parties[].name': { right: 1, extra: 1, missing: 1 },
        'parties[].role': { right: 2, extra: 0, missing: 0 },
        date: { right: 0, extra: 0, missing: 1 },
        law: { right: 0, extra: 1, missing: 0 },
      },
    })
  })

  it('counts all as missing for a reply that is no JSON', () => {
    expect(extraction('I cannot.', context).metadata?.evidence).toEqual({
      kind: 'fields',
      fields: {
        'parties[].name': { right: 0, extra: 0, missing: 2 },
        'parties[].role': { right: 0, extra: 0, missing: 2 },
        date: { right: 0, extra: 0, missing: 1 },
      },
    })
  })

  it('puts fields together that a reply makes up by the thousand', () => {
    const reply = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, n]))
    const { evidence } = extraction(JSON.stringify({ ...reply, date: '2024-01-05' }), context).metadata ?? {}
    const fields = evidence?.kind === 'fields' ? evidence.fields : {}
    expect(Object.keys(fields).length).toBeLessThanOrEqual(101)
    expect(fields['date']).toEqual({ right: 1, extra: 0, missing: 0 })
    expect(Object.values(fields).reduce((sum, { extra }) => sum + extra, 0)).toBe(5000)
  })
})

describe('a bad reply', () => {
  it.each([
    ['empty', '', 'the reply is empty'],
    ['nothing at all', null, 'the reply is empty'],
    ['a refusal', 'I am sorry, I cannot do that.', 'there is no JSON'],
    ['cut off', '{"date": "2024-01-0', 'breaks off inside `/date`'],
    ['a key twice', '{"date": "2024-01-05", "date": "2024-01-06"}', 'the key `/date` is there twice'],
    ['10,000 levels', '[{"a":'.repeat(10_000), 'deeper than 500 levels'],
    ['NaN', '{"date": NaN}', '"NaN" is neither a value'],
    ['a number too large', '{"date": 1e400}', '/date is not Infinity'],
    ['a list in place of the object', '[1]', '/0 should not be there: 1'],
    ['a lone text', '"Acme"', 'the whole should not be there: "Acme"'],
    ['a key `__proto__`', '{"__proto__": {"date": "2024-01-05"}}', '/__proto__/date should not be there'],
  ])('fails with 0 and a reason: %s', (_, output, reason) => {
    const verdict = extraction(output, context)
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { precision: 0, recall: 0, f1: 0 } })
    expect(verdict.reason).toContain(reason)
  })

  it.each([
    ['many items', { parties: Array.from({ length: 20_000 }, (_, n) => ({ name: `n${n}`, role: 'r' })) }],
    ['many dates', { date: Array.from({ length: 50_000 }, (_, n) => `1 January ${n}`) }],
    ['a long text', { date: '5 January 2024 '.repeat(70_000) }],
    ['lists in lists', Array.from({ length: 30 }, () => Array.from({ length: 30 }, (_, n) => [n, [n, [n]]]))],
  ])('is judged though it is a megabyte of %s', (_, value) => {
    expect(extraction(JSON.stringify(value), context)).toMatchObject({ pass: false, score: 0 })
  })

  it('is judged as a value where it is no text', () => {
    expect(extraction(EXPECTED, context)).toMatchObject({ pass: true, score: 1 })
  })
})

describe('the config', () => {
  it.each([
    ['nothing expected', {}, 'config.expected'],
    ['a text that is no variable', { expected: 'see {{facts}}' }, 'config.expected'],
    ['a normaliser that does not exist', { expected: {}, normalise: { a: 'dates' } }, 'config.normalise.a'],
    ['a misspelt key', { expected: {}, normalize: {} }, 'knows no config key `normalize`'],
    ['a threshold over 1', { expected: {}, threshold: 2 }, 'config.threshold'],
  ])('is read strictly: %s', (_, wrong, message) => {
    expect(() => configure(wrong, { dir: '.' })).toThrow(message)
  })
})
