import type { Case } from '../model/case.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Selection } from '../model/plan.ts'
import type { Suite } from '../model/suite.ts'
import { isComparison } from '../verify/assertion-kind.ts'
import { columnsFor } from './columns.ts'
import { callOptionsOf, cellId } from './identity.ts'

interface WalkOptions {
  readonly suite: Suite
  readonly selection: Selection
  /** All columns that were selected. */
  readonly columns: readonly Column[]
  readonly takes: (testCase: Case) => boolean
}

/** Generates cells of the given columns, and shows each case on the way, taken or not. */
export type CellWalk = (
  columns: readonly Column[],
  visit?: (testCase: Case) => void,
) => AsyncGenerator<Cell, void>

/** Cells in promptfoo's order: cases, then repeats, then columns side by side. */
export function cellWalk(options: WalkOptions): CellWalk {
  const { suite, selection, takes } = options
  return async function* (columns, visit) {
    let testIndex = 0
    for await (const together of suite.serial ? byTest(suite.cases()) : suite.cases()) {
      const cases = Array.isArray(together) ? together : [together]
      for (const testCase of cases) visit?.(testCase)
      const taken = cases.filter(takes)
      const most = Math.max(0, ...taken.map((testCase) => repeatsOf(testCase, selection)))
      for (let repeat = 0; repeat < most; repeat++) {
        for (const testCase of taken) {
          if (repeat < repeatsOf(testCase, selection))
            yield* cellsOf(testCase, repeat, columns, testIndex++, options)
        }
      }
    }
  }
}

/**
 * Where order matters, the cases that one test fans out into are repeated together, as under promptfoo: first all of
 * them once, then all of them again. They are known by the options they share.
 */
async function* byTest(cases: AsyncIterable<Case>): AsyncGenerator<Case[], void> {
  let together: Case[] = []
  for await (const testCase of cases) {
    const { options } = testCase.test
    if (together.length > 0 && (options === undefined || options !== together[0]?.test.options)) {
      yield together
      together = []
    }
    together.push(testCase)
  }
  if (together.length > 0) yield together
}

function cellsOf(
  testCase: Case,
  repeat: number,
  columns: readonly Column[],
  testIndex: number,
  { suite, selection, columns: allColumns }: WalkOptions,
): Cell[] {
  const callOptions = callOptionsOf(testCase)
  const idOn = (column: Column) => cellId(column.hash, testCase.id, repeat, callOptions)
  const idsOfAll = () => columnsFor(testCase, allColumns, suite.dir).map(idOn)
  const isWanted = wantedCells(testCase, selection, idsOfAll)
  const cells = columnsFor(testCase, columns, suite.dir).map((column): Cell => ({
    id: idOn(column),
    column,
    case: testCase,
    repeat,
    testIndex,
  }))
  return isWanted === always ? cells : cells.filter(({ id }) => isWanted(id))
}

const always = () => true

/** Which cells of a case and repeat a selection of single cells wants: all of them, where their replies are compared. */
function wantedCells(
  testCase: Case,
  { cellIds }: Selection,
  idsOfAll: () => readonly string[],
): (cellId: string) => boolean {
  if (cellIds === undefined) return always
  const compares = testCase.checks.some(({ assertion }) => isComparison(assertion.type))
  if (compares && idsOfAll().some((id) => cellIds.has(id))) return always
  return (id) => cellIds.has(id)
}

/** A case's own `options.repeat` stands; a selection's repeat replaces what the suite says for all cases. */
function repeatsOf(testCase: Case, { repeat }: Selection): number {
  const own = testCase.test.options?.repeat
  const hasOwn = typeof own === 'number' && Number.isSafeInteger(own) && own > 0
  return repeat === undefined || hasOwn ? testCase.repeat : repeat
}
