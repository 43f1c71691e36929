import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'
import { faultsOf } from '../../../providers/simulated/prompt/faults.ts'

const ask =
  'Reply with JSON only, with the keys "category" and "order_id". The category is one of: billing, delivery.'
const mail = '<mail>\nInvoice INV-2041 is wrong, and so is K200. The order is ORD-48213.\n</mail>'

async function answer(...rounds: readonly (readonly [answer: string, fault: string])[]): Promise<unknown> {
  const turns = rounds.flatMap(([said, fault]) => [
    { role: 'assistant', content: said },
    { role: 'user', content: fault },
  ])
  const prompt = JSON.stringify([{ role: 'system', content: ask }, { role: 'user', content: mail }, ...turns])
  const model = new SimulatedModel({ config: { profile: 'sonnet', temperature: 0, timeScale: 0 } })
  return JSON.parse(String((await model.callApi(prompt)).output))
}

describe('a correction of an answer in JSON', () => {
  const first = '{"category":"billing","order_id":"INV-2041"}'
  const second = '{"category":"billing","order_id":"K200"}'
  const fault = 'Your answer was not accepted:\n- /order_id: must match pattern "^ORD-"'

  it('has the value of the key that it names replaced by another of the text, round by round', async () => {
    expect(await answer()).toMatchObject({ order_id: 'INV-2041' })
    expect(await answer([first, fault])).toMatchObject({ order_id: 'K200' })
    expect(await answer([first, fault], [second, fault])).toMatchObject({ order_id: 'ORD-48213' })
  })

  it('leaves the choice that it does not speak of', async () => {
    const { kept } = faultsOf([{ answer: first, fault }])
    expect(kept).toBe('billing')
    expect(await answer([first, fault])).toMatchObject({ category: 'billing' })
  })

  it.each([
    ['the form', first, 'Your answer was not accepted: it must be JSON and nothing else', 'billing'],
    ['the choice', first, 'Your answer was not accepted: `category` is not the right one', undefined],
    ['the choice among others', first, 'Not accepted: category, order_id', undefined],
    ['nothing in particular', first, 'Try again.', undefined],
    ['an answer that is no JSON', 'billing', 'it must be JSON', undefined],
  ])('of %s', (_name, said, told, kept) => {
    expect(faultsOf([{ answer: said, fault: told }]).kept).toBe(kept)
  })

  it('goes by whole names of keys', () => {
    const { rejected } = faultsOf([{ answer: '{"id":"7","order_id":"8"}', fault: '/order_id: wrong' }])
    expect([...rejected]).toEqual([['order_id', ['8']]])
    const later = faultsOf([{ answer: '{"id":"7","":"x"}', fault: 'The order_id is fine, the id is not.' }])
    expect([...later.rejected]).toEqual([['id', ['7']]])
  })
})
