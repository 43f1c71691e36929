import { causesOf, explain, type Incomplete, type IncompleteCause } from '../../harness/model/incomplete.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { DECISION_WORDS } from './decision.ts'
import { count } from './figures.ts'
import { resumeCommand, typedPath } from './resume-command.ts'

/** What must be read before any figure of a run that lacks cells. */
export interface Headline {
  /** `NOT MEASURED: no verdict on your change` */
  readonly title: string
  /** What happened, in the words of the account, and how many cells it cost. */
  readonly detail: string
  /** The command that finishes the run, as a shell takes it. */
  readonly resume: string | undefined
}

const WORDS: Record<Exclude<IncompleteCause, 'decided'>, string> = {
  outage: 'NOT MEASURED',
  credit: 'NOT MEASURED',
  auth: 'NOT MEASURED',
  budget: 'BUDGET REACHED',
  missing: 'INCOMPLETE',
}

/** Why a run lacks cells, the cause of most of them first. */
export function causesIn({ run, analysis }: ReportInput): readonly Incomplete[] {
  const { incomplete, interrupted = false } = run.manifest
  return causesOf(incomplete, { absent: analysis.cells.absent, interrupted })
}

/** A cause that keeps figures from a reader: not one of a run that had decided, and stopped as it was asked to. */
type Fault = Incomplete & { readonly cause: keyof typeof WORDS }

function faultsIn(input: ReportInput): readonly Fault[] {
  return causesIn(input).filter((cause): cause is Fault => cause.cause !== 'decided')
}

/** The headline of a run that lacks cells; undefined for one that has all it was to have. */
export function headlineOf(input: ReportInput): Headline | undefined {
  const causes = faultsIn(input)
  if (causes.length === 0) return undefined
  const { run, analysis, terminal } = input
  return {
    title: titleOf(input),
    detail: causes.map((cause) => explain(cause, analysis.cells.planned)).join(' '),
    resume: resumeCommand({ ...run, dir: typedPath(run.dir, terminal?.cwd) }),
  }
}

/** The decision in the words a person is shown; where cells are missing, why there is none. */
export function decisionWord(input: ReportInput): string {
  const { decision, exitCode } = input.verdict
  const [worst] = faultsIn(input)
  // A run that is let pass, and all the same fails where `--strict` asks for proof.
  if (exitCode === 4) return 'INCONCLUSIVE'
  if (decision !== 'invalid' || worst === undefined) return DECISION_WORDS[decision]
  return input.run.manifest.interrupted === true ? 'INTERRUPTED' : WORDS[worst.cause]
}

/** The headline where there is room for one paragraph. */
export function sentences({ title, detail, resume }: Headline): string {
  return [`${title}.`, detail, ...(resume === undefined ? [] : [`Finish the run: ${resume}`])].join(' ')
}

function titleOf(input: ReportInput): string {
  const { finished, planned } = input.analysis.cells
  // Forgiven by the suite, and a column that was measured decides.
  if (input.verdict.decision !== 'invalid') return 'PARTLY MEASURED: the verdict is on the columns that were'
  const word = decisionWord(input)
  if (word === WORDS.outage) return `${word}: no verdict on your change`
  return finished === 0
    ? `${word}: no cell was finished`
    : `${word}: the figures are of ${count(finished)} of ${count(planned)} cells`
}
