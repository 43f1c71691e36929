import type { Interval } from './analysis.ts'

/** A figure with its 95 % interval; null where it cannot be told. */
export interface Figure {
  readonly value: number | null
  readonly interval: Interval | null
}

/** How well a judge agrees with people's labels. */
export interface Agreement {
  /** Share of rows with the very label. */
  readonly exact: Figure
  /** Cohen's kappa; with quadratic weights where labels are ordered. */
  readonly kappa: Figure & { readonly weights: 'none' | 'quadratic' }
  /** Krippendorff's alpha. */
  readonly alpha: Figure & { readonly measurement: 'nominal' | 'ordinal' }
  /** Mean of the judge's label minus the people's, in steps of the scale: above 0 the judge is kinder. */
  readonly bias: Figure
  /** By label, worst first: rows that people gave it, and the share of them that the judge gave it too. */
  readonly recall: readonly (Figure & { readonly label: string; readonly rows: number })[]
  /** Rows by people's label, columns by the judge's, both worst first. */
  readonly confusion: readonly (readonly number[])[]
}

/** Digests of what a judge is made of: they tell what has changed in one whose hash is another. */
export interface JudgeParts {
  /** `code`: of the model's file or id; `config`: as written. */
  readonly models: readonly { readonly name: string; readonly code: string; readonly config: string }[]
  /** What its check depends on besides, by name: rubric, template, … */
  readonly others: Readonly<Record<string, string>>
}

/** `calibration/<metric>.json` beside a suite: what a judge was found to be worth, bound to what it was then. */
export interface Calibration {
  readonly v: 1
  /** Of the check that judges. */
  readonly metric: string
  /** sha256 of models, rubric, prompt and panel rule: one that changed is another judge. */
  readonly hash: string
  readonly parts?: JudgeParts
  /** The models, as reports name them. */
  readonly graders: readonly string[]
  /** Labels, worst first. */
  readonly scale: readonly string[]
  /** Rows that people and judge both labelled. */
  readonly n: number
  /** Rows on which the judge gave no verdict. */
  readonly missing: number
  readonly agreement: Agreement
  readonly labels: { readonly file: string; readonly sha256: string }
  /** ISO time. */
  readonly at: string
}
