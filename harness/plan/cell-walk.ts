import type { Case } from '../model/case.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Selection } from '../model/plan.ts'
import type { Suite } from '../model/suite.ts'
import { columnsFor, comparesColumns } from './columns.ts'
import { callOptionsOf, cellId } from './identity.ts'
import { shuffled } from './shuffle.ts'

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
    for await (const together of inOrder(suite, selection)) {
      const cases = Array.isArray(together) ? together : [together]
      for (const testCase of cases) visit?.(testCase)
      const taken = cases.filter(takes)
      const counts = taken.map((testCase) => repeatsOf(testCase, selection))
      const asked = columns.map(({ extra }) => extra?.repeats.count ?? 0)
      const most = Math.max(0, ...counts, ...(taken.length > 0 ? asked : []))
      for (let repeat = 0; repeat < most; repeat++) {
        for (const [i, testCase] of taken.entries()) {
          const count = counts[i] ?? 0
          const due = columns.filter(({ extra }) => repeat < (extra?.repeats.count ?? count))
          if (due.length > 0) yield* cellsOf(testCase, repeat, due, testIndex++, options)
        }
      }
    }
  }
}

function inOrder(suite: Suite, { shuffle }: Selection): AsyncIterable<Case | Case[]> {
  if (shuffle !== undefined) return shuffled(suite.cases(), shuffle)
  return suite.serial ? byTest(suite.cases()) : suite.cases()
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
  const repeatOf = ({ extra }: Column) => (extra?.repeats.from ?? 0) + repeat
  const idOn = (column: Column) => cellId(column.hash, testCase.id, repeatOf(column), callOptions)
  const idsOfAll = () =>
    columnsFor(testCase, allColumns, suite.dir)
      .filter(({ extra }) => extra === undefined)
      .map(idOn)
  const isWanted = wantedCells(testCase, selection, idsOfAll)
  const cells = columnsFor(testCase, columns, suite.dir).map((column): Cell => ({
    id: idOn(column),
    column,
    case: testCase,
    repeat: repeatOf(column),
    testIndex,
  }))
  return isWanted === always ? cells : cells.filter(isWanted)
}

const always = () => true

/**
 * Which cells of a case and repeat a selection of single cells wants: all of them, where their replies are compared. A column
 * that is run besides goes with any of them.
 */
function wantedCells(
  testCase: Case,
  { cellIds }: Selection,
  idsOfAll: () => readonly string[],
): (cell: Cell) => boolean {
  if (cellIds === undefined) return always
  const isAnyWanted = () => idsOfAll().some((id) => cellIds.has(id))
  if (comparesColumns(testCase) && isAnyWanted()) return always
  return ({ id, column }) => (column.extra === undefined ? cellIds.has(id) : isAnyWanted())
}

/** A case's own `options.repeat` stands; a selection's repeat replaces what the suite says for all cases. */
function repeatsOf(testCase: Case, { repeat }: Selection): number {
  const own = testCase.test.options?.repeat
  const hasOwn = typeof own === 'number' && Number.isSafeInteger(own) && own > 0
  return repeat === undefined || hasOwn ? testCase.repeat : repeat
}
