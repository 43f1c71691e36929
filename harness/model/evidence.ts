/**
 * What a check saw besides its score, for figures of a whole run that are no mean of scores: a confusion matrix, the gap between depths
 * of a context, the share of attacks that succeeded. A check returns it under `metadata.evidence`; the record keeps it with the check's
 * result. Each kind has one tally (`harness/analyze/measures/`).
 */
export type Evidence =
  | LabelEvidence
  | FieldsEvidence
  | ClaimsEvidence
  | DepthEvidence
  | AttackEvidence
  | TrajectoryEvidence
  | CachingEvidence
  | AnswerEvidence
  | JudgementEvidence

export type EvidenceKind = Evidence['kind']

/** The label a reply gave: confusion matrix, macro-F1, per-class recall, calibration. */
export interface LabelEvidence {
  readonly kind: 'label'
  /** A label; `abstained` where the case wants an abstention, since no label is right. */
  readonly expected: string
  /** Null where the reply gave none of the labels. */
  readonly predicted: string | null
  /** The reply said that it does not decide; `predicted` is then null. */
  readonly abstained?: boolean
  /** 0 to 1, where the reply gave one. */
  readonly confidence?: number
}

/** What of an expected object was found: precision, recall and F1, over all fields and by field. */
export interface FieldsEvidence {
  readonly kind: 'fields'
  /** By the field's path with list positions left out (`parties[].name`): values that are right, that should not be there, that are missing. */
  readonly fields: Readonly<
    Record<string, { readonly right: number; readonly extra: number; readonly missing: number }>
  >
}

/** What of a reply its context supports: hallucination rate, and what its citations are worth. */
export interface ClaimsEvidence {
  readonly kind: 'claims'
  /** Sentences that claim something. */
  readonly claims: number
  readonly supported: number
  readonly citations?: { readonly made: number; readonly exist: number; readonly support: number }
}

/** Where in its context the answer to a question stood. */
export interface DepthEvidence {
  readonly kind: 'depth'
  /** 0 is the beginning of the context, 1 the end. */
  readonly depth: number
  /** 0 to 1. */
  readonly score: number
  /** Length of the context. */
  readonly tokens?: number
}

/** One attack on the model, and whether it had its way. */
export interface AttackEvidence {
  readonly kind: 'attack'
  /** `direct`, `encoded`, `multilingual`, `role-play`, `delimiter`, `leak`, …; `none` is a case without an attack, for its utility. */
  readonly family: string
  /** Where it stood: `document`, `tool-result`, `user`. */
  readonly channel?: string
  readonly succeeded: boolean
  /** Whether the task was done all the same; null where the case does not ask. */
  readonly useful: boolean | null
}

/** The way an agent took. */
export interface TrajectoryEvidence {
  readonly kind: 'trajectory'
  readonly steps: number
  readonly solved: boolean
  readonly looped: boolean
  /** Tool errors met, and those after which it went on to something that worked. */
  readonly toolErrors: number
  readonly recovered: number
}

/** What the model's own prompt cache did for a call. */
export interface CachingEvidence {
  readonly kind: 'caching'
  readonly promptTokens: number
  /** Null where the provider tells nothing of a cache. */
  readonly cacheRead: number | null
  readonly cacheWrite: number
  /** Against the same tokens uncached; below 0 where writing cost more than reading saved; null where a price is unknown. */
  readonly savedUsd: number | null
  /** Requests from which caching pays; null where it never does, or nothing was cached. */
  readonly breakEven: number | null
}

/** An answer reduced to what is compared: agreement over repeats, and over cases that should be answered alike. */
export interface AnswerEvidence {
  readonly kind: 'answer'
  /** Cases of one group ask the same thing. */
  readonly group: string
  /** How this case differs from the group's first: `original`, `paraphrase`, `reordered`, … */
  readonly relation: string
  /** Null where the reply gave none. */
  readonly answer: string | null
}

/** How a judge came to its verdict: what it is worth as an instrument. */
export interface JudgementEvidence {
  readonly kind: 'judgement'
  /** 0 to 1: the level as a share of the scale, or 1, ½, 0 for won, tied, lost. */
  readonly score: number
  /** Characters of what was judged (and of what it was compared with). */
  readonly length: number
  readonly lengthOfOther?: number
  /** Pairwise, judged in both orders: whether the verdict held, and which place won where it did not. */
  readonly orders?: 'agreed' | 'first' | 'second'
  /** Of a panel: each member's score, in the order of the suite; null for one that gave no verdict. */
  readonly panel?: readonly (number | null)[]
}

/** A part of the reply that a check points at. */
export interface Mark {
  /** Offsets in UTF-16 units of the reply's text as the check saw it; `end` is after the last. */
  readonly start: number
  readonly end: number
  /** `unsupported`, `pii`, `leak`, …: one word that says what is wrong there. */
  readonly label: string
  /** One sentence. */
  readonly note?: string
}
