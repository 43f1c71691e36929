import type { Arm, ArmColumn } from '../../../../harness/analyze/paired/arm.ts'
import type { CompareOptions } from '../../../../harness/analyze/paired/compare-runs.ts'
import { compareRuns } from '../../../../harness/analyze/paired/compare-runs.ts'
import { observationOf } from '../../../../harness/analyze/paired/observation.ts'
import { ScoreTable } from '../../../../harness/analyze/paired/score-table.ts'
import type { ColumnName, MetricComparison, RunComparison } from '../../../../harness/model/comparison.ts'
import { HarnessError } from '../../../../harness/model/errors.ts'
import type { CellRecord, Trial } from '../../../../harness/model/trial.ts'
import { makeErrored, makeTrial } from '../make-trial.ts'

/** 1 passed, 0 failed, null errored; or all of a trial. */
type Cell = 1 | 0 | null | Partial<Omit<Trial, 'cell'>>

/** Repeats by case. */
export type Cells = Readonly<Record<string, readonly Cell[]>>

export const COLUMN: ColumnName = { prompt: 'few-shot', provider: 'flash' }

export const FAILED = {
  outcome: 'failed',
  score: 0,
  checks: [{ type: 'equals', metric: 'accuracy', pass: false, score: 0, reason: 'expected positive' }],
} as const

/** The trials of one column. */
export function trialsOf(
  cells: Cells,
  column: ColumnName = COLUMN,
  cellOf: (caseId: string) => Partial<CellRecord> = () => ({}),
): Trial[] {
  return Object.entries(cells).flatMap(([caseId, repeats]) =>
    repeats.map((cell, repeat) => {
      const named = { ...column, caseId, repeat, ...cellOf(caseId) }
      if (cell === null) return makeErrored('unavailable', named)
      if (cell === 1) return makeTrial({ cell: named })
      return makeTrial({ cell: named, ...(cell === 0 ? FAILED : cell) })
    }),
  )
}

interface ArmParts extends Partial<Omit<Arm, 'table' | 'columns' | 'about'>> {
  readonly columns?: readonly (ColumnName & Partial<ArmColumn>)[]
  readonly about?: Partial<Arm['about']>
  readonly cluster?: string
}

/** An arm of trials, in the order given. */
export function armOf(trials: readonly Trial[], parts: ArmParts = {}): Arm {
  const { columns = [COLUMN], about, cluster, ...rest } = parts
  const table = new ScoreTable(columns)
  for (const trial of trials) table.add(observationOf(trial, cluster))
  return {
    about: {
      name: 'base',
      kind: 'run',
      runId: 'run',
      at: '2026-11-20T00:00:00.000Z',
      replies: true,
      ...about,
    },
    columns: columns.map((column) => withDigests(column)),
    repeat: 1,
    versions: {},
    suite: { name: 'sentiment', hash: 'suite' },
    table,
    ...rest,
  }
}

function withDigests(column: ColumnName & Partial<ArmColumn>): ArmColumn {
  return {
    hash: `${column.prompt}-${column.provider}`,
    promptHash: `prompt-${column.prompt}`,
    configHash: `config-${column.provider}`,
    ...column,
  }
}

export const OPTIONS: CompareOptions = {
  metrics: ['pass'],
  margin: 0.05,
  alpha: 0.05,
  quarantined: new Set(),
  now: new Date('2026-11-26T00:00:00.000Z'),
}

/** As many cases as there are signs, all of single runs: `c000` first. `+` passed, `-` failed, `e` errored. */
export function singles(signs: string): Cells {
  return Object.fromEntries(
    signs.split('').map((sign, i) => [caseId(i), [sign === '+' ? 1 : sign === '-' ? 0 : null]]),
  )
}

export function caseId(i: number): string {
  return `c${String(i).padStart(3, '0')}`
}

/** Paths of the numbers that must not come out: NaN, infinities and −0. */
export function oddNumbersIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path}: ${value}`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => oddNumbersIn(inner, `${path}.${key}`))
}

/** Compares two arms, or the cells of two with one column. */
export function compare(
  base: Cells | Arm,
  candidate: Cells | Arm,
  options: Partial<CompareOptions> = {},
): RunComparison {
  return compareRuns(asArm(base), asArm(candidate), { ...OPTIONS, ...options })
}

function asArm(cells: Cells | Arm): Arm {
  return isArm(cells) ? cells : armOf(trialsOf(cells))
}

function isArm(cells: Cells | Arm): cells is Arm {
  return 'table' in cells
}

/** A metric of the first column that has it. */
export function metricOf({ metrics }: RunComparison, name = 'pass'): MetricComparison {
  const found = metrics.find((one) => one.metric === name)
  if (found === undefined) throw new Error(`no metric ${name}`)
  return found
}

/** The mistake of the user that a comparison finds. */
export function mistakeOf(run: () => unknown): HarnessError {
  try {
    run()
  } catch (error) {
    if (error instanceof HarnessError) return error
  }
  throw new Error('nothing was thrown')
}
