import { START } from '../execute/limits/adaptive-limit.ts'
import { limitOf } from '../execute/limits/limit-of.ts'
import type { AccountLimit, Suite } from '../model/suite.ts'

const SECONDS_PER_MINUTE = 60

/** What one account is to do. */
export interface Work {
  readonly account: string
  readonly calls: number
  readonly tokens: number
  /** Seconds of model time, one call after the other. */
  readonly busySeconds: number | 'unknown'
}

/** How long the slowest account takes, and what holds it back. */
export interface TimeForecast {
  readonly seconds: number | 'unknown'
  /** By the limits a minute alone: known before a first run too. */
  readonly secondsAtLeast: number
  readonly limitedBy: { readonly account: string; readonly limit: 'concurrency' | 'rpm' | 'tpm' } | undefined
}

interface Pace {
  readonly suite: Suite
  /** Calls in flight per account, instead of what the suite says. */
  readonly concurrency: number | undefined
  /** What accounts without a written limit had in flight in their last run. */
  readonly inFlight: ReadonlyMap<string, number>
}

/** Accounts work side by side: the run takes as long as its slowest, which takes as long as its tightest limit. */
export function forecastTime(works: readonly Work[], pace: Pace): TimeForecast {
  let slowest = 0
  let atLeast = 0
  let limitedBy: TimeForecast['limitedBy']
  for (const work of works) {
    const limits = limitOf(work.account, pace.suite, pace.concurrency)
    for (const [limit, seconds] of Object.entries(takes(work, limits, pace)) as [
      keyof AccountLimit,
      number,
    ][]) {
      if (limit !== 'concurrency') atLeast = Math.max(atLeast, seconds)
      if (seconds <= slowest) continue
      slowest = seconds
      limitedBy = { account: work.account, limit }
    }
  }
  const isKnown = works.every(({ busySeconds }) => busySeconds !== 'unknown')
  return { seconds: isKnown ? slowest : 'unknown', secondsAtLeast: atLeast, limitedBy }
}

/** Seconds under each limit alone. */
function takes(
  { account, calls, tokens, busySeconds }: Work,
  { concurrency, rpm, tpm }: AccountLimit,
  { suite, inFlight }: Pace,
): Record<keyof AccountLimit, number> {
  const atOnce = suite.serial ? 1 : (concurrency ?? Math.max(1, inFlight.get(account) ?? START))
  return {
    concurrency: busySeconds === 'unknown' ? 0 : busySeconds / atOnce,
    rpm: rpm === undefined ? 0 : (calls / rpm) * SECONDS_PER_MINUTE,
    tpm: tpm === undefined ? 0 : (tokens / tpm) * SECONDS_PER_MINUTE,
  }
}
