import type { Arm } from '../../harness/analyze/paired/arm.ts'
import type { Observation } from '../../harness/analyze/paired/observation.ts'
import { observationOf } from '../../harness/analyze/paired/observation.ts'
import { ScoreTable } from '../../harness/analyze/paired/score-table.ts'
import type { CellRecord, Trial } from '../../harness/model/trial.ts'

/** The one column of a simulated run. */
export const COLUMN = { prompt: 'prompt', provider: 'model' } as const

/** What a suite names as `assay.cluster`. */
export const CLUSTER = 'vars.document'

/** How many cases, how often each, and what they share. */
export interface Shape {
  readonly cases: number
  readonly repeats: number
  /** Cluster of each case; absent: a case is its own unit. */
  readonly clusters?: readonly number[] | undefined
}

/** One simulated reply, scored. */
export interface Scored {
  /** 1 passed, 0 failed. */
  readonly pass: number
  readonly named?: Record<string, number>
  readonly latencyMs?: number
}

/** The reply to a case in a repeat (from 0): a number is a pass, 1 or 0. */
export type Draw = (caseIndex: number, repeat: number) => Scored | number

/** `G` clusters of equal size, cases in order. */
export function equalClusters(cases: number, clusters: number): number[] {
  return Array.from({ length: cases }, (_, index) => Math.floor((index * clusters) / cases))
}

/** A run of the shape, as it is read from its record: trial by trial. */
export function makeArm(shape: Shape, draw: Draw): Arm {
  return armOf(shape, observe(shape, draw))
}

/** The run that saw so much. */
export function armOf({ repeats }: Shape, observations: Iterable<Observation>): Arm {
  const table = new ScoreTable([COLUMN])
  for (const observation of observations) table.add(observation)
  return { ...FRAME, repeat: repeats, table }
}

/** What a run of the shape records, case by case and repeat by repeat. */
export function* observe(shape: Shape, draw: Draw): Generator<Observation> {
  const cells = cellsOf(shape)
  const cluster = shape.clusters === undefined ? undefined : CLUSTER
  let next = 0
  for (let index = 0; index < shape.cases; index++) {
    for (let repeat = 0; repeat < shape.repeats; repeat++) {
      const cell = cells[next++]
      if (cell !== undefined) yield observationOf(trialOf(cell, draw(index, repeat)), cluster)
    }
  }
}

/** Everything of a run but its trials. */
const FRAME: Omit<Arm, 'repeat' | 'table'> = {
  about: {
    name: 'simulated',
    kind: 'run',
    runId: 'simulated',
    at: '2026-11-26T00:00:00.000Z',
    replies: true,
  },
  columns: [{ ...COLUMN, hash: 'column', promptHash: 'prompt', configHash: 'config' }],
  versions: {},
  suite: { name: 'simulated', hash: 'suite' },
}

/** Cells are the same in every run of a shape: only replies differ. */
const known = new Map<string, readonly CellRecord[]>()

function cellsOf({ cases, repeats, clusters }: Shape): readonly CellRecord[] {
  const key = `${cases} ${repeats} ${clusters?.join() ?? ''}`
  let cells = known.get(key)
  if (cells === undefined) {
    cells = Array.from({ length: cases * repeats }, (_, at) => {
      const index = Math.floor(at / repeats)
      return {
        ...COLUMN,
        id: `cell-${at}`,
        caseId: caseIdOf(index),
        repeat: at % repeats,
        vars: clusters === undefined ? {} : { document: clusters[index] },
        varsHash: 'vars',
        source: { file: 'cases.csv', line: index + 2 },
      }
    })
    known.set(key, cells)
  }
  return cells
}

/** Sorted by id, cases are in order. */
export function caseIdOf(index: number): string {
  return `c${String(index).padStart(4, '0')}`
}

/** The case that an id names. */
export function caseIndexOf(caseId: string): number {
  return Number(caseId.slice(1))
}

const REQUEST = { prompt: 'the prompt' }
const CHECKS = [{ type: 'equals', pass: true, score: 1, reason: 'as expected' }]
const FAILED_CHECKS = [{ type: 'equals', pass: false, score: 0, reason: 'not as expected' }]

function trialOf(cell: CellRecord, drawn: Scored | number): Trial {
  const { pass, named = {}, latencyMs = 100 } = typeof drawn === 'number' ? { pass: drawn } : drawn
  return {
    v: 1,
    kind: 'trial',
    cell,
    outcome: pass === 1 ? 'passed' : 'failed',
    score: pass,
    namedScores: named,
    output: pass === 1 ? 'right' : 'wrong',
    request: REQUEST,
    response: {},
    checks: pass === 1 ? CHECKS : FAILED_CHECKS,
    checksHash: 'checks',
    latencyMs,
    ttftMs: null,
    costUsd: 0.001,
    attempts: [
      { timing: { queuedMs: 0, backoffMs: 0, latencyMs, trusted: true }, reply: {}, costUsd: 0.001 },
    ],
  }
}
