import { describe, expect, it } from 'vitest'
import { Breaker } from '../../../../harness/execute/limits/breaker.ts'

describe('a breaker', () => {
  it('says nothing to four failures in a row, and to five with an answer among them', () => {
    const breaker = new Breaker(60_000, () => 1)
    for (let round = 0; round < 3; round++) {
      for (let now = 1; now <= 4; now++) expect(breaker.failed(now, now)).toBeUndefined()
      breaker.answered()
    }
  })

  it('waits a second after the fifth, then twice as long after each call that tries, at most 30 s', () => {
    const breaker = new Breaker(1e9, () => 1)
    for (let now = 1; now <= 4; now++) breaker.failed(now, now)
    const waits = Array.from({ length: 8 }, (_, index) => breaker.failed(10 + index, 10 + index))
    expect(waits).toStrictEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  it('waits a random part of that, nothing at the least', () => {
    const breaker = new Breaker(60_000, () => 0)
    for (let now = 1; now <= 4; now++) breaker.failed(now, now)
    expect(breaker.failed(5, 5)).toBe(0)
  })

  it('learns nothing more from the failures of calls that were in flight when it opened', () => {
    const breaker = new Breaker(60_000, () => 1)
    const waits = Array.from({ length: 64 }, () => breaker.failed(0, 100))
    expect(waits.filter((wait) => wait !== undefined)).toStrictEqual([1000])
    expect(breaker.failed(1200, 1201)).toBe(2000)
  })

  it('calls it an outage once all calls have failed for so long, and lets the last one try just then', () => {
    const breaker = new Breaker(2500, () => 1)
    for (let now = 0; now < 4; now++) breaker.failed(now, now)
    expect(breaker.failed(4, 4)).toBe(1000)
    expect(breaker.failed(1004, 1004)).toBe(1496)
    expect(breaker.isOutage(2499)).toBe(false)
    expect(breaker.isOutage(2500)).toBe(true)
    breaker.answered()
    expect(breaker.isOutage(9999)).toBe(false)
  })

  it('calls two failures no outage, however far apart', () => {
    const breaker = new Breaker(2500, () => 1)
    breaker.failed(0, 0)
    breaker.failed(9000, 9000)
    expect(breaker.isOutage(9000)).toBe(false)
  })
})
