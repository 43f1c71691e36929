import { describe, expect, it } from 'vitest'
import retrieval, { configure } from '../../assertions/retrieval.ts'
import type { CheckContext, CheckVerdict } from '../../harness/model/custom-check.ts'
import { ConfigError } from '../../harness/model/errors.ts'

type Relevant = readonly string[] | Readonly<Record<string, number>>

function verdictOf(output: unknown, config: object, context: CheckContext = {}): CheckVerdict {
  return retrieval(output, { ...context, config: { ...config } })
}

function scoreOf(
  metric: string,
  relevant: Relevant,
  retrieved: readonly string[],
  config: object = {},
): number {
  const { namedScores = {} } = verdictOf(JSON.stringify(retrieved), {
    relevant,
    k: [1, 2, 3, 4, 5, 10],
    ...config,
  })
  return namedScores[metric] ?? Number.NaN
}

describe('known answers', () => {
  it.each<[string, string, Relevant, string[], number]>([
    ['recall of one of two in the first 1', 'recall@1', ['a', 'b'], ['a', 'b'], 1 / 2],
    ['recall of both in the first 2', 'recall@2', ['a', 'b'], ['b', 'a'], 1],
    ['recall counts nothing below k', 'recall@2', ['a'], ['x', 'y', 'a'], 0],
    ['recall with nothing retrieved', 'recall@5', ['a'], [], 0],
    ['recall@1 cannot exceed one of four', 'recall@1', ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], 1 / 4],
    ['precision of one in two', 'precision@2', ['a'], ['a', 'x'], 1 / 2],
    ['precision holds empty ranks against it', 'precision@5', ['a'], ['a'], 1 / 5],
    [
      'precision where all five are relevant',
      'precision@5',
      ['a', 'b', 'c', 'd', 'e'],
      ['e', 'd', 'c', 'b', 'a'],
      1,
    ],
    ['precision with nothing right', 'precision@3', ['a'], ['x', 'y', 'z'], 0],
    ['reciprocal rank, first', 'mrr', ['a'], ['a', 'x'], 1],
    ['reciprocal rank, third', 'mrr', ['a'], ['x', 'y', 'a'], 1 / 3],
    ['reciprocal rank goes by the first relevant one', 'mrr', ['a', 'b'], ['x', 'b', 'a'], 1 / 2],
    ['reciprocal rank without one', 'mrr', ['a'], ['x'], 0],
    // Manning, Raghavan & Schütze 2008, 8.4: the mean of the precisions at the ranks of the relevant documents.
    ['average precision at ranks 1 and 3 of two', 'map', ['a', 'b'], ['a', 'x', 'b'], (1 + 2 / 3) / 2],
    ['average precision: not retrieved adds 0', 'map', ['a', 'b'], ['a'], 1 / 2],
    ['average precision at ranks 2 and 4', 'map', ['a', 'b'], ['x', 'a', 'y', 'b'], (1 / 2 + 2 / 4) / 2],
    ['average precision of a perfect order', 'map', ['a', 'b', 'c'], ['c', 'a', 'b', 'x'], 1],
    ['a duplicate counts once, and ranks below move up', 'mrr', ['b'], ['a', 'a', 'a', 'b'], 1 / 2],
    ['a duplicate of a hit adds nothing', 'precision@2', ['a'], ['a', 'a'], 1 / 2],
    ['a duplicate does not push a hit out of the first 2', 'recall@2', ['a', 'b'], ['a', 'a', 'b'], 1],
    // Binary: the gain 1 at rank 2 is 1/log2(3) = 0.63093; the ideal is 1.
    ['nDCG of one document at rank 2', 'ndcg@10', ['a'], ['x', 'a'], 1 / Math.log2(3)],
    ['nDCG of one document at rank 3', 'ndcg@10', ['a'], ['x', 'y', 'a'], 1 / 2],
    ['nDCG below k', 'ndcg@2', ['a'], ['x', 'y', 'a'], 0],
    ['nDCG of two at ranks 1 and 3', 'ndcg@10', ['a', 'b'], ['a', 'x', 'b'], 1.5 / (1 + 1 / Math.log2(3))],
    ['nDCG@1 of a perfect order of many is 1', 'ndcg@1', ['a', 'b', 'c'], ['b'], 1],
    [
      'a lower grade first',
      'ndcg@10',
      { a: 3, b: 1 },
      ['b', 'a'],
      (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)),
    ],
    ['grade 0 is not relevant', 'recall@1', { a: 1, b: 0 }, ['a'], 1],
    ['grades are binary to recall', 'recall@1', { a: 3, b: 1 }, ['b'], 1 / 2],
  ])('%s', (_, metric, relevant, retrieved, expected) => {
    expect(scoreOf(metric, relevant, retrieved)).toBeCloseTo(expected, 5)
  })

  it('exponential gain: grades 2 and 1 are worth 3 and 1', () => {
    const worth = (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3))
    expect(scoreOf('ndcg@10', { a: 2, b: 1 }, ['b', 'a'], { gain: 'exponential' })).toBeCloseTo(worth, 10)
  })

  it.each([['linear'], ['exponential']])('%s gain of grades beyond all measure stays finite', (gain) => {
    const score = scoreOf('ndcg@10', { a: 1e300, b: 1e-300 }, ['a', 'b'], { gain })
    expect(score).toBeCloseTo(1, 10)
    expect(scoreOf('ndcg@10', { b: 1e-300 }, ['b'], { gain })).toBe(1)
  })
})

describe('where ids come from', () => {
  const hit = { relevant: ['d2'], k: 3, score: 'recall' }

  it.each<[string, unknown, unknown]>([
    ['a JSON list', '["d1", "d2"]', undefined],
    ['a list as a value', ['d1', 'd2'], undefined],
    ['a list in a fence', 'Here you are:\n```json\n["d2"]\n```', undefined],
    ['a path to objects in a list', '{"hits": [{"id": "d1"}, {"id": "d2"}]}', { path: 'hits[].id' }],
    ['a path to a list', '{"ids": ["d2"]}', { path: 'ids' }],
    ['a path by position', '{"hits": [["d2"], ["d9"]]}', { path: 'hits[0]' }],
    ['the group of a pattern', 'As [d1] and [d2] say', { regex: String.raw`\[(d\d+)\]` }],
    ['the whole match of a pattern', 'see d2', { regex: String.raw`d\d+` }],
    ['a list written in the suite', 'whatever', ['d2']],
  ])('%s', (_, output, retrieved) => {
    const config = retrieved === undefined ? hit : { ...hit, retrieved }
    expect(verdictOf(output, config)).toMatchObject({ pass: true, score: 1 })
  })

  it('the metadata of the response', () => {
    const providerResponse = { metadata: { retrieval: { documents: [{ id: 'd2' }] } } }
    const config = { ...hit, retrieved: { metadata: 'retrieval.documents[].id' } }
    expect(verdictOf('answer', config, { providerResponse }).score).toBe(1)
    expect(() => verdictOf('answer', config, {})).toThrow('metadata has no `retrieval.documents[].id`')
  })

  it('the prompt, which a retriever filled', () => {
    const config = { ...hit, retrieved: { prompt: 'id="([^"]+)"' } }
    expect(verdictOf('x', config, { prompt: '<doc id="d2">' }).score).toBe(1)
    expect(verdictOf('x', config, { prompt: 'no document' }).score).toBe(0)
  })

  it('variables of the case, of relevant ids and of retrieved ones', () => {
    const config = { relevant: '{{relevant}}', retrieved: '{{found}}', k: 2, score: 'recall' }
    expect(verdictOf('x', config, { vars: { relevant: 'd1, d2', found: ['d1'] } }).score).toBe(1 / 2)
    expect(verdictOf('x', config, { vars: { relevant: '{"d1": 2}', found: '["d1"]' } }).score).toBe(1)
    expect(() => verdictOf('x', config, { vars: {} })).toThrow('no variable')
  })

  it('numbers are ids', () => {
    expect(verdictOf('[1, 2]', { relevant: [2], k: 2, score: 'mrr' }).score).toBe(1 / 2)
  })

  it('an empty list of objects is an answer: nothing was retrieved', () => {
    const verdict = verdictOf('{"hits": []}', { ...hit, retrieved: { path: 'hits[].id' } })
    expect(verdict.reason).toContain('missed: "d2"')
  })
})

describe('the verdict', () => {
  it('goes by nDCG at the largest k, against a threshold of one half', () => {
    const third = verdictOf('["x", "y", "a"]', { relevant: ['a'], k: [1, 5] })
    expect(third).toMatchObject({ pass: true, score: 1 / 2 })
    expect(third.reason).toBe('ndcg@5 is 0.500: 1 of 1 relevant documents are among the first 5')
    expect(verdictOf('["x", "y", "z", "a"]', { relevant: ['a'], k: 5 }).pass).toBe(false)
    expect(verdictOf('["x", "y", "a"]', { relevant: ['a'], k: 5, threshold: 0.6 }).pass).toBe(false)
  })

  it('names what was missed, five of them', () => {
    const relevant = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    expect(verdictOf('["a"]', { relevant }).reason).toMatch(/missed: "b", "c", "d", "e", "f", and 1 more$/)
  })

  it.each<[string, unknown]>([
    ['an empty reply', ''],
    ['no reply', undefined],
    ['a refusal', "I'm sorry, but I can't help with that."],
    ['truncated JSON', '["d1", "d2'],
    ['an object where a list should be', '{"a": 1}'],
    ['duplicate keys', '{"a": 1, "a": 2}'],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects where ids should be', '[{"id": "d1"}]'],
    ['a number too large for JavaScript', '[1e999, null]'],
    ['NaN', '[NaN]'],
    ['a megabyte of text', 'x'.repeat(1_000_000)],
  ])('fails with score 0 and zeros by name: %s', (_, output) => {
    const verdict = verdictOf(output, { relevant: ['d1'], k: 2 })
    expect(verdict).toMatchObject({ pass: false, score: 0 })
    expect(verdict.namedScores).toMatchObject({ 'recall@2': 0, 'ndcg@2': 0, mrr: 0, map: 0 })
    expect(verdict.reason).not.toBe('')
  })

  it('a pattern that would backtrack does not, on a megabyte', () => {
    const retrieved = { regex: '(a+)+$' }
    expect(verdictOf(`${'a'.repeat(1_000_000)}!`, { relevant: ['d1'], retrieved }).score).toBe(0)
  })

  it('200,000 ids are ranked', () => {
    const ids = Array.from({ length: 200_000 }, (_, index) => `d${index}`)
    expect(verdictOf(ids, { relevant: ids, k: 200_000 }).score).toBe(1)
  })
})

describe('cannot judge', () => {
  it('a case without relevant documents, unless such a case passes', () => {
    expect(() => verdictOf('[]', { relevant: [] })).toThrow('no document is relevant')
    expect(() => verdictOf('[]', { relevant: { a: 0 } })).toThrow('no document is relevant')
    expect(verdictOf('[]', { relevant: [], empty: 'pass' })).toMatchObject({ pass: true, score: 1 })
  })

  it.each<[string, unknown]>([
    ['a number', 3],
    ['a grade below 0', { a: -1 }],
    ['a grade that is no number', { a: 'much' }],
    ['a list of lists', [['a']]],
    ['in brackets, and no JSON', '[d1, d2]'],
  ])('relevant is %s', (_, relevant) => {
    expect(() => verdictOf('[]', { relevant })).toThrow(TypeError)
  })
})

describe('configure', () => {
  it.each<[string, object, string]>([
    ['no relevant', {}, 'needs `relevant`'],
    ['an unknown key', { relevant: [], treshold: 1 }, '`treshold`'],
    ['k of 0', { relevant: [], k: 0 }, 'config.k'],
    [
      'a place that is none',
      { relevant: [], retrieved: { pth: 'x' } },
      'config.retrieved: must be one of {path: …}',
    ],
    ['a pattern that is none', { relevant: [], retrieved: { regex: '(' } }, 'config.retrieved.regex'],
    ['a look-ahead', { relevant: [], retrieved: { regex: '(?=a)' } }, 'config.retrieved.regex'],
    ['a path that is none', { relevant: [], retrieved: { path: 'a..b' } }, 'config.retrieved.path'],
    ['a threshold above 1', { relevant: [], threshold: 2 }, 'config.threshold'],
  ])('refuses %s', (_, config, message) => {
    const mistake = (): unknown => configure(config as Record<string, unknown>, { dir: '/' })
    expect(mistake).toThrow(ConfigError)
    expect(mistake).toThrow(message)
  })
})
