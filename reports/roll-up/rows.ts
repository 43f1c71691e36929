import { join } from 'node:path'
import type { ColumnAnalysis } from '../../harness/model/analysis.ts'
import { columnName } from '../../harness/model/column-name.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { decisionWord, headlineOf } from '../format/headline.ts'
import type { Tone } from '../format/section.ts'
import { severityOf } from './severity.ts'
import type { RollUp, SuiteOutcome } from './roll-up.ts'

/** One suite in a roll-up. Its texts are as they are on record: each format escapes them. */
export interface RollUpRow {
  /** The suite's name; the file where it could not be read. */
  readonly name: string
  readonly file: string
  /** `✗ BLOCK` */
  readonly word: string
  readonly tone: Tone
  /** What a reader is told first. */
  readonly sentence: string
  readonly run?: ReportInput | undefined
  /** The columns that gate; all of them where no gate does. */
  readonly columns: readonly ColumnAnalysis[]
  /** Absolute path of the suite's own page. */
  readonly page?: string | undefined
}

/** The suites, the worst decision first; those alike stay in the order they were asked for. */
export function rowsOf(rollUp: RollUp): RollUpRow[] {
  return rollUp.suites.toSorted((a, b) => severityOf(a) - severityOf(b)).map(rowOf)
}

function rowOf(suite: SuiteOutcome): RollUpRow {
  const { file } = suite
  if (suite.is === 'broken')
    return { name: file, file, word: '✗ NOT RUN', tone: 'bad', sentence: suite.message, columns: [] }
  if (suite.is === 'not_run')
    return {
      name: file,
      file,
      word: '? NOT RUN',
      tone: 'warn',
      sentence: 'The command was interrupted before this suite was begun.',
      columns: [],
    }
  const { input } = suite
  const { tone, shape } = shapeOf(input)
  return {
    name: input.run.manifest.suite.name,
    file,
    word: `${shape} ${decisionWord(input)}`,
    tone,
    sentence: sentenceOf(input),
    run: input,
    columns: gatingColumns(input),
    page: join(input.run.dir, 'report.html'),
  }
}

function shapeOf({ verdict: { decision, exitCode } }: ReportInput): {
  readonly tone: Tone
  readonly shape: string
} {
  if (exitCode === 4) return { tone: 'warn', shape: '?' }
  if (decision === 'block') return { tone: 'bad', shape: '✗' }
  if (decision === 'invalid') return { tone: exitCode === 0 ? 'warn' : 'bad', shape: '?' }
  return decision === 'warn' ? { tone: 'warn', shape: '!' } : { tone: 'good', shape: '✓' }
}

function gatingColumns({ analysis, verdict }: ReportInput): readonly ColumnAnalysis[] {
  const gated = new Set(verdict.gates.map(({ column }) => column))
  const gating = analysis.columns.filter((column) => gated.has(columnName(column)))
  return gating.length === 0 ? analysis.columns : gating
}

/** Why it was decided so; of a run that lacks cells, why it does. */
export function sentenceOf(input: ReportInput): string {
  return headlineOf(input)?.detail ?? input.verdict.reasons[0] ?? ''
}
