import { describe, expect, it } from 'vitest'
import { causesOf, explain } from '../../../harness/model/incomplete.ts'

describe('the explanation of missing cells', () => {
  it.each([
    [
      { cause: 'outage', account: 'anthropic', cells: 620, message: '503 overloaded' },
      'anthropic: 503 overloaded. 620 of 1,860 planned cells did not finish.',
    ],
    [
      { cause: 'auth', account: 'openai', cells: 1, message: 'openai refuses the key: 401 wrong key!' },
      'openai refuses the key: 401 wrong key! 1 of 1,860 planned cells did not finish.',
    ],
    // The letter is in the message, the account is not.
    [{ cause: 'outage', account: 's', cells: 2, message: 'sorry' }, 's: sorry. 2 of 1,860 planned cells'],
    [
      { cause: 'budget', cells: 5, message: 'the budget of $2.50 is used up' },
      'The budget of $2.50 is used up. 5 of 1,860 planned cells did not finish.',
    ],
  ] as const)('names the account once, in its own words: %o', (incomplete, expected) => {
    expect(explain(incomplete, 1860)).toContain(expected)
  })
})

describe('a record', () => {
  it('that names no cause says no more than that cells are missing, and whether by Ctrl-C', () => {
    expect(causesOf(undefined, { absent: 3, interrupted: true })).toStrictEqual([
      { cause: 'missing', cells: 3, message: 'The run was interrupted.' },
    ])
    expect(causesOf([], { absent: 3, interrupted: false })[0]?.message).toBe('The run was cut short.')
  })

  it('that lacks no cell has no cause', () => {
    expect(causesOf(undefined, { absent: 0, interrupted: false })).toStrictEqual([])
  })
})
