import type { SourceLocation } from './source.ts'

/** `file://x.ts:fn`: a prompt that is computed from the vars. */
export type PromptFunction = (context: { vars: Record<string, unknown>; provider?: unknown }) => unknown

/** One prompt template of a suite. */
export interface Prompt {
  /** The template, before rendering. For a prompt function, its source. */
  readonly raw: string
  /** Half of a column's key: the written label or id, else the suite-relative path, else `prompt-N`. */
  readonly key: string
  /** promptfoo's own label, which providers and assertions are shown. */
  readonly label: string
  readonly id?: string | undefined
  readonly config?: Record<string, unknown> | undefined
  readonly function?: PromptFunction | undefined
  readonly at: SourceLocation
}
