import type { LatencySummary } from '../model/analysis.ts'
import { probability } from '../stats/probability.ts'
import { quantile, sortedSample } from '../stats/quantile.ts'
import { Samples } from './growing.ts'

const MEDIAN = probability(0.5)
const P95 = probability(0.95)

/** Latencies, those that can be trusted apart from those that may hide the provider's own queueing and retries. */
export class LatencyTally {
  readonly #trusted = new Samples()
  readonly #untrusted = new Samples()

  add(ms: number | null, trusted: boolean): void {
    if (ms !== null && Number.isFinite(ms)) (trusted ? this.#trusted : this.#untrusted).push(ms)
  }

  /** Of the trusted ones; where there are none, of the others, and marked so. */
  finish(): LatencySummary {
    const trusted = this.#trusted.values.length > 0 || this.#untrusted.values.length === 0
    const sample = sortedSample(trusted ? this.#trusted.values : this.#untrusted.values)
    if (sample === null) return { p50: null, p95: null, n: 0, trusted }
    const [p50, p95] = [quantile(sample, MEDIAN), quantile(sample, P95)]
    return { p50, p95, n: sample.length, trusted }
  }
}
