import type { ReportInput } from '../../harness/model/report.ts'

/** What became of one suite of a command that runs several. */
export type SuiteOutcome = { /** As it was named on the command line. */ readonly file: string } & (
  | { readonly is: 'run'; readonly input: ReportInput }
  /** It could not be run: what was told of it, without secrets. */
  | { readonly is: 'broken'; readonly message: string; readonly exitCode: number }
  /** The command was interrupted before it was begun. */
  | { readonly is: 'not_run' }
)

/** Several suites that one command ran. Runs are kept, not trials: those are read again from each run's journal. */
export interface RollUp {
  readonly id: string
  /** ISO times. */
  readonly startedAt: string
  readonly endedAt: string
  readonly command: readonly string[]
  /** The worst of them all. */
  readonly exitCode: number
  /** In the order they were asked for. */
  readonly suites: readonly SuiteOutcome[]
}

/** Where a roll-up is read. */
export interface Place {
  /** Absolute path of the folder that links start from. */
  readonly dir: string
  /** As in `ReportInput`. */
  readonly terminal?: ReportInput['terminal']
}

/** One report format for several suites: one document that holds all of them, in chunks. */
export interface RollUpRenderer {
  /** The file in the roll-up's own folder, or null for none there. */
  readonly file: string | null
  render(rollUp: RollUp, place: Place): AsyncIterable<string>
}

/** The runs among them, in the order they were asked for. */
export function runsOf({ suites }: RollUp): ReportInput[] {
  return suites.flatMap((suite) => (suite.is === 'run' ? [suite.input] : []))
}
