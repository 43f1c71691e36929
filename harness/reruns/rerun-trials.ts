import type { Extra } from '../model/cell.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { Run } from '../model/run.ts'
import type { Trial } from '../model/trial.ts'

/** A trial of a column that was run again, with its arm and its name there. */
export interface RerunTrial {
  readonly role: Extra['role']
  readonly name: ColumnName
  readonly trial: Trial
}

/** The trials of a run of columns that were run again. */
export async function* rerunTrials(run: Run): AsyncGenerator<RerunTrial, void> {
  const columns = new Map(run.manifest.columns.map((column) => [columnName(column), column]))
  for await (const trial of run.trials()) {
    const column = columns.get(columnName(trial.cell))
    if (column === undefined) continue
    const { prompt, provider, baseline } = column
    yield baseline === undefined
      ? { role: 'candidate', name: { prompt, provider }, trial }
      : { role: 'baseline', name: baseline, trial }
  }
}
