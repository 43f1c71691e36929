import type { Case } from '../model/case.ts'
import type { Cell, Column } from '../model/cell.ts'

/** A cell as JSON: what a worker elsewhere needs, besides the suite's own files, to run it. */
export interface CellJob {
  readonly v: 1
  readonly id: string
  /** Keys of the column, and its content: a worker whose files differ must refuse. */
  readonly prompt: string
  readonly provider: string
  readonly columnHash: string
  readonly repeat: number
  readonly testIndex?: number | undefined
  readonly case: Omit<Case, 'literalVars'> & { readonly literalVars: readonly string[] }
}

/** Undefined for a case that holds code of its own (a generator's functions): it can only be run where it was made. */
export function packCell({ id, column, case: testCase, repeat, testIndex }: Cell): CellJob | undefined {
  if (holdsCode(testCase)) return undefined
  return {
    v: 1,
    id,
    prompt: column.prompt.key,
    provider: column.provider.key,
    columnHash: column.hash,
    repeat,
    ...(testIndex !== undefined && { testIndex }),
    case: { ...testCase, literalVars: [...testCase.literalVars] },
  }
}

/** @throws Error when no column has the job's content: the worker reads another version of the suite */
export function unpackCell(job: CellJob, columns: readonly Column[]): Cell {
  const column = columns.find(
    ({ prompt, provider, hash }) =>
      prompt.key === job.prompt && provider.key === job.provider && hash === job.columnHash,
  )
  if (column === undefined)
    throw new Error(
      `no column ${job.prompt} × ${job.provider} with the content ${job.columnHash} in this suite`,
    )
  const { id, repeat, testIndex } = job
  // A check is known by its assertion, which the test lists too: they stay the same objects, as the reader made them.
  const testCase: Case = { ...job.case, literalVars: new Set(job.case.literalVars) }
  return { id, column, case: testCase, repeat, ...(testIndex !== undefined && { testIndex }) }
}

function holdsCode(value: unknown): boolean {
  if (typeof value === 'function') return true
  if (typeof value !== 'object' || value === null || value instanceof Set) return false
  return Object.values(value).some(holdsCode)
}
