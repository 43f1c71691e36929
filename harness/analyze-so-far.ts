import { join } from 'node:path'
import { createAnalyzer } from './analyze/analyzer.ts'
import { ownRun } from './baseline/own-columns.ts'
import { explain, type Incomplete } from './model/incomplete.ts'
import type { ReportInput } from './model/report.ts'
import type { Run } from './model/run.ts'
import { readJournal } from './record/read-journal.ts'

/**
 * A run that has not come to its end, by what its journal holds so far: its figures, and no verdict. Nothing is compared, and no
 * gate is asked.
 */
export async function analyzeSoFar(run: Run): Promise<ReportInput> {
  const { id, columns, cells, verifies } = ownRun(run).manifest
  const planned = cells.planned - (cells.beside ?? 0)
  const analyzer = createAnalyzer({ runId: id, columns, planned, isMade: () => verifies === undefined })
  for await (const trial of ownRun(run).trials()) analyzer.add(trial)
  for await (const line of readJournal(join(run.dir, 'trials.jsonl'), undefined, run.soFar))
    if (line.kind === 'call') analyzer.addCall(line)
  const analysis = analyzer.finish()
  const cause: Incomplete = {
    cause: 'missing',
    cells: analysis.cells.absent,
    message: run.soFar === undefined ? 'The run ended before it was analyzed.' : 'The run is still going on.',
  }
  const { interrupted: _earlier, ...manifest } = run.manifest
  return {
    run: { ...run, manifest: { ...manifest, incomplete: [cause] } },
    analysis,
    verdict: { v: 1, decision: 'invalid', exitCode: 3, gates: [], reasons: [explain(cause, planned)] },
  }
}
