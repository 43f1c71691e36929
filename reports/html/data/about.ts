import type { ColumnName } from '../../../harness/model/column-name.ts'
import type { ReviewMark } from '../../../harness/model/review.ts'

/** Format of the page's data. A page of another one is not read. */
export const FORMAT = 1

/** At most so many rows share a compressed block of texts; fewer where their texts are long. */
export const ROWS_PER_TEXT = 512

/** Hex digits of a cell's id that the page knows. */
export const ID_DIGITS = 16

/** What came of a row's case and column against the baseline. */
export const CHANGES = ['none', 'regressed', 'improved', 'same'] as const
export type ChangeWord = (typeof CHANGES)[number]

/** Outcomes by their number in the block. */
export const OUTCOMES = ['passed', 'failed', 'errored'] as const

/** Bits of a row's flags. */
export const FLAGS = {
  /** Repeats of its case disagree in its column. */
  flaky: 1,
  /** The reply was replayed: its latency is another run's. */
  replayed: 2,
  refused: 4,
  /** Token counts are a tokenizer's estimate. */
  estimated: 8,
  quarantined: 16,
  /** The column gates. */
  gates: 32,
  /** Latency includes what the provider hides. */
  untrusted: 64,
  /** The text is not in this page: left out for sharing. */
  withheld: 128,
} as const

/** One typed array of the numbers' block: little-endian, one after the other, each starting at a multiple of 8 bytes. */
export interface Field {
  /** `case`, `column`, `repeat`, … or `metric:<name>`. */
  readonly name: string
  readonly type: 'u8' | 'u16' | 'u32' | 'f32'
  readonly length: number
}

/** The cells of one run: the run of the page, or its baseline. */
export interface ArmAbout {
  readonly rows: number
  readonly columns: readonly ColumnName[]
  readonly fields: readonly Field[]
  /** Number of text blocks. */
  readonly texts: number
  /** The first row of each of them, ascending: the first is 0. */
  readonly starts: readonly number[]
  /** Addresses, from the page, of those that are not inside it; those before them are. Absent where all are. */
  readonly beside?: readonly string[]
}

/** A review that holds for a row. */
export interface ReviewAbout {
  readonly row: number
  readonly mark: ReviewMark
  readonly note?: string
  readonly by?: string
  readonly at: string
}

/** What the page's script is told besides the cells themselves: the one block of plain JSON, `#about`. */
export interface About {
  readonly v: 1
  readonly run: {
    readonly id: string
    readonly suite: string
    /** The suite's file, as a command names it. */
    readonly file?: string
    readonly dir: string
    readonly startedAt: string
  }
  readonly decision: string
  /** Names of metrics, in the order of their fields. */
  readonly metrics: readonly string[]
  readonly cases: number
  readonly main: ArmAbout
  /** Cases are numbered as in `main`; columns by their own list. */
  readonly base?: ArmAbout & {
    readonly name: string
    /** For each column of `main`: the number of the baseline's column it is compared with, or -1. */
    readonly pairs: readonly number[]
  }
  /** Columns of `main` that are compared with another column of `main`, as few-shot with zero-shot: number, or -1. */
  readonly against?: readonly number[]
  /** ms that the gate allows for p95; absent without such a gate. */
  readonly latencyLimitMs?: number
  readonly reviews: readonly ReviewAbout[]
  /** Set where texts are left out. */
  readonly shared?: { readonly cases: number; readonly of: number }
}

/** The cases, by number: one gzipped block of JSON, `#cases`. Texts are cut to 200 UTF-16 units. */
export interface CasesBlock {
  readonly id: readonly string[]
  /** '' for none. */
  readonly description: readonly string[]
  /** Indices into `files`. */
  readonly file: readonly number[]
  readonly files: readonly string[]
  readonly line: readonly number[]
  /** Indices into `tagNames`. */
  readonly tags: readonly (readonly number[])[]
  readonly tagNames: readonly string[]
}
