import { relative } from 'node:path'
import type { Column } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'
import type { Prompt } from '../model/prompt.ts'
import type { AccountSkew, ChildName, ComparedWith, Manifest } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { formatWarning } from '../warning-log.ts'
import type { Provenance } from './provenance.ts'

export interface ManifestOptions {
  readonly id: string
  readonly plan: Plan
  /** Cells the run is to account for; more than the plan has where a record that is checked again lacks some. */
  readonly planned: number
  /** Paths inside it are recorded relative to it, so that a record can be moved to another machine. */
  readonly cwd: string
  readonly provenance: Provenance
  /** The seed of `--sample`. */
  readonly seed?: number | undefined
  readonly command: readonly string[]
  readonly startedAt: Date
  /** What a provider wants said wherever its figures are shown, by its key. */
  readonly notices?: ReadonlyMap<string, string> | undefined
  readonly verifies?: string | undefined
  readonly options?: RunOptions | undefined
  readonly graders?: Manifest['graders'] | undefined
  readonly judges?: Manifest['judges'] | undefined
  /** Of a run that belongs to another. */
  readonly child?: ChildOf | undefined
  readonly baseline?: ComparedWith | undefined
}

/** What a run is for that belongs to another, and the id of that one. */
export interface ChildOf {
  readonly name: ChildName
  readonly parent: string
}

/** What is known of a run when it starts. Providers' configurations stand as written: `{{env.X}}` is not resolved. */
export function makeManifest(options: ManifestOptions): Manifest {
  const { id, plan, planned, cwd, provenance, seed, command, startedAt, notices, verifies } = options
  const { options: asked, graders = [], judges = [], child, baseline } = options
  const { suite, size } = plan
  const warnings = [...new Set([...suite.warnings, ...plan.warnings].map(formatWarning))]
  return {
    v: 1,
    id,
    suite: {
      name: suite.name,
      file: relative(cwd, suite.file),
      hash: suite.hash,
      ...(suite.description === undefined ? {} : { description: suite.description }),
    },
    files: suite.files,
    ...columnRecords(plan.columns, { cwd, notices }),
    ...(graders.length === 0 ? {} : { graders }),
    ...(judges.length === 0 ? {} : { judges }),
    cells: {
      planned,
      cases: size.cases,
      ...(size.besideCells === undefined ? {} : { beside: size.besideCells }),
    },
    repeat: size.repeats,
    ...(seed === undefined ? {} : { seed }),
    ...provenance,
    command,
    startedAt: startedAt.toISOString(),
    ...(verifies === undefined ? {} : { verifies }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(child === undefined ? {} : { child: child.name, parent: child.parent }),
    // A run that called no model is not resumed.
    ...(asked === undefined || verifies !== undefined ? {} : { options: asked }),
    ...(warnings.length === 0 ? {} : { warnings, suiteWarnings: warnings.length }),
  }
}

/** Columns, and what their prompts and providers are. */
export function columnRecords(
  columns: readonly Column[],
  { cwd, notices }: Pick<ManifestOptions, 'cwd' | 'notices'>,
): Pick<Manifest, 'columns' | 'prompts' | 'providers'> {
  const prompts = new Map(columns.map(({ prompt }) => [prompt.key, prompt]))
  const providers = new Map(columns.map(({ provider }) => [provider.key, provider]))
  return {
    columns: columns.map(({ prompt, provider, hash, extra }) => ({
      prompt: prompt.key,
      provider: provider.key,
      hash,
      ...(extra?.baseline === undefined ? {} : { baseline: extra.baseline }),
    })),
    providers: [...providers.values()].map((provider) =>
      providerRecord(provider, notices?.get(provider.key)),
    ),
    prompts: [...prompts.values()].map((prompt) => promptRecord(prompt, cwd)),
  }
}

/**
 * The manifest of a run that is gone on with: the same run, of the suite as it stands now.
 * @param now as of a run that starts now, by the command that resumes
 */
export function resumedManifest(now: Manifest, earlier: Manifest): Manifest {
  const { id, startedAt, command, seed, options, accounts, scrubbed, resumed = [] } = earlier
  // What was said of the suite is said anew, unless it was put right.
  const kept = (earlier.warnings ?? []).slice(earlier.suiteWarnings ?? 0)
  const warnings = [...new Set([...(now.warnings ?? []), ...kept])]
  return {
    ...now,
    id,
    startedAt,
    command,
    ...(seed === undefined ? {} : { seed }),
    ...(options === undefined ? {} : { options }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(scrubbed === undefined ? {} : { scrubbed }),
    ...(warnings.length === 0 ? {} : { warnings }),
    resumed: [...resumed, { at: now.startedAt, command: now.command }],
  }
}

/** When each account was called, over all sessions of a run. */
export function mergeAccounts(earlier: readonly AccountSkew[], now: readonly AccountSkew[]): AccountSkew[] {
  const merged = new Map(earlier.map((skew) => [skew.account, skew]))
  for (const skew of now) {
    const before = merged.get(skew.account)
    merged.set(
      skew.account,
      before === undefined
        ? skew
        : { ...skew, startedAt: before.startedAt, calls: before.calls + skew.calls },
    )
  }
  return [...merged.values()]
}

function promptRecord(
  { key, raw, at, config, function: code }: Prompt,
  cwd: string,
): Manifest['prompts'][number] {
  return {
    key,
    raw,
    file: relative(cwd, at.file),
    ...(config === undefined ? {} : { config }),
    ...(code === undefined ? {} : { function: true }),
  }
}

function providerRecord(provider: ProviderSpec, notice: string | undefined): Manifest['providers'][number] {
  return {
    key: provider.key,
    id: provider.id,
    account: provider.account,
    ...(provider.model === undefined ? {} : { model: provider.model }),
    ...(provider.configAsWritten === undefined ? {} : { config: provider.configAsWritten }),
    ...(notice === undefined ? {} : { notice }),
  }
}
