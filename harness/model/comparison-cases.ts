import type { ColumnName } from './column-name.ts'
import type { Bounds, PassCount } from './comparison-figures.ts'
import type { SourceLocation } from './source.ts'

/** A case that came out otherwise. */
export interface Flip {
  readonly caseId: string
  readonly description?: string
  readonly source?: SourceLocation
  readonly tags: readonly string[]
  readonly column: ColumnName
  readonly against: ColumnName
  readonly gates: boolean
  readonly base: PassCount
  readonly candidate: PassCount
  /** True where repeats of one arm disagree. */
  readonly flaky: boolean
  /** One-sided p of this case alone (Fisher), and after Benjamini–Hochberg over all flips: informational. */
  readonly p: number
  readonly pAdjusted: number
  /** Names (metric, else type) of the checks that failed in the candidate. */
  readonly checks: readonly string[]
  /** Why the candidate failed, or what it now does: one sentence. */
  readonly reason: string
  /** The candidate's output, an excerpt; absent where it is not on record. */
  readonly output?: string
  readonly baseOutput?: string
}

/** A case that always passed and now mostly fails. */
export interface BrokenCase {
  readonly caseId: string
  readonly description?: string
  readonly source?: SourceLocation
  readonly column: ColumnName
  readonly against: ColumnName
  readonly base: PassCount
  readonly candidate: PassCount
  readonly reason: string
  /** Fresh repeats of both arms, made to confirm it. */
  readonly rerun?: { readonly base: PassCount; readonly candidate: PassCount }
  /** Fisher's exact p of the fresh repeats, after Holm over the broken cases of the run. */
  readonly pHolm?: number
  /** `unchecked`: it was not run again. */
  readonly status: 'confirmed' | 'refuted' | 'unchecked'
  /** Why it was not run again. */
  readonly why?: string
}

/** A slice of the cases: a tag, or a value of a metadata key. Informational. */
export interface SliceComparison {
  /** `tag: critical`, `language: de`. */
  readonly slice: string
  readonly metric: string
  readonly column: ColumnName
  readonly against: ColumnName
  readonly cases: number
  readonly delta: number
  readonly interval: Bounds
  readonly pWorse: number
  /** After Benjamini–Hochberg over all slices. */
  readonly pAdjusted: number
  readonly counts: { readonly worse: number; readonly equal: number; readonly better: number }
}

/** The likeliest reasons of a regression. */
export interface Why {
  readonly column: ColumnName
  readonly metric: string
  readonly worse: number
  readonly better: number
  /** Cases expected to fall by flake alone; null with fewer than three repeats. */
  readonly expectedByFlake: number | null
  /** Where the fallen cases lie more often than others, most first. */
  readonly slices: readonly { readonly slice: string; readonly worse: number; readonly cases: number }[]
  /** Which checks failed in them. */
  readonly checks: readonly { readonly check: string; readonly cases: number }[]
  /** Case ids, at most five. */
  readonly readFirst: readonly string[]
}

/** A case whose repeats disagree in a column. */
export interface FlakyCase {
  readonly caseId: string
  readonly description?: string
  readonly source?: SourceLocation
  readonly column: ColumnName
  readonly passed: number
  readonly of: number
  readonly quarantined?: boolean
}

/** Chances over the repeats of a case, averaged over the cases of a column. */
export interface RepeatChances {
  readonly column: ColumnName
  readonly k: number
  /** At least one of k passes. */
  readonly passAtK: number
  /** All of k pass. */
  readonly passHatK: number
}

/** A case that `assay.quarantine` keeps out of the gate. */
export interface QuarantinedCase {
  readonly caseId: string
  /** ISO date. */
  readonly until?: string
  readonly reason?: string
  readonly state: 'active' | 'expires_soon' | 'expired' | 'unknown_case'
}
