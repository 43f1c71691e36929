import { describe, expect, it } from 'vitest'
import type { Gain } from '../../../assertions/retrieval/metrics.ts'
import { averagePrecision, ndcgAt } from '../../../assertions/retrieval/metrics.ts'

type Relevant = readonly string[] | Readonly<Record<string, number>>

/** @param ranked ids of one letter, best first */
function scoreOf(metric: string, relevant: Relevant, ranked: string, gain: Gain = 'linear'): number {
  const grades = new Map<string, number>(
    Array.isArray(relevant) ? (relevant as string[]).map((id) => [id, 1]) : Object.entries(relevant),
  )
  const ids = ranked.split('')
  if (metric === 'map') return averagePrecision(ids, grades)
  return ndcgAt(ids, grades, Number(metric.replace('ndcg@', '')), gain)
}

/** What scikit-learn's example of `ndcg_score` ranks: true relevance 10, 0, 0, 1, 5, and its two orders by score. */
const SKLEARN = { a: 10, d: 1, e: 5 }
const FIRST = 'edcba'
const SECOND = 'bcdae'

describe('reference values', () => {
  // By sklearn.metrics.ndcg_score and average_precision_score of scikit-learn 1.2.1 (numpy 1.24.2), on descending scores in the order of
  // the ranking. The first four are the examples of ndcg_score: DCG 5 + 1/log2(3) + 10/log2(6) = 9.49946, ideal 13.65465.
  it.each<[string, string, Relevant, string, number]>([
    ['the first example', 'ndcg@5', SKLEARN, FIRST, 0.6956940443813076],
    ['the second one', 'ndcg@5', SKLEARN, SECOND, 0.493680191377376],
    ['the second one, k=4', 'ndcg@4', SKLEARN, SECOND, 0.3520241100634488],
    ['the first one, k=2', 'ndcg@2', SKLEARN, FIRST, 0.4280562600295606],
    ['grades 3, 2, 3, 0, 1, 2', 'ndcg@10', { a: 3, b: 2, c: 3, e: 1, f: 2 }, 'abcdef', 0.9608081943360618],
    ['the same, k=3', 'ndcg@3', { a: 3, b: 2, c: 3, e: 1, f: 2 }, 'abcdef', 0.9777813616305051],
    ['grades in ascending order', 'ndcg@10', { a: 1, b: 2, c: 3, d: 4 }, 'abcd', 0.7489030296784172],
    ['the same, k=2', 'ndcg@2', { a: 1, b: 2, c: 3, d: 4 }, 'abcd', 0.3838351257904502],
    ['every second one relevant', 'ndcg@10', ['a', 'b', 'c'], 'xaybzc', 0.6653497124326151],
    ['the same, k=3', 'ndcg@3', ['a', 'b', 'c'], 'xaybzc', 0.2960819109658652],
    ['a grade below 1', 'ndcg@10', { a: 0.5, b: 3 }, 'axb', 0.6032336563127634],
    ['ranks 1, 5 and 7', 'map', ['a', 'e', 'g'], 'abcdefgh', 0.6095238095238096],
    ['ranks 4, 6 and 10', 'map', ['d', 'f', 'j'], 'abcdefghij', 0.2944444444444444],
    ['ranks 1, 3, 6, 9 and 10', 'map', ['a', 'c', 'f', 'i', 'j'], 'abcdefghij', 0.6222222222222222],
    ['ranks 2, 5 and 7', 'map', ['b', 'e', 'g'], 'abcdefghij', 0.44285714285714284],
  ])('as scikit-learn has it: %s', (_, metric, relevant, retrieved, expected) => {
    expect(scoreOf(metric, relevant, retrieved)).toBeCloseTo(expected, 12)
  })

  it('exponential gain, as scikit-learn has it for grades of 2^grade − 1', () => {
    const relevant = { a: 3, b: 2, c: 3, e: 1, f: 2 }
    const score = scoreOf('ndcg@10', relevant, 'abcdef', 'exponential')
    expect(score).toBeCloseTo(0.9488107485678986, 12)
  })
})
