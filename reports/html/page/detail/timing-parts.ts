import type { AttemptRecord } from '../../../../harness/model/trial.ts'

/** A stretch of one call's time. */
export interface TimingPart {
  readonly kind: 'backoff' | 'queued' | 'first' | 'rest'
  /** ms since the first call of the cell was asked for, as far as calls tell: what checks take between rounds is not in it. */
  readonly from: number
  readonly ms: number
}

/** The parts of every call in the order they happened, one after the other, and how long all took together in ms. */
export function timingParts(attempts: readonly AttemptRecord[]): {
  readonly calls: readonly (readonly TimingPart[])[]
  readonly totalMs: number
} {
  let at = 0
  const calls = attempts.map(({ timing }) => {
    const { backoffMs, queuedMs, latencyMs } = timing
    const first = firstTokenMs(timing) ?? 0
    const spans = [
      ['backoff', backoffMs],
      ['queued', queuedMs],
      ['first', first],
      ['rest', latencyMs - first],
    ] as const
    return spans.flatMap(([kind, ms]): TimingPart[] => {
      if (!(ms > 0)) return []
      const from = at
      at += ms
      return [{ kind, from, ms }]
    })
  })
  return { calls, totalMs: at }
}

/** ms to the first token: never more than the call took. Undefined where the provider did not stream. */
export function firstTokenMs({ ttftMs, latencyMs }: AttemptRecord['timing']): number | undefined {
  return ttftMs === undefined ? undefined : Math.min(Math.max(ttftMs, 0), latencyMs)
}
