import { describe, expect, it } from 'vitest'
import { levelShifts, lookedAt } from '../../../harness/history/level-shifts.ts'
import type { HistoryColumn, HistoryEntry } from '../../../harness/model/history.ts'
import { makeRandom } from '../../../harness/stats/random.ts'
import { makeColumn, makeEntry, runId } from './make-runs.ts'

/** A run for each latency, in ms. */
function runsOf(
  latencies: readonly number[],
  of: (i: number) => Partial<HistoryColumn> = () => ({}),
): HistoryEntry[] {
  return latencies.map((latency, i) => makeEntry(i, { latency, ...of(i) }))
}

/** `n` latencies that wobble a little, from `base` on. */
function around(base: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => base + ((i * 7) % 5))
}

const STEP = [...around(30, 12), ...around(55, 9)]

describe('a lasting change of level', () => {
  it('is found with its run, its sizes and its medians', () => {
    const [shift, ...others] = levelShifts(runsOf(STEP))
    expect(others).toStrictEqual([])
    expect(shift).toMatchObject({
      column: { prompt: 'few-shot', provider: 'sonnet' },
      measure: 'latency',
      at: runId(12),
      before: 32,
      after: 57,
      runs: { before: 12, after: 9 },
      method: 'pettitt',
      explained: false,
    })
    expect(shift?.p).toBeLessThan(0.001)
  })

  it('is found in every measure', () => {
    for (const measure of ['quality', 'latency', 'cost', 'refusal', 'length'] as const) {
      const runs = STEP.map((value, i) => makeEntry(i, { [measure]: value / 100 }))
      expect(levelShifts(runs).map((shift) => shift.measure)).toStrictEqual([measure])
    }
  })

  it('is not one that a single run shows, or three', () => {
    expect(levelShifts(runsOf([...around(30, 20), 90]))).toStrictEqual([])
    expect(levelShifts(runsOf([...around(30, 20), 90, 91, 92]))).toStrictEqual([])
  })

  it('cannot be told from seven runs', () => {
    expect(levelShifts(runsOf([30, 31, 32, 90, 91, 92, 93]))).toStrictEqual([])
    expect(levelShifts(runsOf([30, 31, 32, 33, 90, 91, 92, 93]))).toHaveLength(1)
  })

  it('takes no account of runs of a part of the suite, nor of those without a verdict', () => {
    const bad = [{ isWhole: false }, { decision: 'invalid', exitCode: 3 }] as const
    for (const parts of bad) {
      const runs = STEP.map((latency, i) => makeEntry(i, { latency }, i < 12 ? {} : parts))
      expect(levelShifts(runs)).toStrictEqual([])
    }
  })

  it('takes no account of replies that were replayed: a dozen copies are one draw', () => {
    const replayed = (i: number): Partial<HistoryColumn> => ({
      quality: i < 12 ? 0.8 : 0.7,
      latency: null,
      replayed: i === 0 || i === 12 ? 0 : 10,
    })
    expect(levelShifts(runsOf(STEP, replayed))).toStrictEqual([])
    expect(levelShifts(runsOf(STEP, (i) => ({ ...replayed(i), replayed: 4 })))).toMatchObject([
      { measure: 'quality' },
    ])
  })

  it('is explained where the prompt or the model’s config changed with that run, or one beside it', () => {
    const at = (changed: number) =>
      levelShifts(runsOf([...around(30, 12), ...around(55, 6)], (i) => ({ hash: i < changed ? 'a' : 'b' })))
    for (const changed of [11, 12, 13])
      expect(at(changed)).toMatchObject([{ at: runId(12), explained: true }])
    expect(at(16)).toMatchObject([{ at: runId(12), explained: false }])
  })

  it('is looked for since the prompt is what it is, where that has lasted long enough', () => {
    // Another prompt was slower; the drift is among the runs of this one.
    const latencies = [...around(200, 8), ...STEP]
    const [shift] = levelShifts(runsOf(latencies, (i) => ({ hash: i < 8 ? 'a' : 'b' })))
    expect(shift).toMatchObject({
      at: runId(20),
      before: 32,
      runs: { before: 12, after: 9 },
      explained: false,
    })
  })

  it('is looked for among the runs of one prompt, though another was tried between them', () => {
    const latencies = STEP.flatMap((latency) => [latency, 300])
    const runs = runsOf(latencies, (i) => ({ hash: i % 2 === 0 ? 'a' : 'b' })).slice(0, -1)
    expect(levelShifts(runs)).toMatchObject([
      { at: runId(24), runs: { before: 12, after: 9 }, explained: false },
    ])
  })

  it('is looked for in the columns of the newest run alone', () => {
    const runs = runsOf(STEP)
    expect(levelShifts([...runs, makeEntry(30, { prompt: 'another' })])).toStrictEqual([])
  })

  it('is none where nothing was measured, or nothing ever changed', () => {
    expect(levelShifts(runsOf(STEP, () => ({ latency: null })))).toStrictEqual([])
    expect(levelShifts(runsOf(Array<number>(30).fill(100)))).toStrictEqual([])
    expect(levelShifts([])).toStrictEqual([])
  })

  it('is none where figures differ by what a sum is rounded to', () => {
    const rounding = (i: number): Partial<HistoryColumn> => ({
      latency: null,
      cost: i < 10 ? 0.1 + 0.2 : 0.3,
    })
    expect(levelShifts(runsOf(around(30, 20), rounding))).toStrictEqual([])
  })

  it('is a false alarm in no more than 6 of 100 histories, however many columns and measures there are', () => {
    const random = makeRandom(1)
    const noisy = (prompt: string): HistoryColumn =>
      makeColumn({
        prompt,
        quality: random(),
        latency: random(),
        cost: random(),
        refusal: random(),
        length: random(),
      })
    const alarms = Array.from({ length: 300 }, () => {
      const runs = Array.from({ length: 16 }, (_, i) =>
        makeEntry(i, {}, { columns: ['a', 'b', 'c', 'd'].map(noisy) }),
      )
      return levelShifts(runs).length > 0
    })
    expect(alarms.filter(Boolean).length / alarms.length).toBeLessThanOrEqual(0.06)
  })
})

describe('how much there is to look at', () => {
  /** Runs of so many columns, each of whose figures wobbles in every run but the cost. */
  const wobbling = (columns: number, runs: number): HistoryEntry[] =>
    Array.from({ length: runs }, (_, i) => {
      const moved = { quality: 0.8 + i / 100, latency: 30 + i, refusal: i / 100, length: 20 + i }
      return makeEntry(
        i,
        {},
        {
          columns: Array.from({ length: columns }, (_each, c) =>
            makeColumn({ provider: `m${c}`, cost: 1, ...moved }),
          ),
        },
      )
    })

  it('says how many runs it takes: with several columns more, since each of their measures may raise an alarm', () => {
    expect(lookedAt(runsOf(around(30, 5)))).toStrictEqual({ runs: 5, needed: 8 })
    expect(lookedAt(wobbling(1, 9))).toStrictEqual({ runs: 9, needed: 10 })
    expect(lookedAt(wobbling(4, 11))).toStrictEqual({ runs: 11, needed: 12 })
  })

  it('is right about it: the cleanest step of one column shows with so many runs, and not with one less', () => {
    for (const columns of [1, 2, 4]) {
      const { needed } = lookedAt(wobbling(columns, 20))
      const shiftsIn = (runs: number): number => levelShifts(wobbling(columns, runs)).length
      expect(shiftsIn(needed)).toBeGreaterThan(0)
      expect(shiftsIn(needed - 1)).toBe(0)
    }
  })

  it('counts the runs of a column as it stands now, where only these are looked at', () => {
    const runs = runsOf(around(30, 30), (i) => ({ hash: i < 20 ? 'a' : 'b' }))
    expect(lookedAt(runs).runs).toBe(10)
  })

  it('takes replies that were all refused with an error for fresh ones', () => {
    const runs = runsOf(around(30, 16), (i) => ({
      refusal: i < 8 ? 0 : 1,
      scored: i < 8 ? 10 : 0,
      latency: null,
    }))
    expect(levelShifts(runs)).toMatchObject([{ measure: 'refusal', at: runId(8) }])
  })
})
