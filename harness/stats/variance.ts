import { finiteSample, sameLength } from './argument.ts'

/** Where the variance of one arm's scores lies. Squares of the score's unit; null where the data cannot say. */
export interface OneArmVariance {
  readonly mean: number
  /** Within a case, over its repeats: the mean s² of the cases with two repeats or more. */
  readonly within: number | null
  /** Of the case means, with n − 1; null for one case. */
  readonly varOfCaseMeans: number | null
  /** Of the true case means: that of the observed ones less what repeats add to it. */
  readonly between: number | null
  /** Share of the variance that lies between cases. */
  readonly icc: number | null
  readonly seMean: number | null
}

/** Total variance by its law, from scores per case and repeat (Miller 2024, arXiv:2411.00640; the ANOVA estimator). */
export function varianceParts(scores: readonly (readonly number[])[]): OneArmVariance {
  const { means, within, perCaseMean } = parts(scores)
  const varOfCaseMeans = variance(means)
  const between =
    within === null || perCaseMean === null || varOfCaseMeans === null
      ? null
      : Math.max(0, varOfCaseMeans - perCaseMean)
  const all = between === null || within === null ? 0 : between + within
  return {
    mean: mean(means),
    within,
    varOfCaseMeans,
    between,
    icc: between === null || all === 0 ? null : between / all,
    seMean: varOfCaseMeans === null ? null : Math.sqrt(varOfCaseMeans / means.length),
  }
}

/** Where the variance of paired differences lies; null where the data cannot say. */
export interface PairedVariance {
  /** Mean of candidate − baseline over the cases. */
  readonly delta: number
  /** Of the observed differences of case means; null for one case. */
  readonly varD: number | null
  readonly withinA: number | null
  readonly withinB: number | null
  /** ω²: of the true differences, what is left of `varD` without the repeats' part. */
  readonly omega2: number | null
}

/** The same of two arms over the same cases, case by case (Miller 2024). */
export function pairedVarianceParts(
  baseline: readonly (readonly number[])[],
  candidate: readonly (readonly number[])[],
): PairedVariance {
  sameLength('baseline and candidate', baseline, candidate)
  const [a, b] = [parts(baseline), parts(candidate)]
  const d = b.means.map((x, i) => x - (a.means[i] as number))
  const varD = variance(d)
  const known = varD !== null && a.perCaseMean !== null && b.perCaseMean !== null
  return {
    delta: mean(d),
    varD,
    withinA: a.within,
    withinB: b.within,
    omega2: known ? Math.max(0, varD - a.perCaseMean - b.perCaseMean) : null,
  }
}

interface Parts {
  readonly means: number[]
  readonly within: number | null
  /** What repeats add to the variance of case means: within / k, averaged over the cases' repeats. */
  readonly perCaseMean: number | null
}

function parts(scores: readonly (readonly number[])[]): Parts {
  if (scores.length === 0) throw new RangeError('scores must hold at least one case')
  const means: number[] = []
  const withins: number[] = []
  let shares = 0
  for (const repeats of scores) {
    means.push(mean(finiteSample('the scores of a case', repeats)))
    const s2 = variance(repeats)
    if (s2 !== null) withins.push(s2)
    shares += 1 / repeats.length
  }
  const within = withins.length === 0 ? null : mean(withins)
  return { means, within, perCaseMean: within === null ? null : (within * shares) / scores.length }
}

function mean(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0) / xs.length
}

function variance(xs: readonly number[]): number | null {
  if (xs.length < 2) return null
  const centre = mean(xs)
  return xs.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (xs.length - 1)
}
