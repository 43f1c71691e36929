import { expect, it } from 'vitest'
import { cellsOfConversations, Conversation } from '../../../harness/execute/conversation.ts'
import { orderOf } from '../../../harness/execute/order.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { caseOf, promptOf, suiteOf } from './world.ts'

it('a conversation is held until its last cell has ended, and no longer', async () => {
  const tests = ['x', 'y', 'x'].map((conversationId, n) =>
    caseOf({ vars: { q: `${conversationId}${n}` }, metadata: { conversationId } }),
  )
  const prompts = [promptOf('{{ _conversation | length }} {{q}}', { key: 'p' })]
  const plan = await makePlan(suiteOf({ serial: true, tests, prompts }))
  const order = await orderOf(plan)
  if (order === undefined) throw new Error('these cells have an order')
  const conversation = new Conversation(order, await cellsOfConversations(plan.cells()))
  const cells = await Array.fromAsync(plan.cells())
  const turns = () =>
    cells.map((cell) => {
      const vars: Record<string, unknown> = {}
      conversation.enter(vars, cell)
      return (vars['_conversation'] as unknown[]).length
    })
  const held = cells.map((cell) => {
    conversation.remember(cell, 'asked', { output: 'answered' })
    conversation.ended(cell)
    return turns()
  })
  expect(held).toEqual([
    [1, 0, 1],
    [1, 0, 1],
    [0, 0, 0],
  ])
})
