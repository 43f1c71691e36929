import type { CaseInfo } from './observation.ts'
import type { PairedCases } from './pair-cases.ts'
import type { ColumnView } from './column-view.ts'

/** Values of one figure in two columns, case by case, as far as both have them. */
export interface PairedScores {
  readonly cases: readonly CaseInfo[]
  /** Means of each case's first repeats, as many in one column as in the other. */
  readonly base: Float64Array
  readonly candidate: Float64Array
  /** Numbers of the cases, for the column views. */
  readonly numbers: { readonly base: Int32Array; readonly candidate: Int32Array }
  /** Repeats behind each mean. */
  readonly ks: Uint16Array
  /** The largest of them. */
  readonly k: number
  readonly units?: readonly number[]
  /** True where every score is 0 or 1. */
  readonly binary: boolean
  readonly least: number
  readonly most: number
  /** Cases without a finished repeat in one of the columns. */
  readonly missing: number
  /** Cases of which the columns have unequal numbers of repeats, those without any in one of them left out. */
  readonly unequal: number
}

/** Reads the values of one case into a list, and returns how many there are. */
type Read = (view: ColumnView, caseIndex: number, into: number[]) => number

/** Reads one metric. */
export function readMetric(metric: string): Read {
  return (view, caseIndex, into) => view.read(metric, caseIndex, into)
}

export const readLatency: Read = (view, caseIndex, into) => view.readLatencies(caseIndex, into)

export const readCost: Read = (view, caseIndex, into) => view.readCosts(caseIndex, into)

/**
 * Pairs the values of two columns. A case counts with its first min(k) finished repeats of either: the sign-flip test needs as many
 * of one as of the other (method.md, section 0). One with none in a column is left out, and counted.
 */
export function pairScores(
  base: ColumnView,
  candidate: ColumnView,
  { cases, units }: PairedCases,
  read: Read,
): PairedScores {
  const n = cases.length
  const numbers = { base: base.numbers.ofAll(cases), candidate: candidate.numbers.ofAll(cases) }
  const means = { base: new Float64Array(n), candidate: new Float64Array(n) }
  const [ks, places] = [new Uint16Array(n), new Int32Array(n)]
  const [olds, news]: [number[], number[]] = [[], []]
  let [kept, k, least, most, binary, unequal] = [0, 0, Infinity, -Infinity, true, 0]
  for (let i = 0; i < n; i++) {
    const kBase = read(base, numbers.base[i] as number, olds)
    const kCandidate = read(candidate, numbers.candidate[i] as number, news)
    const repeats = Math.min(kBase, kCandidate, 0xffff)
    if (repeats === 0) continue
    if (kBase !== kCandidate) unequal++
    let [sumBase, sumCandidate] = [0, 0]
    for (let r = 0; r < repeats; r++) {
      const [old, now] = [olds[r] as number, news[r] as number]
      sumBase += old
      sumCandidate += now
      least = Math.min(least, old, now)
      most = Math.max(most, old, now)
      binary &&= (old === 0 || old === 1) && (now === 0 || now === 1)
    }
    means.base[kept] = sumBase / repeats
    means.candidate[kept] = sumCandidate / repeats
    ks[kept] = repeats
    places[kept++] = i
    k = Math.max(k, repeats)
  }
  const all = kept === n
  const keep = <T>(list: ArrayLike<T>): T[] => Array.from(places.subarray(0, kept), (i) => list[i] as T)
  return {
    // The list itself where nothing is missing: what was worked out for it is found again.
    cases: all ? cases : keep(cases),
    base: means.base.subarray(0, kept),
    candidate: means.candidate.subarray(0, kept),
    numbers: all
      ? numbers
      : { base: Int32Array.from(keep(numbers.base)), candidate: Int32Array.from(keep(numbers.candidate)) },
    ks: ks.subarray(0, kept),
    k,
    ...(units !== undefined && { units: all ? units : keep(units) }),
    binary,
    least,
    most,
    missing: n - kept,
    unequal,
  }
}

/** The values behind the means of one column, one list a case. */
export function repeatsOf(
  view: ColumnView,
  numbers: Int32Array,
  { ks }: Pick<PairedScores, 'ks'>,
  read: Read,
): number[][] {
  return Array.from(numbers, (number, i) => {
    const values: number[] = []
    read(view, number, values)
    return values.slice(0, ks[i])
  })
}

/**
 * What stands for the repeats of all cases where a single number must: their harmonic mean, since 1/k is what the width of an
 * interval goes by. With the largest, one case of five repeats would make many of one look as sure.
 */
export function typicalRepeats({ ks, k }: Pick<PairedScores, 'ks' | 'k'>): number {
  if (ks.every((repeats) => repeats === k)) return k
  return ks.length / ks.reduce((sum, repeats) => sum + 1 / repeats, 0)
}

/** Some of the cases, by their place in the list. */
export function subset(scores: PairedScores, places: readonly number[]): PairedScores {
  const { cases, base, candidate, numbers, ks, units } = scores
  return {
    ...scores,
    cases: places.map((i) => cases[i] as CaseInfo),
    base: Float64Array.from(places, (i) => base[i] as number),
    candidate: Float64Array.from(places, (i) => candidate[i] as number),
    numbers: {
      base: Int32Array.from(places, (i) => numbers.base[i] as number),
      candidate: Int32Array.from(places, (i) => numbers.candidate[i] as number),
    },
    ks: Uint16Array.from(places, (i) => ks[i] as number),
    k: places.reduce((most, i) => Math.max(most, ks[i] as number), 0),
    ...(units !== undefined && { units: places.map((i) => units[i] as number) }),
  }
}
