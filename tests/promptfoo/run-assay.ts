import { join } from 'node:path'
import type { RunRequest } from '../../harness/run-request.ts'
import { run } from '../../harness/run.ts'
import type { Column } from '../../harness/model/cell.ts'
import type { Plan, Selection } from '../../harness/model/plan.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { realWorld } from '../../scripts/world.ts'
import type { ComparedRun } from './compared-cell.ts'
import { columnName } from './compared-cell.ts'

export interface AssayRun extends ReportInput {
  readonly trials: readonly Trial[]
  readonly plan: Plan
  readonly warnings: readonly string[]
}

interface AssayOptions {
  /** Relative to the folder. */
  readonly suite?: string
  readonly selection?: Selection
  readonly env?: Readonly<Record<string, string>>
  readonly request?: Partial<RunRequest>
}

/** A whole run by assay of a suite in a folder, in this process. */
export async function runAssay(dir: string, options: AssayOptions = {}): Promise<AssayRun> {
  const { suite = 'suite.yaml', selection = {}, env = {}, request } = options
  const trials: Trial[] = []
  const warnings: string[] = []
  let plan: Plan | undefined
  const done = await run(
    {
      suite,
      selection,
      allowOutside: false,
      command: ['assay', 'run', suite],
      out: join(dir, 'assay-run'),
      ...request,
    },
    realWorld({ env: { ...process.env, ...env }, cwd: dir }),
    {
      onStart: (started) => void (plan = started),
      onTrial: (trial) => void trials.push(trial),
      onWarning: (message) => void warnings.push(message),
    },
  )
  if (plan === undefined) throw new Error('the run did not say that it started')
  return { ...done, trials, plan, warnings }
}

/** A run by assay in the terms both sides share. */
export function comparedAssay({ plan, trials, analysis }: AssayRun): ComparedRun {
  const columns = new Map(
    plan.columns.map((column) => [keyOf(column.prompt.key, column.provider.key), nameOf(column)]),
  )
  const cells = trials.map(({ cell, request, output, outcome, score, namedScores }) => ({
    id: String(cell.metadata?.['id']),
    column: columns.get(keyOf(cell.prompt, cell.provider)) ?? '',
    prompt: request.prompt,
    output,
    outcome,
    score,
    namedScores,
  }))
  const metrics = plan.suite.derivedMetrics.map(({ name }) => name)
  const derived = analysis.columns.map(({ prompt, provider, namedScores }) => {
    const own = Object.fromEntries(metrics.map((name) => [name, namedScores[name]]))
    return [columns.get(keyOf(prompt, provider)) ?? '', own] as const
  })
  return { cells, derived: new Map(derived) }
}

function keyOf(prompt: string, provider: string): string {
  return JSON.stringify([prompt, provider])
}

function nameOf({ provider, prompt }: Column): string {
  return columnName(provider.label || provider.id, prompt.label)
}
