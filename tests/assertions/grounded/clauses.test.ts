import { expect, it } from 'vitest'
import { clausesOf } from '../../../assertions/grounded/clauses.ts'

it.each([
  ['Young children between 6 and 12 years take 5 ml.', ['Young children between 6 and 12 years take 5 ml.']],
  [
    'The rent is 950 euros and the deposit 1,900 euros.',
    ['The rent is 950 euros', ' and the deposit 1,900 euros.'],
  ],
  ['Salt and pepper stand on the table.', ['Salt and pepper stand on the table.']],
  [
    'Indirect loss is excluded: neither side is liable.',
    ['Indirect loss is excluded', ': neither side is liable.'],
  ],
  ['At 10:30 the shop opens.', ['At 10:30 the shop opens.']],
  [
    'No subletting without prior consent, which may not be unreasonably withheld.',
    ['No subletting without prior consent', ', which may not be unreasonably withheld.'],
  ],
])('%s', (sentence, clauses) => {
  expect(clausesOf(sentence)).toEqual(clauses)
})
