import { relative, sep } from 'node:path'
import type { Analysis, ColumnAnalysis } from '../../harness/model/analysis.ts'
import type { Cost } from '../../harness/model/usage.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import type { ColumnSummary } from '../summary.ts'
import { summarizeColumn } from '../summary.ts'
import type { RollUp, RollUpRenderer, SuiteOutcome } from './roll-up.ts'
import { sentenceOf } from './rows.ts'
import { spentOn } from './total.ts'

/** What a machine reads of several suites. */
interface RollUpRecord extends Omit<RollUp, 'suites'> {
  readonly v: 1
  /** Of all suites together. */
  readonly spentUsd: Cost
  /** In the order they were asked for. */
  readonly suites: readonly SuiteRecord[]
}

type SuiteRecord = { readonly file: string } & (
  | {
      readonly is: 'run'
      readonly name: string
      /** Its folder, from that of the roll-up. */
      readonly run: { readonly id: string; readonly dir: string }
      readonly decision: Verdict['decision']
      readonly exitCode: Verdict['exitCode'] | 130
      readonly sentence: string
      readonly cells: Analysis['cells']
      readonly columns: readonly ColumnRecord[]
      readonly spentUsd: Cost
    }
  | { readonly is: 'broken'; readonly error: string; readonly exitCode: number }
  | { readonly is: 'not_run' }
)

type ColumnRecord = Pick<
  ColumnSummary,
  'prompt' | 'provider' | 'passRate' | 'interval' | 'latencyMs' | 'costUsd' | 'costPer1000Usd'
>

/** `roll-up.json`: the suites with their decisions and figures, for a machine. */
export const renderer: RollUpRenderer = {
  file: 'roll-up.json',
  async *render(rollUp, { dir }) {
    const { id, startedAt, endedAt, command, exitCode, suites } = rollUp
    const file: RollUpRecord = {
      v: 1,
      id,
      startedAt,
      endedAt,
      command,
      exitCode,
      spentUsd: spentOn(rollUp),
      suites: suites.map((suite) => suiteOf(suite, dir)),
    }
    yield `${JSON.stringify(file, undefined, 2)}\n`
  },
}

function suiteOf(suite: SuiteOutcome, dir: string): SuiteRecord {
  const { file } = suite
  if (suite.is === 'not_run') return { file, is: 'not_run' }
  if (suite.is === 'broken') return { file, is: 'broken', error: suite.message, exitCode: suite.exitCode }
  const { run, analysis, verdict } = suite.input
  return {
    file,
    is: 'run',
    name: run.manifest.suite.name,
    run: { id: run.manifest.id, dir: relative(dir, run.dir).split(sep).join('/') },
    decision: verdict.decision,
    exitCode: run.manifest.interrupted === true ? 130 : verdict.exitCode,
    sentence: sentenceOf(suite.input),
    cells: analysis.cells,
    columns: analysis.columns.map(columnOf),
    spentUsd: analysis.spentUsd,
  }
}

function columnOf(column: ColumnAnalysis): ColumnRecord {
  const { prompt, provider, passRate, interval, latencyMs, costUsd, costPer1000Usd } = summarizeColumn(column)
  return { prompt, provider, passRate, interval, latencyMs, costUsd, costPer1000Usd }
}
