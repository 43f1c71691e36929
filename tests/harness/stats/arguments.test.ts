import { describe, expect, it } from 'vitest'
import { betaQuantile, incompleteBeta } from '../../../harness/stats/beta.ts'
import { binomialCdf } from '../../../harness/stats/binomial.ts'
import { clopperPearson } from '../../../harness/stats/clopper-pearson.ts'
import { clusteredMean } from '../../../harness/stats/clustered-mean.ts'
import { fisherLess } from '../../../harness/stats/fisher.ts'
import { mcnemarWorse } from '../../../harness/stats/mcnemar.ts'
import { monteCarloP } from '../../../harness/stats/monte-carlo.ts'
import { benjaminiHochberg, holm } from '../../../harness/stats/multiple.ts'
import { normalCdf, normalQuantile } from '../../../harness/stats/normal.ts'
import { passAtK, passHatK } from '../../../harness/stats/pass-at-k.ts'
import { minSampleForUpper, quantileRanks } from '../../../harness/stats/quantile.ts'
import { tCdf, tQuantile } from '../../../harness/stats/student-t.ts'

describe('wrong input is refused in plain words', () => {
  it.each<[string, () => unknown, string]>([
    ['p above 1', () => normalQuantile(1.2), 'p must lie in [0, 1], got 1.2'],
    ['p of NaN', () => tQuantile(NaN, 5), 'p must lie in [0, 1], got NaN'],
    ['x of NaN', () => normalCdf(NaN), 'x must be a number'],
    ['t of NaN', () => tCdf(NaN, 5), 't must be a number'],
    ['no degrees of freedom', () => tQuantile(0.975, 0), 'degrees of freedom must be above 0, got 0'],
    ['degrees of freedom of NaN', () => tCdf(1, NaN), 'degrees of freedom must be above 0, got NaN'],
    ['a beta shape of 0', () => incompleteBeta(0, 1, 0.5), 'finite a and b above 0'],
    ['a beta level below 0', () => betaQuantile(-0.1, 1, 1), 'p must lie in [0, 1]'],
    ['half a draw', () => binomialCdf(1, 2.5, 0.5), 'n must be a whole number of at least 0, got 2.5'],
    ['half a success', () => binomialCdf(0.5, 2, 0.5), 'k must be a whole number, got 0.5'],
    ['more successes than draws', () => clopperPearson(6, 5, 0.95), '6 successes of 5'],
    [
      'a confidence in percent',
      () => clopperPearson(3, 5, 95),
      'confidence must lie between 0 and 1, got 95',
    ],
    ['no scores', () => clusteredMean([]), 'must hold at least one number'],
    ['a score of NaN', () => clusteredMean([1, NaN]), 'must hold finite numbers only, got NaN'],
    ['clusters of another number', () => clusteredMean([1, 0], ['a']), 'must be of one length, got 2 and 1'],
    ['more passes than repeats', () => fisherLess({ passedA: 6, nA: 5, passedB: 0, nB: 5 }), '6 passed of 5'],
    ['a negative count', () => mcnemarWorse(-1, 0), 'b must be a whole number of at least 0, got -1'],
    ['more extreme than resamples', () => monteCarloP(10, 9), '10 extreme of 9'],
    ['a p-value of NaN', () => holm([0.1, NaN]), 'a p-value must lie in [0, 1], got NaN'],
    ['a p-value above 1', () => benjaminiHochberg([1.5]), 'a p-value must lie in [0, 1], got 1.5'],
    ['k above n', () => passAtK(5, 3, 6), 'k = 6 is more than the 5 repeats'],
    ['c above n', () => passHatK(5, 6, 2), '6 passed of 5'],
    ['a quantile at 1', () => quantileRanks({ n: 5, q: 1, confidence: 0.95 }), 'q must lie between 0 and 1'],
    ['a level of 0', () => minSampleForUpper(0.95, 0), 'alpha must lie between 0 and 1, got 0'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(RangeError)
    expect(call).toThrow(message)
  })
})

describe('what is allowed at the edges', () => {
  it('no p-values have no adjusted ones', () => {
    expect([holm([]), benjaminiHochberg([])]).toEqual([[], []])
  })

  it('one score has a mean, and no error that could be known', () => {
    expect(clusteredMean([0.4])).toMatchObject({ mean: 0.4, seIid: null, seCorrected: null, clusters: 1 })
  })
})
