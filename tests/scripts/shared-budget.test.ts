import { describe, expect, it } from 'vitest'
import { SharedBudget } from '../../scripts/shared-budget.ts'

describe('a budget that several suites share', () => {
  it('leaves each suite what those before it left', () => {
    const budget = new SharedBudget(2)
    budget.take(0.5)
    expect(budget.left()).toBe(1.5)
    budget.take(1.75)
    expect(budget.left()).toBe(0)
  })

  it('leaves nothing after a run whose spending is not known', () => {
    const budget = new SharedBudget(2)
    budget.take('unknown')
    expect(budget.left()).toBe(0)
  })

  it('leaves a suite no more than that allows itself', () => {
    const budget = new SharedBudget(2)
    expect(budget.left(0.5)).toBe(0.5)
    expect(budget.left(5)).toBe(2)
    expect(new SharedBudget(undefined).left(0.5)).toBeUndefined()
  })

  it('is none where none was given', () => {
    const budget = new SharedBudget(undefined)
    budget.take('unknown')
    expect(budget.left()).toBeUndefined()
  })
})
