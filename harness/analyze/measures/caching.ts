import type { CachingEvidence } from '../../model/evidence.ts'
import type { Measure } from '../../model/measure.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

const [CALLS, PROMPT, READ, SAVED] = [0, 1, 2, 3]
const SUMS = 4

/** Savings are added up in whole units of 10⁻¹² USD, so that the order does not show in the sum. */
const USD_UNITS = 1e12
const PER = 1000

/** What the model's own prompt cache did: how much of the prompts came from it, what that saved, and from which request on it pays. */
export function cachingTally(): MeasureTally<CachingEvidence> {
  const sums = new UnitSums(SUMS)
  let isPriced = true
  let latest = 0
  let isTold = false
  let hasCached = false
  let pays = true

  return {
    add({ promptTokens, cacheRead, cacheWrite, savedUsd, breakEven }, { unit: caseId }) {
      sums.add(caseId, CALLS, 1)
      sums.add(caseId, PROMPT, promptTokens)
      sums.add(caseId, READ, cacheRead ?? 0)
      if (cacheRead !== null) isTold = true
      if (savedUsd === null) isPriced = false
      else sums.add(caseId, SAVED, Math.round(savedUsd * USD_UNITS))
      if ((cacheRead ?? 0) + cacheWrite === 0) return
      hasCached = true
      if (breakEven === null) pays = false
      else latest = Math.max(latest, breakEven)
    },
    finish() {
      const n = { count: sums.total(CALLS), of: 'calls' }
      const nothing = { value: null, interval: null }
      const saved = sums.statistic((totals) => {
        const calls = totals[CALLS] ?? 0
        return calls === 0 ? null : (((totals[SAVED] ?? 0) / USD_UNITS) * PER) / calls
      })
      const read = sums.statistic((totals) => {
        const prompt = totals[PROMPT] ?? 0
        return prompt === 0 ? null : (totals[READ] ?? 0) / prompt
      })
      const readShare: Measure = {
        name: 'read_share',
        label: 'prompt tokens from the cache',
        ...(isTold ? read : nothing),
        n,
        unit: 'share',
        better: 'higher',
      }
      const worth: readonly Measure[] = [
        {
          name: 'saved_usd_per_1000',
          label: 'saved by caching, per 1,000 calls',
          ...(isPriced ? saved : nothing),
          n,
          unit: 'usd',
          better: 'higher',
        },
        {
          name: 'break_even',
          label: 'requests from which caching pays',
          value: pays ? latest : null,
          interval: null,
          n,
          unit: 'count',
          better: 'lower',
        },
      ]
      // A column that caches nothing has nothing to weigh up.
      return {
        measures: hasCached ? [readShare, ...worth] : [readShare],
        tables: [],
      }
    },
  }
}
