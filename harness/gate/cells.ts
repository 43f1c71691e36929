import type { Analysis } from '../model/analysis.ts'
import { count } from './figures.ts'

/** Cells that only a recorded reply could have answered. */
export function unrecorded({ unrecorded: cells = 0 }: Analysis): string[] {
  if (cells === 0) return []
  return [
    `${count(cells)} ${cells === 1 ? 'cell has' : 'cells have'} no recorded reply; \`--record\` adds them.`,
  ]
}

/** @param why every cell must pass */
export function failedCells({ cells }: Analysis, why: string): string[] {
  if (cells.failed === 0) return []
  return [`${count(cells.failed)} of ${count(cells.finished)} cells failed; ${why}.`]
}

export function someErrors({ cells }: Analysis): string[] {
  if (cells.errored === 0) return []
  return [
    `${count(cells.errored)} of ${count(cells.finished)} cells errored: they count as missing, not as failed.`,
  ]
}

/** What is said last of a run that does not block. */
interface Held {
  /** Whether anything was limited: otherwise every cell had to pass. */
  readonly hasGate: boolean
  readonly lacksBaseline: boolean
}

export function held({ cells }: Analysis, { hasGate, lacksBaseline }: Held): string[] {
  const { passed, failed, finished } = cells
  const informs =
    failed === 0 ? '' : ` ${count(failed)} of ${count(finished)} cells failed, which alone does not block.`
  const nextStep = '`assay accept RUN` makes a run the baseline of the next'
  if (!hasGate) {
    const all = passed === finished ? allPassed(passed) : `The other ${count(passed)} passed.`
    const rest = failed === 0 ? all : informs.trim()
    return lacksBaseline ? [`There is no baseline to compare with: ${nextStep}.`, rest] : [rest]
  }
  if (lacksBaseline) {
    return [
      `No limit of the gate was broken, and there is no baseline to compare with: ${nextStep}.${informs}`,
    ]
  }
  return [`No limit of the gate was broken.${informs}`]
}

function allPassed(cells: number): string {
  return cells === 1 ? 'The one cell passed.' : `All ${count(cells)} cells passed.`
}
