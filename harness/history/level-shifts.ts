import type { HistoryEntry, LevelShift, LookedAt } from '../model/history.ts'
import { holm } from '../stats/multiple.ts'
import { type ChangePoint, pettitt } from '../stats/pettitt.ts'
import { sortedSample, quantile } from '../stats/quantile.ts'
import { probability } from '../stats/probability.ts'
import { allSeries, type Point, RUNS_TO_TELL, type Series } from './series.ts'

const ALPHA = 0.05
/** Runs on either side of a shift. */
const LEAST_BESIDE = 4
const MEDIAN = probability(0.5)
/** Digits by which figures differ that are not told apart: sums of the same numbers may end otherwise. */
const DIGITS = 9

/**
 * Lasting changes of level in a suite's runs: Pettitt's test once for each column and measure, Holm over all of them, so that the
 * chance of any false alarm in one look is 5%. Every new run is another look.
 *
 * A column is followed as it stands now: by its runs with the hash that the newest one has, where there are eight; a shift among them
 * is no work of the prompt's. With fewer, all runs under its name are taken, and a shift is `explained` where the hash changed
 * with that run or the one before or after it, since the test may place it one off.
 * @param runs oldest first
 */
export function levelShifts(runs: readonly HistoryEntry[]): LevelShift[] {
  const series = allSeries(runs).filter((each) => each.points.length >= RUNS_TO_TELL && isVaried(each))
  const changes = series.map((each) => pettitt(figuresOf(each)))
  const adjusted = holm(changes.map(({ p }) => p))
  return series.flatMap((each, i) => {
    const change = changes[i]
    const p = adjusted[i]
    return change === undefined || p === undefined ? [] : shiftOf(each, change, p)
  })
}

/** How much there was to look at, and how much it takes. */
export function lookedAt(runs: readonly HistoryEntry[]): LookedAt {
  const series = allSeries(runs)
  return {
    runs: Math.max(0, ...series.map(({ points }) => points.length)),
    needed: runsNeeded(series.filter(isVaried).length),
  }
}

/** The fewest runs of which the cleanest step of all, in their middle, is significant among so many series. */
function runsNeeded(series: number): number {
  let runs = RUNS_TO_TELL
  while (pettitt(Array.from({ length: runs }, (_, i) => i)).p * series >= ALPHA) runs++
  return runs
}

/** What never changed is no chance of a false alarm either. */
function isVaried(series: Series): boolean {
  return new Set(figuresOf(series)).size > 1
}

function figuresOf({ points }: Series): number[] {
  return points.map(({ value }) => Number(value.toPrecision(DIGITS)))
}

function shiftOf({ column, measure, points }: Series, { index }: ChangePoint, p: number): LevelShift[] {
  const [before, after] = [points.slice(0, index), points.slice(index)]
  const [first] = after
  if (first === undefined || p >= ALPHA || Math.min(before.length, after.length) < LEAST_BESIDE) return []
  return [
    {
      column,
      measure,
      at: first.run,
      before: medianOf(before),
      after: medianOf(after),
      runs: { before: before.length, after: after.length },
      p,
      method: 'pettitt',
      explained: [index - 1, index, index + 1].some((at) => isOther(points, at)),
    },
  ]
}

/** True where a column's hash is another one than in the run before. */
function isOther(points: readonly Point[], at: number): boolean {
  const [before, here] = [points[at - 1], points[at]]
  return before !== undefined && here !== undefined && before.hash !== here.hash
}

function medianOf(points: readonly Point[]): number {
  const sample = sortedSample(points.map(({ value }) => value))
  return sample === null ? NaN : quantile(sample, MEDIAN)
}
