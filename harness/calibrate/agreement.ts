import type { Agreement, Figure } from '../model/calibration.ts'
import { clusterBootstrap } from '../stats/cluster-bootstrap.ts'
import { cohenKappa } from '../stats/cohen-kappa.ts'
import { krippendorffAlpha } from '../stats/krippendorff-alpha.ts'
import { positive, probability } from '../stats/probability.ts'
import { wilson } from '../stats/wilson.ts'

/** Places of people's label and the judge's on the scale, worst first from 0. */
export type Pair = readonly [human: number, judge: number]

/** How far a judge agrees with people. Rows are taken as independent. */
export function agreementOf(pairs: readonly Pair[], labels: readonly string[]): Agreement {
  const isOrdered = labels.length > 2
  const weights = isOrdered ? 'quadratic' : 'none'
  const measurement = isOrdered ? 'ordinal' : 'nominal'
  const kappa = cohenKappa(pairs, labels.length, weights)
  const alpha = krippendorffAlpha(pairs, measurement)
  const confusion = labels.map((_human, row) =>
    labels.map((_judge, column) => pairs.filter(([a, b]) => a === row && b === column).length),
  )
  return {
    exact: share(pairs.filter(([a, b]) => a === b).length, pairs.length),
    kappa: { value: kappa.value, interval: kappa.interval, weights },
    alpha: { value: alpha.value, interval: alpha.interval, measurement },
    bias: biasOf(pairs),
    recall: labels.map((label, row) => {
      const counts = confusion[row] ?? []
      const rows = counts.reduce((sum, count) => sum + count, 0)
      return { label, rows, ...share(counts[row] ?? 0, rows) }
    }),
    confusion,
  }
}

function biasOf(pairs: readonly Pair[]): Figure {
  const units = pairs.map(([human, judge]) => Float64Array.of(1, judge - human))
  const mean = ([n = 0, sum = 0]: Float64Array): number | null => (n === 0 ? null : sum / n)
  const sum = pairs.reduce((total, [human, judge]) => total + judge - human, 0)
  return {
    value: pairs.length === 0 ? null : sum / pairs.length,
    interval: clusterBootstrap(units, mean),
  }
}

function share(of: number, among: number): Figure {
  if (among === 0) return { value: null, interval: null }
  const rate = probability(of / among)
  const { lo, hi } = wilson(rate, positive(among))
  return { value: rate, interval: { lo, hi } }
}
