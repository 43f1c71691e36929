import { describe, expect, it } from 'vitest'
import schema from '../../../assertions/schema.ts'

/** A contract: six fields are required, two of them within `law`. */
const CONTRACT = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'parties', 'date', 'law', 'term'],
  properties: {
    title: { type: 'string', minLength: 3 },
    parties: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'role'],
        additionalProperties: false,
        properties: { name: { type: 'string' }, role: { enum: ['buyer', 'seller'] } },
      },
    },
    date: { type: 'string', format: 'date' },
    law: { $ref: '#/$defs/law' },
    term: { type: ['integer', 'null'], minimum: 1 },
    amount: { anyOf: [{ type: 'number' }, { $ref: '#/$defs/money' }] },
    note: { type: 'string', pattern: '^[A-Z]' },
  },
  $defs: {
    law: {
      type: 'object',
      required: ['country', 'court'],
      properties: { country: { type: 'string' }, court: { type: 'string' } },
    },
    money: {
      type: 'object',
      required: ['value', 'currency'],
      properties: { value: { type: 'number' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
    },
  },
}

/** Seven leaves: title, name, role, date, country, court, term. */
const GOOD = {
  title: 'Lease',
  parties: [{ name: 'Acme', role: 'buyer' }],
  date: '2024-01-05',
  law: { country: 'DE', court: 'Berlin' },
  term: 12,
}

const fits = 'the JSON fits the schema'
const misfit = (told: string): string => `the JSON does not fit the schema: ${told}`
const without = (key: string): object =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== key))

describe('what a reply is worth against a JSON Schema', () => {
  it.each<[string, unknown, number, string]>([
    ['everything fits', GOOD, 1, fits],
    ['an optional field that fits', { ...GOOD, note: 'Signed' }, 1, fits],
    ['a null that may be', { ...GOOD, term: null }, 1, fits],
    ['a union by its first form', { ...GOOD, amount: 5 }, 1, fits],
    ['a union by its second form', { ...GOOD, amount: { value: 5, currency: 'EUR' } }, 1, fits],
    [
      'one of seven leaves is of the wrong type',
      { ...GOOD, title: null },
      6 / 7,
      misfit('/title: expected a string, got null'),
    ],
    [
      'a number in quotes',
      { ...GOOD, term: '12' },
      6 / 7,
      misfit('/term: expected a whole number or null, got "12"'),
    ],
    ['a fraction', { ...GOOD, term: 1.5 }, 6 / 7, misfit('/term: expected a whole number or null, got 1.5')],
    ['out of range', { ...GOOD, term: 0 }, 6 / 7, misfit('/term: must be >= 1, got 0')],
    [
      'too short',
      { ...GOOD, title: 'NA' },
      6 / 7,
      misfit('/title: must NOT have fewer than 3 characters, got "NA"'),
    ],
    [
      'no date',
      { ...GOOD, date: '2024-02-30' },
      6 / 7,
      misfit('/date: must match format "date", got "2024-02-30"'),
    ],
    [
      'a pattern',
      { ...GOOD, note: 'signed' },
      7 / 8,
      misfit('/note: must match pattern "^[A-Z]", got "signed"'),
    ],
    [
      'a value that is not listed, with its path into a list',
      {
        ...GOOD,
        parties: [
          { name: 'Acme', role: 'buyer' },
          { name: 'Beta', role: 'lender' },
        ],
      },
      8 / 9,
      misfit('/parties/1/role: expected one of "buyer", "seller", got "lender"'),
    ],
    ['one of seven is missing', without('title'), 6 / 7, misfit('/title: is missing')],
    [
      'one in an item is missing',
      { ...GOOD, parties: [{ name: 'Acme' }] },
      6 / 7,
      misfit('/parties/0/role: is missing'),
    ],
    [
      'a missing object counts for the two fields it must have',
      without('law'),
      5 / 7,
      misfit('/law: is missing'),
    ],
    [
      'an object that lacks both',
      { ...GOOD, law: {} },
      5 / 7,
      misfit('/law/country: is missing; /law/court: is missing'),
    ],
    [
      'a field that is forbidden is one more, and wrong',
      { ...GOOD, titel: 'x' },
      7 / 8,
      misfit('/titel: is not in the schema (did you mean `title`?)'),
    ],
    [
      'a forbidden object counts once',
      { ...GOOD, zzzzz: { a: 1, b: 2 } },
      7 / 8,
      misfit('/zzzzz: is not in the schema'),
    ],
    [
      'a field that the schema allows but does not list',
      { ...GOOD, law: { ...GOOD.law, city: 'x' } },
      1,
      fits,
    ],
    [
      'such a field makes up for nothing',
      { ...GOOD, law: { country: 'DE', city: 'x' } },
      6 / 7,
      misfit('/law/court: is missing'),
    ],
    [
      'an object in place of a list: what is in it is wrong',
      { ...GOOD, parties: GOOD.parties[0] },
      5 / 7,
      misfit('/parties: expected a list, got an object'),
    ],
    // The list is a leaf as it is empty; title, date, country, court, term are right.
    [
      'a list that may not be empty',
      { ...GOOD, parties: [] },
      5 / 6,
      misfit('/parties: must NOT have fewer than 1 items'),
    ],
    [
      'a union that no form fits, by type',
      { ...GOOD, amount: 'five' },
      7 / 8,
      misfit('/amount: expected a number or an object, got "five"'),
    ],
    [
      'a union told by the form of its type',
      { ...GOOD, amount: { value: 5, currency: 'eur' } },
      8 / 9,
      misfit('/amount/currency: must match pattern "^[A-Z]{3}$", got "eur"'),
    ],
    [
      'a union whose nearest form lacks a field',
      { ...GOOD, amount: { value: 5 } },
      8 / 9,
      misfit('/amount/currency: is missing'),
    ],
    ['a list in place of the object', [GOOD], 0, misfit('the whole: expected an object, got a list of 1')],
    ['a text in place of the object', 'Lease', 0, misfit('the whole: expected an object, got "Lease"')],
    ['null', null, 0, misfit('the whole: expected an object, got null')],
    // title, parties (an array: 1), date, term, and law for two.
    [
      'an empty object has none of its six fields',
      {},
      0,
      misfit(
        '/title: is missing; /parties: is missing; /date: is missing; /law: is missing; /term: is missing',
      ),
    ],
  ])('%s', async (_, value, score, reason) => {
    const verdict = await schema(JSON.stringify(value), { config: { schema: CONTRACT } })
    expect(verdict.reason).toBe(reason)
    expect(verdict.score).toBeCloseTo(score, 12)
    expect(verdict.pass).toBe(score === 1)
    expect(verdict.namedScores).toEqual({ fields: verdict.score })
  })
})

describe('unions of objects told apart by a field', () => {
  const union = {
    oneOf: [{ $ref: '#/$defs/person' }, { $ref: '#/$defs/company' }],
    $defs: {
      person: {
        type: 'object',
        required: ['kind', 'address'],
        properties: { kind: { const: 'person' }, address: { $ref: '#/$defs/address' } },
      },
      company: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'company' }, seats: { type: 'number' } },
      },
      address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
    },
  }

  it.each([
    ['of another kind', { kind: 'trust' }, '/kind: expected one of "person", "company", got "trust"'],
    ['of the second kind', { kind: 'company', seats: 'x' }, '/seats: expected a number, got "x"'],
    [
      'of the second kind, though it has what the first must have',
      { kind: 'company', seats: 'x', address: { city: 'Kiel' } },
      '/seats: expected a number, got "x"',
    ],
    ['of the first kind, behind a reference', { kind: 'person', address: {} }, '/address/city: is missing'],
    ['of another type', 7, 'the whole: expected an object, got 7'],
  ])('%s', async (_, value, told) => {
    const verdict = await schema(JSON.stringify(value), { config: { schema: union } })
    expect(verdict.reason).toBe(misfit(told))
  })

  it('says so where several forms fit and only one may', async () => {
    const config = { schema: { oneOf: [{ type: 'number' }, { type: 'integer' }] } }
    expect((await schema('5', { config })).reason).toBe(
      misfit('the whole: fits several forms of which it may fit only one, got 5'),
    )
  })
})

it.each([
  [19.99, true],
  [1_234_567.89, true],
  [-0.07, true],
  [19.995, false],
  [0.001, false],
])('%d as a multiple of 0.01: %s', async (price, pass) => {
  const config = { schema: { type: 'number', multipleOf: 0.01 } }
  expect(await schema(String(price), { config })).toMatchObject({ pass })
})

it('tells what a condition demands, and not the condition', async () => {
  const conditional: object = JSON.parse('{"if": {"required": ["end"]}, "then": {"required": ["start"]}}')
  const verdict = await schema('{"end": 1}', { config: { schema: conditional } })
  expect(verdict.reason).toBe(misfit('/start: is missing'))
})
