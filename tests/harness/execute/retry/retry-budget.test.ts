import { describe, expect, it } from 'vitest'
import { RetryBudget } from '../../../../harness/execute/retry/retry-budget.ts'

function spendAll(budget: RetryBudget, account: string): number {
  let spent = 0
  while (budget.spend(account)) spent++
  return spent
}

describe('the retry budget', () => {
  it('has a hundred retries at first, and one more for every five calls', () => {
    const budget = new RetryBudget()
    expect(spendAll(budget, 'a')).toBe(100)
    for (let call = 0; call < 51; call++) budget.earn('a')
    expect(spendAll(budget, 'a')).toBe(10)
  })

  it('keeps accounts apart', () => {
    const budget = new RetryBudget()
    spendAll(budget, 'a')
    expect(budget.spend('a')).toBe(false)
    expect(budget.spend('b')).toBe(true)
  })
})
