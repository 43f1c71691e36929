import { describe, expect, it } from 'vitest'
import extraction from '../../../assertions/extraction.ts'

type Counts = readonly [right: number, extra: number, missing: number]
type Row = [name: string, expected: unknown, reply: unknown, counts: Counts, config?: object]

const PARTIES = [
  { name: 'Acme Inc.', role: 'buyer' },
  { name: 'Beta Ltd', role: 'seller' },
]
const DATE = { normalise: { date: 'date' } }
const MONEY = { normalise: { amount: 'money' } }

/** Precision, recall and F1 as van Rijsbergen (1979, chapter 7) defines them, from the counts that the row was reasoned to. */
function figures([right, extra, missing]: Counts): object {
  if (right + extra + missing === 0) return { precision: 1, recall: 1, f1: 1 }
  if (right === 0) return { precision: 0, recall: 0, f1: 0 }
  const [precision, recall] = [right / (right + extra), right / (right + missing)]
  return {
    precision,
    recall,
    f1: expect.closeTo((2 * precision * recall) / (precision + recall), 12) as number,
  }
}

const rows: Row[] = [
  ['all values right', { a: 'x', b: 2 }, { a: 'x', b: 2 }, [2, 0, 0]],
  ['in another order of fields', { a: 'x', b: 2 }, { b: 2, a: 'x' }, [2, 0, 0]],
  ['one of two missing', { a: 'x', b: 2 }, { a: 'x' }, [1, 0, 1]],
  ['one too many', { a: 'x' }, { a: 'x', b: 2 }, [1, 1, 0]],
  ['one wrong is one too many and one missing', { a: 'x', b: 2 }, { a: 'x', b: 3 }, [1, 1, 1]],
  ['all wrong', { a: 'x' }, { a: 'y' }, [0, 1, 1]],
  ['nothing given', { a: 'x', b: 2 }, {}, [0, 0, 2]],
  ['nothing expected, nothing given', {}, {}, [0, 0, 0]],
  ['nothing expected, something given', {}, { a: 1 }, [0, 1, 0]],
  [
    'null, an empty text, list or object are nothing',
    { a: null, b: 'x' },
    { a: '', b: 'x', c: [], d: {}, e: [null, { f: ' ' }] },
    [1, 0, 0],
  ],
  ['null where something is expected', { a: 'x' }, { a: null }, [0, 0, 1]],
  ['zero and false are something', { a: 0, b: false }, { a: 0, b: false }, [2, 0, 0]],
  ['zero is not nothing', { a: null }, { a: 0 }, [0, 1, 0]],
  [
    'case, white space and full width are alike as text',
    { a: 'New  York' },
    { a: ' ｎｅｗ york\n' },
    [1, 0, 0],
  ],
  ['a number and its digits are alike as text', { a: 12 }, { a: '12' }, [1, 0, 0]],
  [
    'a number and its digits are not, exactly',
    { a: 12 },
    { a: '12' },
    [0, 1, 1],
    { normalise: { a: 'exact' } },
  ],
  [
    'white space counts in lowercase',
    { a: 'New  York' },
    { a: 'new york' },
    [0, 1, 1],
    { normalise: { a: 'lowercase' } },
  ],
  ['case does not', { a: 'New York' }, { a: 'NEW YORK' }, [1, 0, 0], { normalise: { a: 'lowercase' } }],
  ['a date however written', { date: '2024-01-05' }, { date: '5th of January, 2024' }, [1, 0, 0], DATE],
  ['another date', { date: '2024-01-05' }, { date: '6 January 2024' }, [0, 1, 1], DATE],
  ['what is no date is text', { date: 'upon signature' }, { date: 'Upon signature' }, [1, 0, 0], DATE],
  [
    'a date with the day first',
    { date: '2024-01-05' },
    { date: '05/01/2024' },
    [1, 0, 0],
    { normalise: { date: 'date-day-first' } },
  ],
  ['an amount however written', { amount: 'USD 1,500,000' }, { amount: '$1.5 million' }, [1, 0, 0], MONEY],
  ['an amount of another currency', { amount: 'USD 500' }, { amount: '€500' }, [0, 1, 1], MONEY],
  ['an amount without a currency', { amount: 'USD 500' }, { amount: 500 }, [1, 0, 0], MONEY],
  ['a number however written', { n: 1234.5 }, { n: '1,234.50' }, [1, 0, 0], { normalise: { n: 'number' } }],
  [
    'what a fraction in binary gets wrong',
    { n: 0.3 },
    { n: 0.1 + 0.2 },
    [1, 0, 0],
    { normalise: { n: 'number' } },
  ],
  [
    'a name without its legal form',
    { who: 'Acme, Inc.' },
    { who: 'THE ACME INCORPORATED' },
    [1, 0, 0],
    { normalise: { who: 'name' } },
  ],
  ['items in another order', { tags: ['a', 'b', 'c'] }, { tags: ['c', 'a', 'b'] }, [3, 0, 0]],
  [
    'items in another order where it matters',
    { tags: ['a', 'b', 'c'] },
    { tags: ['c', 'b', 'a'] },
    [1, 2, 2],
    { ordered: ['tags'] },
  ],
  ['an item twice is expected once', { tags: ['a', 'b'] }, { tags: ['a', 'a'] }, [1, 1, 1]],
  ['an item too few', { tags: ['a', 'b', 'c'] }, { tags: ['b'] }, [1, 0, 2]],
  [
    'objects in a list find their partners',
    { parties: PARTIES },
    { parties: PARTIES.toReversed() },
    [4, 0, 0],
  ],
  // Pairing by place gives 1 of 4, the pairs the other way round 3: Beta and seller, and Acme.
  [
    'objects that are right in part',
    { parties: PARTIES },
    {
      parties: [
        { name: 'Beta Ltd', role: 'seller' },
        { name: 'Acme Inc.', role: 'seller' },
      ],
    },
    [3, 1, 1],
  ],
  // The first would do for both; together most is right when it goes to the second.
  [
    'the best pairs together, not the best one first',
    [
      { a: 1, b: 1, c: 1 },
      { a: 1, b: 1, c: 2 },
    ],
    [
      { a: 1, b: 1, c: 2 },
      { a: 9, b: 9, c: 1 },
    ],
    [4, 2, 2],
  ],
  [
    'a list within a list',
    [
      { id: 1, xs: ['a', 'b'] },
      { id: 2, xs: ['c'] },
    ],
    [
      { id: 2, xs: ['c'] },
      { id: 1, xs: ['b', 'a'] },
    ],
    [5, 0, 0],
  ],
  ['nested objects', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } }, [1, 1, 1]],
  ['an object in place of a text', { a: 'x' }, { a: { b: 'x', c: 'y' } }, [0, 2, 1]],
  ['a text in place of a list', { a: ['x'] }, { a: 'x' }, [0, 1, 1]],
  ['a value under another key', { a: 'x' }, { b: 'x' }, [0, 1, 1]],
  ['a field that does not count', { a: 'x' }, { a: 'x', note: 'y' }, [1, 0, 0], { ignore: ['note'] }],
  ['a list as the whole', ['a', 'b'], ['b', 'z'], [1, 1, 1]],
]

describe('what a reply is worth against the expected object', () => {
  it.each<Row>(rows)('%s', (_, expected, reply, counts, config = {}) => {
    const verdict = extraction(JSON.stringify(reply), { config: { expected, ...config } })
    expect(verdict.namedScores).toEqual(figures(counts))
    expect(verdict.score).toBe(verdict.namedScores?.['f1'])
    expect(verdict.pass).toBe(counts[1] + counts[2] === 0)
    const { evidence } = verdict.metadata ?? {}
    const fields = evidence?.kind === 'fields' ? Object.values(evidence.fields) : []
    const sum = (key: 'right' | 'extra' | 'missing'): number =>
      fields.reduce((total, field) => total + field[key], 0)
    expect([sum('right'), sum('extra'), sum('missing')]).toEqual(counts)
  })
})
