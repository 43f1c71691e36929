import type { Analysis } from './analysis.ts'
import type { History } from './history.ts'
import type { Review } from './review.ts'
import type { Run } from './run.ts'
import type { Verdict } from './verdict.ts'

/** What a renderer is given. */
export interface ReportInput {
  readonly run: Run
  readonly analysis: Analysis
  readonly verdict: Verdict
  /** The record of what the run is compared with, where it is at hand: its replies are shown beside the run's. */
  readonly baseline?: Run | undefined
  /** The suite's runs, this one included. */
  readonly history?: History | undefined
  /** What reviewers said of this run's replies, and of the same replies in other runs of the suite. */
  readonly reviews?: readonly Review[] | undefined
  /** Set where the page leaves out prompts and replies, but for those of these cases (by default those that the verdict names). */
  readonly share?: { readonly cases?: readonly string[] | undefined } | undefined
  /** Width of the terminal in columns, whether colour is wanted, and where its reader is; files get none of them. */
  readonly terminal?:
    | { readonly columns: number; readonly color: boolean; readonly cwd?: string | undefined }
    | undefined
}

/** Writes a file into a folder beside the report's own file, and tells its address from there. */
export type WriteBeside = (name: string, content: string) => Promise<string>

/** One report format: (run, analysis, verdict) → text, in chunks so that a large run is never held whole. */
export interface Renderer {
  /** The name in `--reporter name`. */
  readonly name: string
  /** The file written in the run folder, or null for the terminal only. */
  readonly file: string | null
  /** @param beside where a report that is too large for one file puts the rest; without it, all goes into one */
  render(input: ReportInput, beside?: WriteBeside): AsyncIterable<string>
}
