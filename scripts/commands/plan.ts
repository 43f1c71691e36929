import { hidesRetries, loadProviders } from '../../harness/execute/load-providers.ts'
import type { Analysis } from '../../harness/model/analysis.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Plan } from '../../harness/model/plan.ts'
import { openRecord } from '../../harness/open-record.ts'
import { lastRunOf } from '../../harness/record/open-run.ts'
import { forecast } from '../../harness/plan/forecast.ts'
import { makePlan } from '../../harness/plan/make-plan.ts'
import { readSuite } from '../../harness/suite/read.ts'
import { formatWarning } from '../../harness/warning-log.ts'
import { loadEnvFiles } from '../env-file.ts'
import type { Io } from '../io.ts'
import { formatPlan } from '../plan-text.ts'
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
  const suite = await readSuite(file, {
    env: io.env,
    cwd: io.cwd,
    allowOutside: options.allowOutside,
    builtin: Object.keys(realWorld(io).builtin),
  })
  const plan = await makePlan(suite, await readSelection(options, io))
  for (const warning of [...suite.warnings, ...plan.warnings]) io.err(`warning: ${formatWarning(warning)}\n`)
  const { countTokens } = await import('gpt-tokenizer/encoding/r50k_base')
  const expected = await forecast(plan, {
    recorded: await lastAnalysis(io, suite.name),
    models: await modelsOf(plan, io),
    countTokens: (text) => countTokens(text, { disallowedSpecial: new Set() }),
    concurrency: options.concurrency,
  })
  const { cells, cases, repeats } = plan.size
  io.out(
    options.json
      ? `${JSON.stringify({ v: 1, suite: suite.name, cells, cases, repeats, ...expected })}\n`
      : formatPlan(plan, expected),
  )
  return 0
}

/** The last run of the suite that was analyzed, whatever part of the suite it ran. */
async function lastAnalysis(io: Io, suite: string): Promise<Analysis | undefined> {
  try {
    return (await openRecord(await lastRunOf(suite, io.cwd), io.cwd)).analysis
  } catch (error) {
    if (error instanceof HarnessError) return undefined
    throw error
  }
}

/** Ids under which a price may be known. promptfoo's own providers go by the id in the suite: importing it takes over a second. */
async function modelsOf(plan: Plan, io: Io): Promise<ReadonlyMap<string, string>> {
  const own = plan.columns.filter(({ provider }) => !hidesRetries(provider))
  const providers = await loadProviders({ ...plan, columns: own }, realWorld(io))
  return new Map(
    plan.columns.map(({ provider }) => [provider.key, providers.get(provider.key)?.id() ?? provider.id]),
  )
}
