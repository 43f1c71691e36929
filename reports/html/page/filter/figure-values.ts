import type { Arm } from '../model/arm.ts'
import type { Figure, FigureName } from './term.ts'

/** A number for each row; NaN where there is none. */
export type FigureValues = Float32Array | Uint16Array | Uint8Array

const sums = new WeakMap<Arm, Float32Array>()

/** The figures of a run's rows. Repeats count from 0, as in the record. */
export function figureValues(arm: Arm, figure: Figure, metrics: readonly string[]): FigureValues {
  if (figure.of === 'metric')
    return arm.metrics[metrics.indexOf(figure.name)] ?? new Float32Array(arm.rows).fill(Number.NaN)
  return READERS[figure.of](arm)
}

const READERS: Readonly<Record<FigureName, (arm: Arm) => FigureValues>> = {
  score: (arm) => arm.score,
  latency: (arm) => arm.latencyMs,
  ttft: (arm) => arm.ttftMs,
  cost: (arm) => arm.costUsd,
  attempts: (arm) => arm.attempts,
  repeat: (arm) => arm.repeat,
  tokens: tokensOf,
}

/** Input and output together; what a provider leaves out counts nothing where it tells the other. */
function tokensOf(arm: Arm): Float32Array {
  let sum = sums.get(arm)
  if (sum === undefined) {
    sum = new Float32Array(arm.rows)
    for (let row = 0; row < arm.rows; row++) {
      const input = arm.tokensIn[row] as number
      const output = arm.tokensOut[row] as number
      sum[row] = Number.isNaN(input) ? output : Number.isNaN(output) ? input : input + output
    }
    sums.set(arm, sum)
  }
  return sum
}
