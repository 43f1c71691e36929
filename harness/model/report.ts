import type { Analysis } from './analysis.ts'
import type { Run } from './run.ts'
import type { Verdict } from './verdict.ts'

/** What a renderer is given. */
export interface ReportInput {
  readonly run: Run
  readonly analysis: Analysis
  readonly verdict: Verdict
  /** Width of the terminal in columns, whether colour is wanted, and where its reader is; files get none of them. */
  readonly terminal?:
    | { readonly columns: number; readonly color: boolean; readonly cwd?: string | undefined }
    | undefined
}

/** One report format: (run, analysis, verdict) → text, in chunks so that a large run is never held whole. */
export interface Renderer {
  /** The name in `--reporter name`. */
  readonly name: string
  /** The file written in the run folder, or null for the terminal only. */
  readonly file: string | null
  render(input: ReportInput): AsyncIterable<string>
}
