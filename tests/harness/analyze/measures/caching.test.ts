import { describe, expect, it } from 'vitest'
import { cachingTally } from '../../../../harness/analyze/measures/caching.ts'
import type { CachingEvidence } from '../../../../harness/model/evidence.ts'

function measure(rows: readonly Partial<CachingEvidence>[]) {
  const tally = cachingTally()
  for (const [index, row] of rows.entries()) {
    const evidence = { promptTokens: 1000, cacheRead: 0, cacheWrite: 0, savedUsd: 0, breakEven: null, ...row }
    const caseId = `case ${index % 10}`
    const trial = { caseId, unit: caseId, repeat: 0, outcome: 'passed', costUsd: 1 } as const
    tally.add({ kind: 'caching', ...evidence }, trial)
  }
  return Object.fromEntries(tally.finish().measures.map(({ name, ...rest }) => [name, rest]))
}

const written = { cacheWrite: 800, savedUsd: -0.002, breakEven: 2 }
const read = { cacheRead: 800, savedUsd: 0.006, breakEven: 2 }

describe('figures of the prompt cache', () => {
  it('are shares of tokens, and savings per thousand calls with what writing cost taken off', () => {
    const { read_share, saved_usd_per_1000, break_even } = measure([written, read, read, read])
    expect(read_share).toMatchObject({ value: 0.6, unit: 'share', n: { count: 4, of: 'calls' } })
    expect(saved_usd_per_1000?.value).toBeCloseTo(4, 12)
    expect(break_even).toMatchObject({ value: 2, unit: 'count' })
  })

  it('do not depend on the order of arrival', () => {
    const many = Array.from({ length: 40 }, (_, index) => (index % 7 === 0 ? written : read))
    expect(measure(many.toReversed())['read_share']?.value).toBe(measure(many)['read_share']?.value)
    expect(measure(many.toReversed())['saved_usd_per_1000']?.value).toBe(
      measure(many)['saved_usd_per_1000']?.value,
    )
  })

  it('name the latest request from which it pays, and none where it does not always', () => {
    expect(measure([written, { ...read, breakEven: 5 }])['break_even']?.value).toBe(5)
    expect(measure([written, { ...read, breakEven: null }])['break_even']?.value).toBeNull()
    expect(Object.keys(measure([{}, {}]))).toEqual(['read_share'])
  })

  it('say nothing of a cache that no call tells of, and count a call that does not where another does', () => {
    expect(measure([{ cacheRead: null }, { cacheRead: null }])).toMatchObject({
      read_share: { value: null, interval: null },
    })
    expect(measure([{ cacheRead: null }, read])['read_share']?.value).toBe(0.4)
  })

  it('say nothing of savings where a price is unknown, and nothing at all of nothing', () => {
    expect(measure([written, { savedUsd: null }])['saved_usd_per_1000']?.value).toBeNull()
    expect(measure([])['read_share']).toMatchObject({ value: null, interval: null })
  })
})
