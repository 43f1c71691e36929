import { relative } from 'node:path'
import type { Plan } from '../model/plan.ts'
import type { AccountSkew, Manifest } from '../model/run.ts'
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
}

/** What is known of a run when it starts. Providers' configurations stand as written: `{{env.X}}` is not resolved. */
export function makeManifest(options: ManifestOptions): Manifest {
  const { id, plan, planned, cwd, provenance, seed, command, startedAt, notices, verifies } = options
  const { options: asked } = options
  const { suite, size } = plan
  const prompts = new Map(plan.columns.map(({ prompt }) => [prompt.key, prompt]))
  const providers = new Map(plan.columns.map(({ provider }) => [provider.key, provider]))
  const warnings = [...suite.warnings, ...plan.warnings].map(formatWarning)
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
    columns: plan.columns.map(({ prompt, provider, hash }) => ({
      prompt: prompt.key,
      provider: provider.key,
      hash,
    })),
    providers: [...providers.values()].map((provider) =>
      providerRecord(provider, notices?.get(provider.key)),
    ),
    prompts: [...prompts.values()].map(({ key, raw, at }) => ({ key, raw, file: relative(cwd, at.file) })),
    cells: { planned, cases: size.cases },
    repeat: size.repeats,
    ...(seed === undefined ? {} : { seed }),
    ...provenance,
    command,
    startedAt: startedAt.toISOString(),
    ...(verifies === undefined ? {} : { verifies }),
    // A run that called no model is not resumed.
    ...(asked === undefined || verifies !== undefined ? {} : { options: asked }),
    ...(warnings.length === 0 ? {} : { warnings }),
  }
}

/**
 * The manifest of a run that is gone on with: the same run, of the suite as it stands now.
 * @param now as of a run that starts now, by the command that resumes
 */
export function resumedManifest(now: Manifest, earlier: Manifest): Manifest {
  const { id, startedAt, command, seed, options, accounts, resumed = [] } = earlier
  const warnings = [...new Set([...(now.warnings ?? []), ...(earlier.warnings ?? [])])]
  return {
    ...now,
    id,
    startedAt,
    command,
    ...(seed === undefined ? {} : { seed }),
    ...(options === undefined ? {} : { options }),
    ...(accounts === undefined ? {} : { accounts }),
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

function providerRecord(provider: ProviderSpec, notice: string | undefined): Manifest['providers'][number] {
  return {
    key: provider.key,
    id: provider.id,
    account: provider.account,
    ...(provider.configAsWritten === undefined ? {} : { config: provider.configAsWritten }),
    ...(notice === undefined ? {} : { notice }),
  }
}
