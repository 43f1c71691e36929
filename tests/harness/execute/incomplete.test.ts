import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Withheld } from '../../../harness/execute/call.ts'
import { incompleteOf, WithheldTally } from '../../../harness/execute/incomplete.ts'
import type { Cell } from '../../../harness/model/cell.ts'
import { INCOMPLETE_CAUSES } from '../../../harness/model/incomplete.ts'

type Withholding = [cause: Withheld['withheld'], account: string, column: number, message?: string]

function tallyOf(...withheld: Withholding[]): WithheldTally {
  const tally = new WithheldTally()
  for (const [cause, account, index, message = 'down'] of withheld) {
    const column = { index, prompt: { key: `p${index}` }, provider: { key: account } } as Cell['column']
    tally.add({ column }, { withheld: cause, account, message })
  }
  return tally
}

describe('the tally of withheld cells', () => {
  it('counts them by cause and account, with the first message and the columns in suite order', () => {
    const { causes } = tallyOf(
      ['outage', 'a', 1, '503 first'],
      ['outage', 'a', 0, '503 second'],
      ['outage', 'a', 1],
      ['credit', 'a', 1],
      ['outage', 'b', 2],
    )
    expect(causes).toStrictEqual([
      {
        cause: 'outage',
        account: 'a',
        cells: 3,
        message: '503 first',
        columns: [
          { prompt: 'p0', provider: 'a' },
          { prompt: 'p1', provider: 'a' },
        ],
      },
      {
        cause: 'credit',
        account: 'a',
        cells: 1,
        message: 'down',
        columns: [{ prompt: 'p1', provider: 'a' }],
      },
      {
        cause: 'outage',
        account: 'b',
        cells: 1,
        message: 'down',
        columns: [{ prompt: 'p2', provider: 'b' }],
      },
    ])
  })

  it('blames no account for the budget, which is the run’s', () => {
    const { causes } = tallyOf(['budget', 'a', 0], ['budget', 'b', 1])
    expect(causes).toMatchObject([{ cause: 'budget', cells: 2 }])
    expect(causes[0]).not.toHaveProperty('account')
  })

  it('keeps of a page that some proxy sent no more than its beginning, in one line', () => {
    const [cause] = tallyOf(['outage', 'a', 0, `<html>\n\n<h1>502</h1>${'x'.repeat(9_000)}`]).causes
    expect(cause?.message).toMatch(/^<html> <h1>502<\/h1>x+…$/)
    expect(cause?.message).toHaveLength(300)
  })

  it('counts no cell that only the end of the run kept from being asked', () => {
    expect(tallyOf(['stopped', 'a', 0], ['aborted', 'a', 0]).causes).toStrictEqual([])
  })
})

describe('why a run lacks cells', () => {
  const outage = { cause: 'outage', account: 'a', cells: 10, message: '503' } as const
  const auth = { cause: 'auth', account: 'b', cells: 20, message: '401' } as const
  const budget = { cause: 'budget', cells: 1, message: 'used up' } as const

  it('is told with the cause of most cells first', () => {
    const ended = { planned: 100, finished: 70, interrupted: false }
    expect(incompleteOf([outage, auth], ended)).toStrictEqual([auth, outage])
  })

  it('is nothing for a run that has them all', () => {
    expect(incompleteOf([], { planned: 5, finished: 5, interrupted: false })).toStrictEqual([])
  })

  it('is the budget for every cell that was not even started once it was used up', () => {
    const ended = { planned: 100, finished: 40, interrupted: false }
    expect(incompleteOf([outage, budget], ended)).toStrictEqual([{ ...budget, cells: 50 }, outage])
  })

  it('is the budget, too, that ended the run while every call waited and none was refused', () => {
    const ended = { planned: 100, finished: 40, interrupted: false, budget: 'used up' }
    expect(incompleteOf([outage], ended)).toStrictEqual([{ ...budget, cells: 50 }, outage])
    expect(incompleteOf([], { ...ended, interrupted: true })).toMatchObject([{ cause: 'missing' }])
  })

  it('is the cause of most for cells that waited to be compared with those', () => {
    const ended = { planned: 100, finished: 60, interrupted: false }
    expect(incompleteOf([outage, auth], ended)).toStrictEqual([{ ...auth, cells: 30 }, outage])
  })

  it('is Ctrl-C for what is left of an interrupted run, whatever else went wrong', () => {
    const ended = { planned: 100, finished: 5, interrupted: true }
    expect(incompleteOf([outage, budget], ended)).toStrictEqual([
      { cause: 'missing', cells: 84, message: 'The run was interrupted.' },
      outage,
      budget,
    ])
  })

  it('accounts for every missing cell, once, whatever happened', () => {
    const one = fc.record({
      cause: fc.constantFrom(...INCOMPLETE_CAUSES),
      cells: fc.nat(50),
      message: fc.constant('x'),
    })
    fc.assert(
      fc.property(
        fc.array(one),
        fc.nat(500),
        fc.nat(50),
        fc.boolean(),
        (causes, finished, left, interrupted) => {
          const withheld = causes.reduce((sum, { cells }) => sum + cells, 0)
          const planned = finished + withheld + left
          const told = incompleteOf(causes, { planned, finished, interrupted })
          expect(told.reduce((sum, { cells }) => sum + cells, 0)).toBe(planned - finished)
          expect(told.map(({ cells }) => cells)).toStrictEqual(
            told.map(({ cells }) => cells).toSorted((a, b) => b - a),
          )
          expect(told.every(({ cells }) => cells > 0)).toBe(true)
        },
      ),
      { seed: 7 },
    )
  })
})

describe('a run that had decided', () => {
  const ended = { planned: 10, finished: 4, interrupted: false, decided: 'The gate has decided.' }

  it('does not miss the cells that are left', () => {
    expect(incompleteOf([], ended)).toEqual([
      { cause: 'decided', cells: 6, message: 'The gate has decided.' },
    ])
  })

  it('still tells what an account kept from it, and was interrupted all the same if it was', () => {
    const { causes } = tallyOf(['outage', 'a', 0])
    expect(incompleteOf(causes, ended).map(({ cause, cells }) => [cause, cells])).toEqual([
      ['decided', 5],
      ['outage', 1],
    ])
    expect(incompleteOf([], { ...ended, interrupted: true })).toMatchObject([{ cause: 'missing', cells: 6 }])
  })
})
