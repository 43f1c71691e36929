import type { ArmFigures } from '../../model/comparison.ts'
import { clusteredMean } from '../../stats/clustered-mean.ts'
import { positive, probability } from '../../stats/probability.ts'
import { tQuantile } from '../../stats/student-t.ts'
import { wilson } from '../../stats/wilson.ts'
import type { PairedScores } from './paired-scores.ts'

/**
 * Mean and 95% interval of one arm's scores, in [0, 1]. Of a rate of single runs Wilson's; else from the clustered standard error
 * (Miller 2024, eq. 4). Where all units are alike that error is 0 and proves nothing: then Wilson's, of as many units.
 */
export function armFigures(
  scores: Float64Array,
  { units, binary, k }: Pick<PairedScores, 'units' | 'binary' | 'k'>,
): ArmFigures {
  if (binary && k === 1 && units === undefined) {
    // Whole numbers: their sum is exact.
    const passed = scores.reduce((sum, score) => sum + score, 0)
    return byWilson(passed / scores.length, scores.length)
  }
  const { mean, seCorrected, effectiveClusters } = clusteredMean(scores, units)
  const centre = Math.min(1, Math.max(0, mean))
  if (seCorrected === null || seCorrected < 1e-12 || effectiveClusters < 1 + 1e-9)
    return byWilson(centre, effectiveClusters)
  const half = tQuantile(0.975, effectiveClusters - 1) * seCorrected
  return { mean: centre, interval: [Math.max(0, centre - half), Math.min(1, centre + half)] }
}

function byWilson(rate: number, n: number): ArmFigures {
  const { lo, hi } = wilson(probability(rate), positive(n))
  return { mean: rate, interval: [lo, hi] }
}
