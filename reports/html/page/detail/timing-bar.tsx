import { duration } from '../../../format/figures.ts'
import type { TimingPart } from './timing-parts.ts'

const KINDS: Record<TimingPart['kind'], { readonly word: string; readonly inLatency: boolean }> = {
  backoff: { word: 'backoff', inLatency: false },
  queued: { word: 'queued', inLatency: false },
  first: { word: 'to first token', inLatency: true },
  rest: { word: 'rest of the reply', inLatency: true },
}

/** Where a call's time went, at its place in the time of all calls. The figures stand beside it. */
export function TimingBar({
  parts,
  totalMs,
}: {
  readonly parts: readonly TimingPart[]
  readonly totalMs: number
}) {
  return (
    <div class="timing" aria-hidden="true">
      {parts.map(({ kind, from, ms }) => (
        <span
          key={kind}
          class={kind}
          title={`${KINDS[kind].word}: ${duration(ms)}`}
          style={{ left: `${(from / totalMs) * 100}%`, width: `${(ms / totalMs) * 100}%` }}
        />
      ))}
    </div>
  )
}

/** What the parts of the bars are, and which of them are latency. */
export function TimingKey() {
  const kinds = Object.entries(KINDS)
  const ofLatency = (inLatency: boolean) =>
    kinds
      .filter(([, kind]) => kind.inLatency === inLatency)
      .map(([name, { word }]) => (
        <span key={name}>
          <i class={`swatch ${name}`} aria-hidden="true" /> {word}
        </span>
      ))
  return (
    <p class="timing-key">
      {ofLatency(false)}
      <span class="quiet">(not latency)</span>
      {ofLatency(true)}
      <span class="quiet">(together: latency)</span>
    </p>
  )
}
