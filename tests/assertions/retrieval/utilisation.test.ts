import { describe, expect, it } from 'vitest'
import retrieval from '../../../assertions/retrieval.ts'

describe('utilisation', () => {
  const documents = {
    d1: 'The depot in Leith closes at nine on weekdays. It has four docks.',
    d2: 'Frozen peas are delivered to the canteen every Tuesday morning.',
    d3: 'Tyres are changed in the order of the list.',
  }
  const config = { relevant: ['d1', 'd2'], retrieved: ['d1', 'd2', 'd3'], documents }
  const used = (answer: string, besides: object = {}): number | undefined =>
    retrieval(answer, { config: { ...config, ...besides } }).namedScores?.['utilisation']

  it.each<[string, string, number]>([
    ['a document that is said over', 'The Leith depot closes at nine on weekdays.', 1 / 2],
    ['both of them', 'The Leith depot closes at nine. Frozen peas are delivered every Tuesday.', 1],
    ['a citation, whatever the words', 'As agreed [d2].', 1 / 2],
    ['two citations in one', 'As agreed [d1, d2].', 1],
    ['a citation of what was not supplied', 'As agreed [d7].', 0],
    ['one of the irrelevant ones', 'Tyres are changed in order of the list.', 0],
    ['words of its own', 'Nobody knows anything about any of this at all, unfortunately.', 0],
    ['nothing', '', 0],
  ])('%s', (_, answer, share) => {
    expect(used(answer)).toBe(share)
  })

  it('is told of a reply without ids too', () => {
    const retrieved = { path: 'ids' }
    expect(used('As agreed [d1].', { retrieved })).toBe(1 / 2)
    expect(used('', { retrieved })).toBe(0)
  })

  it('is of all supplied documents where none of them is relevant', () => {
    expect(used('As agreed [d3].', { relevant: ['d9'] })).toBeCloseTo(1 / 3)
  })

  it('reads the answer at a path', () => {
    const answer = { path: 'answer' }
    expect(used('{"answer": "As agreed [d1]", "notes": "[d2]"}', { answer })).toBe(1 / 2)
    expect(used('no JSON [d1]', { answer })).toBe(0)
  })

  it('takes documents as a list too', () => {
    const list = [{ id: 'd1', text: documents.d1 }]
    expect(used('As agreed [d1].', { documents: list })).toBe(1)
    expect(used('As agreed [1].', { relevant: ['1'], documents: ['text'] })).toBe(1)
    expect(() => used('x', { documents: 'no JSON' })).toThrow('`documents` must be')
    expect(() => used('x', { documents: [3] })).toThrow(TypeError)
  })
})
