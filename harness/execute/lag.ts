import type { Manifest } from '../model/run.ts'
import type { Timers } from './timers.ts'

/** How late the event loop ran while models were asked, in milliseconds. */
interface LagSample {
  /** How much too late a reply that came at any moment was seen, at the 99th percentile of all moments, and at most. */
  readonly p99Ms: number
  readonly maxMs: number
  /** Moments looked at. */
  readonly samples: number
}

type Lag = NonNullable<Manifest['lag']>

interface LagWatch {
  /** Ends the watch. */
  stop(): LagSample
}

const EVERY_MS = 20

/** Lateness is counted by the millisecond up to here; what is later counts as this late, but for the maximum. */
const MAX_COUNTED_MS = 10_000

/** The 99th percentile of fewer samples is their maximum: one hiccup would convict a short run. */
const MIN_SAMPLES = 100
const LATE_MS = 20
const LATE_SHARE = 0.05

/**
 * Begins to watch how late timers fire. To be started when everything is imported and warm, and stopped with the last
 * call: it keeps the process alive.
 */
export function watchLag(timers: Timers): LagWatch {
  const counts = new Uint32Array(MAX_COUNTED_MS + 1)
  let [samples, maxMs] = [0, 0]
  const count = (lateMs: number) => {
    const bin = Math.min(MAX_COUNTED_MS, Math.floor(lateMs))
    counts[bin] = (counts[bin] ?? 0) + 1
    samples++
  }
  let cancel = () => {}
  const sampleNext = () => {
    const due = timers.now() + EVERY_MS
    cancel = timers.after(EVERY_MS, () => {
      const lateMs = Math.max(0, timers.now() - due)
      maxMs = Math.max(maxMs, lateMs)
      // A loop that stood still for a second missed the samples of that second: they are late too, each a little less.
      for (let late = lateMs, missed = 0; late >= 0 && missed <= MAX_COUNTED_MS; late -= EVERY_MS, missed++) {
        count(late)
      }
      sampleNext()
    })
  }
  sampleNext()
  return {
    stop() {
      cancel()
      return { p99Ms: percentile99(counts, samples), maxMs: Math.round(maxMs), samples }
    },
  }
}

/**
 * Whether the process was too busy to measure with: the loop ran over 20 ms late at the 99th percentile, and over a
 * twentieth of what was measured. Never of a run too short to tell (under two seconds), nor of one that measured nothing.
 * @param medianLatencyMs the shortest of the columns' median latencies, as it suffers most.
 */
export function judgeLag(
  { p99Ms, maxMs, samples }: LagSample,
  medianLatencyMs: number | null | undefined,
): Lag {
  const matters =
    typeof medianLatencyMs === 'number' && p99Ms > LATE_MS && p99Ms > LATE_SHARE * medianLatencyMs
  return { p99Ms, maxMs, tooBusy: matters && samples >= MIN_SAMPLES }
}

/** What to tell the user when `tooBusy`. */
export function busyWarning({ p99Ms, maxMs }: Lag): string {
  return (
    `this process was too busy to measure latency well: replies were seen up to ${p99Ms} ms late ` +
    `(99th percentile; at worst ${maxMs} ms), so latencies are too long by as much; lower --concurrency, free the ` +
    'CPU of other work, or leave heavy checks out of the run and add them with `assay verify`'
  )
}

function percentile99(counts: Uint32Array, samples: number): number {
  let beyond = samples * 0.01
  for (let ms = counts.length - 1; ms > 0; ms--) {
    beyond -= counts[ms] ?? 0
    if (beyond < 0) return ms
  }
  return 0
}
