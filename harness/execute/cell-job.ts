import type { Assertion, Check } from '../model/assertion.ts'
import type { Case } from '../model/case.ts'
import type { Cell } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'

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

/** Deeper than any case that was written; what holds itself has no end. */
const MAX_DEPTH = 100

/**
 * Undefined for a case that JSON cannot hold, such as one with code of its own (a generator's functions, a provider's
 * object): it can only be run where it was made.
 */
export function packCell({ id, column, case: testCase, repeat, testIndex }: Cell): CellJob | undefined {
  const packed = { ...testCase, literalVars: [...testCase.literalVars] }
  if (!isJson(packed)) return undefined
  return {
    v: 1,
    id,
    prompt: column.prompt.key,
    provider: column.provider.key,
    columnHash: column.hash,
    repeat,
    ...(testIndex !== undefined && { testIndex }),
    case: packed,
  }
}

/**
 * The cell of a job, of a plan that was made of the same suite.
 * @throws Error when no column has the job's content: the worker reads another version of the suite
 */
export function unpackCell(job: CellJob, { columns, suite }: Pick<Plan, 'columns' | 'suite'>): Cell {
  const { id, prompt, provider, columnHash, repeat, testIndex } = job
  const column = columns.find(
    (each) => each.prompt.key === prompt && each.provider.key === provider && each.hash === columnHash,
  )
  if (column === undefined)
    throw new Error(`no column ${prompt} × ${provider} with the content ${columnHash} in this suite`)
  const testCase = relinked(job.case, suite.defaultTest?.assert ?? [])
  return { id, column, case: testCase, repeat, ...(testIndex !== undefined && { testIndex }) }
}

/**
 * An assertion is known by its object: the one that a check holds stands in the test as well, and one of `defaultTest` is the
 * same in every case. JSON makes copies of them, which are put together again here.
 */
function relinked(packed: CellJob['case'], shared: readonly Assertion[]): Case {
  const known = new Map(shared.map((assertion) => [JSON.stringify(assertion), assertion]))
  const linked = (assertion: Assertion): Assertion => {
    const text = JSON.stringify(assertion)
    const first = known.get(text) ?? assertion
    known.set(text, first)
    return first
  }
  const { test, checks, literalVars } = packed
  return {
    ...packed,
    literalVars: new Set(literalVars),
    test: test.assert === undefined ? test : { ...test, assert: test.assert.map(linked) },
    checks: checks.map(({ assertion, at, literal }): Check => ({
      assertion: linked(assertion),
      at,
      literal,
    })),
  }
}

/** True when a value comes out of JSON as it went in; members without a value may get lost. */
function isJson(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null)
    return value === null || ['string', 'boolean', 'undefined'].includes(typeof value)
  if (depth === MAX_DEPTH) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = prototype === Object.prototype || prototype === null || Array.isArray(value)
  return isPlain && Object.values(value).every((member) => isJson(member, depth + 1))
}
