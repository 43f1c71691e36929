import type { PromptFunction } from '../../model/prompt.ts'
import type { SourceLocation } from '../../model/source.ts'

/** A prompt as the suite names it: `raw` may still be a file. */
export interface PromptEntry {
  readonly raw: string
  readonly label?: string | undefined
  readonly id?: string | undefined
  readonly config?: Record<string, unknown> | undefined
  readonly at: SourceLocation
}

/** A prompt that was read, before it has a key. */
export interface PromptDraft {
  readonly raw: string
  /** promptfoo's label, to the letter. */
  readonly label: string
  readonly id?: string | undefined
  readonly config?: Record<string, unknown> | undefined
  readonly function?: PromptFunction | undefined
  /** A name written for this one prompt, as in the `label` column of a CSV. */
  readonly writtenLabel?: string | undefined
}
