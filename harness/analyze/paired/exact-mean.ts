import { ExactSum } from '../../stats/exact-sum.ts'

/** The mean of finite numbers, without what a long sum rounds off: that of equal ones is that one. */
export function exactMean(values: ArrayLike<number>): number {
  const sum = new ExactSum()
  for (let i = 0; i < values.length; i++) sum.add(values[i] as number)
  return sum.value / values.length
}
