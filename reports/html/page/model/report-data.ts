import type { About } from '../../data/about.ts'
import type { Arm, CaseLabel, Texts } from './arm.ts'

/** Everything the page's script works on. */
export interface ReportData {
  readonly about: About
  readonly main: Arm
  readonly base: Arm | undefined
  readonly cases: { readonly size: number; label(index: number): CaseLabel }
  readonly texts: Texts
  readonly search: FullTextSearch
}

/** Search through the texts of all rows of the run, in a worker, newest query first. */
export interface FullTextSearch {
  /**
   * Finds the rows whose prompt, output, reasons or variables hold every word, whatever their case. Reports what was found so far.
   * A new call ends the one before it.
   */
  find(
    words: readonly string[],
    onProgress: (found: Uint32Array, done: number, of: number) => void,
  ): Promise<Uint32Array>
  stop(): void
}
