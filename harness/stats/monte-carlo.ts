import { wholeNumber } from './argument.ts'

/** p of a resampling test: (extreme + 1) / (resamples + 1), never 0 (Phipson & Smyth 2010, SAGMB 9:39). */
export function monteCarloP(extreme: number, resamples: number): number {
  wholeNumber('resamples', resamples, 1)
  if (wholeNumber('extreme', extreme) > resamples) throw new RangeError(`${extreme} extreme of ${resamples}`)
  return (extreme + 1) / (resamples + 1)
}
