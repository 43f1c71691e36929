/** A stretch of a text that both have, or that only one has. */
export interface Piece {
  readonly op: 'same' | 'added' | 'removed'
  readonly text: string
}

/** How far a comparison goes before it settles for less. */
export interface DiffLimits {
  /** UTF-16 units of both texts together that are compared word by word. */
  readonly wordUnits: number
  /** Edits by words, and by lines. */
  readonly wordEdits: number
  readonly lineEdits: number
  /** Pieces of a comparison by words: each is an element. */
  readonly pieces: number
  /** ms of one attempt. */
  readonly timeoutMs: number
}

export const DIFF_LIMITS: DiffLimits = {
  wordUnits: 200_000,
  wordEdits: 4_000,
  lineEdits: 2_000,
  pieces: 2_000,
  timeoutMs: 40,
}

/** What a comparison of two texts came to. */
export type TextDiff =
  | { readonly kind: 'same' }
  /** `by`: how finely. */
  | { readonly kind: 'pieces'; readonly by: 'words' | 'lines'; readonly pieces: readonly Piece[] }
  /** Too long and too different. */
  | { readonly kind: 'different'; readonly at: FirstDifference }

/** Where two texts part. */
export interface FirstDifference {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** From 0, in UTF-16 units. */
  readonly offset: number
}
