import { columnName } from '../model/comparison.ts'
import type { Manifest, Run } from '../model/run.ts'

/** A manifest without the columns of a baseline that were run beside the run's own: those are no part of it. */
export function ownManifest(manifest: Manifest): Manifest {
  const columns = manifest.columns.filter(({ baseline }) => baseline === undefined)
  if (columns.length === manifest.columns.length) return manifest
  const prompts = new Set(columns.map(({ prompt }) => prompt))
  const providers = new Set(columns.map(({ provider }) => provider))
  return {
    ...manifest,
    columns,
    prompts: manifest.prompts.filter(({ key }) => prompts.has(key)),
    providers: manifest.providers.filter(({ key }) => providers.has(key)),
  }
}

/** A run as what it says of itself: see `ownManifest`. */
export function ownRun(run: Run): Run {
  const manifest = ownManifest(run.manifest)
  if (manifest === run.manifest) return run
  const own = new Set(manifest.columns.map(columnName))
  return {
    ...run,
    manifest,
    async *trials(wanted) {
      for await (const trial of run.trials(wanted)) if (own.has(columnName(trial.cell))) yield trial
    },
  }
}
