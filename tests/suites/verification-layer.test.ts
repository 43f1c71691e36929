import { describe, expect, it } from 'vitest'
import right from '../../suites/verification-layer/checks/right.ts'
import standsInMail from '../../suites/verification-layer/checks/stands-in-mail.ts'

const mail = 'Hello,\nmy kettle leaks. It is order ORD-49930.\nSheila'
const vars = { mail, team: 'defect', order_id: 'ORD-49930' }
const reply = { category: 'defect', order_id: 'ORD-49930', quote: 'my kettle leaks.', confidence: 0.9 }
const config = {
  labels: ['billing', 'defect'],
  expected: '{{team}}',
  from: 'json',
  path: 'category',
}

describe('what stands in the mail', () => {
  it.each([
    ['both', {}, true, 1],
    ['a quote over a line break', { quote: 'Hello, my kettle leaks.' }, true, 1],
    ['no order number', { order_id: null }, true, 1],
    ['an order number of its own making', { order_id: 'ORD-11111' }, false, 1 / 2],
    ['a quote that is put otherwise', { quote: 'The kettle is leaking.' }, false, 1 / 2],
    ['an empty quote', { quote: ' ' }, false, 1 / 2],
    ['neither', { quote: 7, order_id: 7 }, false, 0],
  ])('%s', (_name, changed, pass, score) => {
    const verdict = standsInMail(JSON.stringify({ ...reply, ...changed }), { vars })
    expect(verdict).toMatchObject({ pass, score })
  })

  it.each(['', 'no JSON', 'null', '[]', '{"quote":'])('is nothing of %j', (output) => {
    expect(standsInMail(output, { vars })).toMatchObject({ pass: false })
  })

  it('cannot be judged without the mail', () => {
    expect(() => standsInMail(JSON.stringify(reply), { vars: {} })).toThrow('no variable `mail`')
  })

  it('is told so that it can be put right', () => {
    const { reason } = standsInMail(JSON.stringify({ ...reply, order_id: 'ORD-1' }), { vars })
    expect(reason).toBe('`order_id` "ORD-1" does not stand in the mail')
  })
})

describe('what a person says of the reply', () => {
  it('never fails it, so that no round of feedback is made of it', () => {
    for (const output of ['', 'x', JSON.stringify({ ...reply, category: 'billing', order_id: 'ORD-1' })])
      expect(right(output, { vars, config })).toMatchObject({
        pass: true,
        score: 0,
        namedScores: { right_order: 0 },
      })
    expect(right(JSON.stringify(reply), { vars, config })).toMatchObject({
      score: 1,
      namedScores: { right_order: 1 },
    })
  })

  it('takes no order number for right where the mail has none', () => {
    const none = { ...vars, order_id: '' }
    expect(right(JSON.stringify({ ...reply, order_id: null }), { vars: none, config }).namedScores).toEqual({
      right_order: 1,
    })
    expect(right(JSON.stringify(reply), { vars: none, config }).namedScores).toEqual({ right_order: 0 })
  })
})
