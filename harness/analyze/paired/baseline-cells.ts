import type { Baseline, BaselineCase } from '../../model/baseline.ts'
import type { ColumnName } from '../../model/comparison.ts'
import { columnName } from '../../model/comparison.ts'
import type { Run } from '../../model/run.ts'
import type { CaseInfo, Observation, ReplyText } from './observation.ts'
import { observationOf } from './observation.ts'
import type { ScoreTable } from './score-table.ts'

/** What the record of a baseline holds of its cells: by column and case, in the order of the repeats. */
type RecordedCells = ReadonlyMap<string, readonly Observation[]>

const NO_CELLS: readonly Observation[] = []

/** Reads the cells of a baseline's record. */
export async function recordedCells(record: Run, cluster: string | undefined): Promise<RecordedCells> {
  const cells = new Map<string, Observation[]>()
  for await (const trial of record.trials()) {
    const whole = observationOf(trial, cluster)
    // Words are taken now, so that the trial is let go of.
    const [info, output] = [whole.info(), whole.output()]
    const text = trial.outcome === 'failed' ? whole.text() : NO_TEXT
    const observation = { ...whole, info: () => info, output: () => output, text: () => text }
    const key = cellKey(columnName(trial.cell), trial.cell.caseId)
    const known = cells.get(key)
    if (known === undefined) cells.set(key, [observation])
    else known.push(observation)
  }
  for (const repeats of cells.values()) if (repeats.length > 1) repeats.sort((a, b) => a.repeat - b.repeat)
  return cells
}

/** Adds every score of a baseline to a table, with what its record knows besides. */
export function fillFromBaseline(table: ScoreTable, baseline: Baseline, recorded: RecordedCells): void {
  const columns = new Map(baseline.columns.map((column) => [columnName(column), column]))
  for (const each of baseline.cases) {
    const names = new Set([...Object.keys(each.scores), ...Object.keys(each.errored ?? {})])
    for (const name of names) {
      const column = columns.get(name)
      if (column === undefined) continue
      const cells = recorded.get(cellKey(name, each.id)) ?? NO_CELLS
      for (const observation of cellsOf(each, name, column, cells)) table.add(observation)
    }
  }
}

/** The finished repeats of a case in their order, then its errored ones. */
function cellsOf(
  each: BaselineCase,
  name: string,
  { prompt, provider }: ColumnName,
  recorded: readonly Observation[],
): Observation[] {
  const byMetric = Object.entries(each.scores[name] ?? {})
  const repeats = Math.max(0, ...byMetric.map(([, scores]) => scores.length))
  const finished = recorded.filter(({ scores }) => scores !== null)
  const info = infoOf(each, recorded[0])
  const shared = { prompt, provider, caseId: each.id, copied: false, outputKey: 0, info: () => info }
  const cells: Observation[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const scores: Record<string, number> = {}
    for (const [metric, values] of byMetric) {
      const score = values[repeat]
      if (score !== undefined) scores[metric] = score
    }
    const known = finished[repeat]
    const { latencyMs = null, costUsd = null } = known ?? {}
    const { output = nothing, text = noText } = known ?? {}
    cells.push({ ...shared, repeat, scores, latencyMs, costUsd, output, text })
  }
  for (let i = 0; i < (each.errored?.[name] ?? 0); i++)
    cells.push({
      ...shared,
      repeat: repeats + i,
      scores: null,
      latencyMs: null,
      costUsd: null,
      output: nothing,
      text: noText,
    })
  return cells
}

/** What the file says goes before what the record says. */
function infoOf({ id, description, varsHash, checksHash }: BaselineCase, known?: Observation): CaseInfo {
  return {
    tags: [],
    slices: {},
    ...known?.info(),
    id,
    ...(description !== undefined && { description }),
    ...(varsHash !== undefined && { varsHash }),
    checksHash,
  }
}

/** What a baseline without a record says of a reply that failed. */
const NO_TEXT: ReplyText = { reason: 'failed', checks: [] }
const noText = () => NO_TEXT
const nothing = () => undefined

function cellKey(column: string, caseId: string): string {
  return `${column}\0${caseId}`
}
