import type { Interval } from './analysis.ts'
import { type ColumnName, isSameColumn } from './column-name.ts'
import type { Cost } from './usage.ts'
import type { Verdict } from './verdict.ts'

/** What is followed from run to run. */
export const MEASURES = ['quality', 'latency', 'cost', 'refusal', 'length'] as const
export type Measure = (typeof MEASURES)[number]

/** A column of one run, in the figures that are followed. Null where nothing was measured. */
export interface HistoryColumn extends ColumnName {
  /** Hash of the prompt and the provider's config: another one is another column under the same name. */
  readonly hash: string
  /** Cells that were scored. */
  readonly scored: number
  /** Cells whose reply was not made in this run, but replayed. */
  readonly replayed: number
  /** Pass rate. */
  readonly quality: number | null
  readonly interval: Interval | null
  /** Median, in ms, of fresh replies. */
  readonly latency: number | null
  /** USD a cell. */
  readonly cost: number | null
  /** Share of cells that were refused. */
  readonly refusal: number | null
  /** Mean output tokens of a scored cell. */
  readonly length: number | null
}

/** A run of a suite as its history keeps it. */
export interface HistoryEntry {
  readonly id: string
  /** Folder, from the suite's folder of runs. */
  readonly dir: string
  /** ISO time of its start. */
  readonly at: string
  readonly decision: Verdict['decision']
  readonly exitCode: Verdict['exitCode']
  readonly suiteHash: string
  readonly commit?: string
  readonly branch?: string
  /** False for a run of a part of the suite: it is listed, and no trend goes by it. */
  readonly isWhole: boolean
  readonly cells: {
    readonly planned: number
    readonly passed: number
    readonly failed: number
    readonly errored: number
    readonly absent: number
  }
  readonly spentUsd: Cost
  readonly columns: readonly HistoryColumn[]
}

/** A lasting change of level of one measure in one column. */
export interface LevelShift {
  readonly column: ColumnName
  readonly measure: Measure
  /** Id of the first run on the new level. */
  readonly at: string
  /** Medians of the runs before it, and from it on. */
  readonly before: number
  readonly after: number
  readonly runs: { readonly before: number; readonly after: number }
  readonly p: number
  /** Pettitt (1979), with a permutation p-value, after Holm over all series. */
  readonly method: 'pettitt'
  /** True where the prompt or the model's config changed with that run, or with one beside it: then it is no drift. */
  readonly explained: boolean
}

/** What a search for level shifts had to go by. */
export interface LookedAt {
  /** Of the column with the most: its runs that were looked at. */
  readonly runs: number
  /** Below so many no step of any column can be told from chance, be it ever so clean: the more series, the more. */
  readonly needed: number
}

/** The runs of a suite, oldest first. */
export interface History {
  readonly suite: string
  readonly runs: readonly HistoryEntry[]
  readonly shifts: readonly LevelShift[]
  readonly looked: LookedAt
  /** Folders that could not be read, and why: one sentence each. */
  readonly unread: readonly string[]
}

/** Runs that trends go by: of the whole suite, with a verdict on it. */
export function followedRuns(runs: readonly HistoryEntry[]): HistoryEntry[] {
  return runs.filter(({ isWhole, decision }) => isWhole && decision !== 'invalid')
}

export function columnIn(run: HistoryEntry, column: ColumnName): HistoryColumn | undefined {
  return run.columns.find((each) => isSameColumn(each, column))
}

/**
 * False where half of a column's replies or more were replayed: a reply that is shown twice was given once, and a dozen copies of one
 * draw are no level.
 */
export function isFresh({ replayed, scored }: HistoryColumn): boolean {
  return replayed === 0 || replayed * 2 < scored
}
