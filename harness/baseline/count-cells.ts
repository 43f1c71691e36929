import type { Baseline } from '../model/baseline.ts'
import type { Run } from '../model/run.ts'

/** How many cells a baseline has scores of, those that errored included. */
export function cellsOf({ cases }: Pick<Baseline, 'cases'>): number {
  let cells = 0
  for (const { scores, errored = {} } of cases) {
    for (const byMetric of Object.values(scores))
      cells += Math.max(0, ...Object.values(byMetric).map(({ length }) => length))
    for (const count of Object.values(errored)) cells += count
  }
  return cells
}

/** A run that counts its trials as they are read. */
export function countedRun(run: Run): { readonly run: Run; readonly trials: () => number } {
  let count = 0
  return {
    trials: () => count,
    run: {
      dir: run.dir,
      manifest: run.manifest,
      async *trials() {
        for await (const trial of run.trials()) {
          count++
          yield trial
        }
      },
    },
  }
}
