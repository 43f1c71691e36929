import { z } from 'zod'
import { betaQuantile, incompleteBeta } from '../../harness/stats/beta.ts'
import { binomialCdf } from '../../harness/stats/binomial.ts'
import { bonettPrice } from '../../harness/stats/bonett-price.ts'
import { clopperPearson } from '../../harness/stats/clopper-pearson.ts'
import { clusteredMean } from '../../harness/stats/clustered-mean.ts'
import { BettingProcess, mcnemarEValue } from '../../harness/stats/e-process.ts'
import { mcnemarMidPPower, mcnemarTwoSidedMidP, mcnemarWorse } from '../../harness/stats/mcnemar.ts'
import { monteCarloP } from '../../harness/stats/monte-carlo.ts'
import { benjaminiHochberg, holm } from '../../harness/stats/multiple.ts'
import { normalCdf, normalQuantile } from '../../harness/stats/normal.ts'
import { passAtK, passHatK } from '../../harness/stats/pass-at-k.ts'
import {
  minUnitsForMargin,
  requiredCases,
  requiredCasesExact,
  smallestDetectable,
} from '../../harness/stats/power.ts'
import { positive, probability } from '../../harness/stats/probability.ts'
import {
  type SortedSample,
  minSampleForUpper,
  quantile,
  quantileInterval,
  quantileRanks,
  sortedSample,
} from '../../harness/stats/quantile.ts'
import { scoreLowerBound, scoreZ } from '../../harness/stats/score-bound.ts'
import { signFlip } from '../../harness/stats/sign-flip.ts'
import { tCdf, tQuantile } from '../../harness/stats/student-t.ts'
import { tangoInterval, tangoZ } from '../../harness/stats/tango.ts'
import { unitsOf } from '../../harness/stats/units.ts'
import { pairedVarianceParts, varianceParts } from '../../harness/stats/variance.ts'
import { wilson } from '../../harness/stats/wilson.ts'
import { GATE_METHODS } from './gate-methods.ts'
import { type Method, clusters, method } from './method.ts'

const x = z.number()
const xs = z.array(x)
const scores = z.array(xs)
const counts = { bothPass: x, worse: x, better: x, bothFail: x }
const design = { alpha: x, power: x, omega2: x, sigma2_a: x, k_a: x, sigma2_b: x, k_b: x }

/** Every method that a file of known answers may name. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['normal_quantile', method({ p: x }, ({ p }) => normalQuantile(p))],
  ['normal_cdf', method({ x }, ({ x }) => normalCdf(x))],
  ['t_quantile', method({ p: x, df: x }, ({ p, df }) => tQuantile(p, df))],
  ['t_cdf', method({ t: x, df: x }, ({ t, df }) => tCdf(t, df))],
  ['incomplete_beta', method({ a: x, b: x, x }, ({ a, b, x }) => incompleteBeta(a, b, x))],
  ['beta_quantile', method({ p: x, a: x, b: x }, ({ p, a, b }) => betaQuantile(p, a, b))],
  ['binom_cdf_half', method({ k: x, n: x, p: x }, ({ k, n, p }) => binomialCdf(k, n, p))],
  [
    'wilson',
    method({ successes: x, n: x, confidence: x }, ({ successes, n, confidence }) => {
      const { lo, hi } = wilson(
        probability(successes / n),
        positive(n),
        normalQuantile(1 - (1 - confidence) / 2),
      )
      return [lo, hi]
    }),
  ],
  [
    'clopper_pearson',
    method({ successes: x, n: x, confidence: x }, ({ successes, n, confidence }) => {
      const { lo, hi } = clopperPearson(successes, n, confidence)
      return [lo, hi]
    }),
  ],
  ['min_units_for_margin', method({ margin: x, alpha: x }, (i) => minUnitsForMargin(i.margin, i.alpha))],
  ['mcnemar_midp_two_sided', method({ b: x, c: x }, ({ b, c }) => mcnemarTwoSidedMidP(b, c))],
  [
    'mcnemar_one_sided_worse',
    method({ b: x, c: x }, ({ b, c }) => {
      const { exact, midP } = mcnemarWorse(b, c)
      return { exact, midp: midP }
    }),
  ],
  [
    'mcnemar_midp_power',
    method({ n: x, p_worse: x, p_better: x, alpha_one_sided: x }, (i) =>
      mcnemarMidPPower({ n: i.n, pWorse: i.p_worse, pBetter: i.p_better, alpha: i.alpha_one_sided }),
    ),
  ],
  ['tango_paired_ci', method({ ...counts, confidence: x }, (i) => tangoInterval(paired(i), i.confidence))],
  ['tango_score_z', method({ worse: x, better: x, n: x, delta0: x }, (i) => tangoZ(i, i.delta0))],
  [
    'clustered_se',
    method({ scores: xs, clusters }, ({ scores, clusters }) => {
      const figures = clusteredMean(scores, clusters)
      return {
        mean: figures.mean,
        se_iid: figures.seIid,
        se_clustered_miller: figures.seClustered,
        se_clustered_cr1: figures.seCorrected,
        G: figures.clusters,
        effective_clusters: figures.effectiveClusters,
      }
    }),
  ],
  [
    'bp_clustered_t_ci',
    method({ d: xs, k: x, clusters, confidence: x }, (i) => {
      const { center, se, df, interval } = bonettPrice(i)
      return { center, se, df, ci: interval }
    }),
  ],
  [
    'score_bound',
    method({ d: xs, clusters, m: x, crit: x }, ({ d, clusters, m, crit }) => {
      const units = unitsOf(d, clusters)
      return { z: scoreZ(units, m), lower: scoreLowerBound(units, crit) }
    }),
  ],
  [
    'signflip_exact',
    method({ d: xs }, ({ d }) => {
      const { worse, better } = signFlip(d)
      return {
        p_worse_exact: worse.exact,
        p_worse_midp: worse.midP,
        p_better_exact: better.exact,
        p_better_midp: better.midP,
      }
    }),
  ],
  ['monte_carlo_p', method({ extreme: x, resamples: x }, (i) => monteCarloP(i.extreme, i.resamples))],
  ['holm', method({ p: xs }, ({ p }) => holm(p))],
  ['benjamini_hochberg', method({ p: xs }, ({ p }) => benjaminiHochberg(p))],
  ['pass_at_k', method({ n: x, c: x, k: x }, ({ n, c, k }) => passAtK(n, c, k))],
  ['pass_hat_k', method({ n: x, c: x, k: x }, ({ n, c, k }) => passHatK(n, c, k))],
  [
    'required_n',
    method({ ...design, delta: x }, ({ delta, ...i }) => ({
      n_exact: requiredCasesExact({ ...designOf(i), delta }),
      n: requiredCases({ ...designOf(i), delta }),
    })),
  ],
  ['mde', method({ ...design, n: x }, ({ n, ...i }) => smallestDetectable({ ...designOf(i), n }))],
  [
    'variance_decomposition',
    method({ scores }, ({ scores }) => {
      const { mean, within, varOfCaseMeans, between, icc, seMean } = varianceParts(scores)
      return { mean, within, var_of_case_means: varOfCaseMeans, between, icc, se_mean: seMean }
    }),
  ],
  [
    'paired_variance_decomposition',
    method({ baseline: scores, candidate: scores }, ({ baseline, candidate }) => {
      const { delta, varD, withinA, withinB, omega2 } = pairedVarianceParts(baseline, candidate)
      return { delta, var_d: varD, within_a: withinA, within_b: withinB, omega2 }
    }),
  ],
  [
    'quantile_ci_ranks',
    method({ n: x, q: x, confidence: x }, (i) => {
      const { lower, upper, coverage } = quantileRanks(i)
      return { lower_rank: lower, upper_rank: upper, coverage }
    }),
  ],
  [
    'quantile_ci',
    method({ x: xs, q: x, confidence: x }, (i) => quantileInterval(sampleOf(i.x), i.q, i.confidence)),
  ],
  ['quantile_type7', method({ x: xs, q: x }, (i) => quantile(sampleOf(i.x), probability(i.q)))],
  ['min_n_quantile_upper', method({ q: x, alpha: x }, ({ q, alpha }) => minSampleForUpper(q, alpha))],
  ['mcnemar_e_value_worse', method({ b: x, c: x }, ({ b, c }) => mcnemarEValue(b, c))],
  [
    'betting_e_process',
    method(
      { d: xs, m: x, alpha: x, direction: z.enum(['less', 'greater']), trunc: x },
      ({ d, m, alpha, direction, trunc }) => {
        const process = new BettingProcess({ m, alpha, direction, truncation: trunc })
        return { capital: d.map((x) => process.add(x)), final: process.capital, max: process.best }
      },
    ),
  ],
  ...GATE_METHODS,
])

function paired(i: { bothPass: number; worse: number; better: number; bothFail: number }) {
  return { worse: i.worse, better: i.better, n: i.bothPass + i.worse + i.better + i.bothFail }
}

function designOf(i: { [Name in keyof typeof design]: number }) {
  const { alpha, power, omega2, sigma2_a, k_a, sigma2_b, k_b } = i
  return { alpha, power, omega2, withinA: sigma2_a, kA: k_a, withinB: sigma2_b, kB: k_b }
}

function sampleOf(values: number[]): SortedSample {
  const sample = sortedSample(values)
  if (sample === null) throw new RangeError('a sample must hold at least one number')
  return sample
}
