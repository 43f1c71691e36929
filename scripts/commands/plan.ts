import { forecast } from '../../harness/plan/forecast.ts'
import { readRecordedUsage } from '../../harness/plan/forecast-record.ts'
import { formatWarning } from '../../harness/warning-log.ts'
import { loadEnvFiles } from '../env-file.ts'
import { inspectSuite } from '../inspect-suite.ts'
import type { Io } from '../io.ts'
import { budgetWarnings, formatPlan } from '../plan-text.ts'
import { relativePaths } from '../relative-paths.ts'
import type { SelectionOptions } from '../selection.ts'
import { readSelection } from '../selection.ts'
import { realWorld } from '../world.ts'

interface PlanOptions extends SelectionOptions {
  readonly concurrency?: number
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
  readonly json: boolean
}

/** `assay plan SUITE`: what a run would do and take. Calls nothing. */
export async function planCommand(io: Io, file: string, options: PlanOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { allowOutside } = options
  const selection = await readSelection(options, io)
  const { plan, providers } = await inspectSuite(file, { allowOutside, selection }, realWorld(io))
  const { suite } = plan
  for (const warning of [...suite.warnings, ...plan.warnings])
    io.err(`warning: ${relativePaths(formatWarning(warning), io.cwd)}\n`)
  const { countTokens } = await import('gpt-tokenizer/encoding/r50k_base')
  const expected = await forecast(plan, {
    recorded: await readRecordedUsage(suite.name, plan.columns, {
      cwd: io.cwd,
      rounds: suite.assay.feedback?.maxAttempts ?? 1,
    }),
    // promptfoo's own providers go by the id in the suite.
    models: new Map(
      plan.columns.map(({ provider }) => [provider.key, providers.get(provider.key)?.id() ?? provider.id]),
    ),
    countTokens: (text) => countTokens(text, { disallowedSpecial: new Set() }),
    concurrency: options.concurrency,
  })
  const { cells, cases, repeats } = plan.size
  for (const warning of budgetWarnings(expected, cells)) io.err(`warning: ${warning}\n`)
  io.out(
    options.json
      ? `${JSON.stringify({ v: 1, suite: suite.name, cells, cases, repeats, ...expected })}\n`
      : relativePaths(formatPlan(plan, expected), io.cwd),
  )
  return 0
}
