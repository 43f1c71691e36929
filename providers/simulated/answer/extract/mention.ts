/** A detail where it stands in a sentence. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** As the text has it. */
  readonly verbatim: string
  /** Without the words around it: `England` of `the laws of England`. */
  readonly bare: string
  /** A date by the calendar, where it names a day: `2025-04-01`. */
  readonly iso?: string | undefined
  readonly number?: number | undefined
  /** `months`, `EUR`. */
  readonly unit?: string | undefined
}
