import type { Case } from '../model/case.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Plan, Selection } from '../model/plan.ts'
import type { Suite, Warning } from '../model/suite.ts'
import type { CellWalk } from './cell-walk.ts'
import { cellWalk } from './cell-walk.ts'
import { columnsFor, columnsOf } from './columns.ts'
import { besideOwn, extraColumns } from './extra-columns.ts'
import { refuseLoneComparison } from './lone-comparison.ts'
import { Sample } from './sample.ts'
import type { CasesSeen } from './select.ts'
import { caseSelector, nothingSelected, selectColumns } from './select.ts'

/** Tags remembered to explain a selection that matched nothing. */
const MAX_TAGS = 1_000

/**
 * Works out what is to be run. The cases are walked once here, to count (and once more to sample), and again by each
 * `cells()`: they are never held.
 * @throws HarnessError `empty` when nothing is left to run; `suite` when two columns have one name, or a case that
 *   compares columns is to run in one.
 */
export async function makePlan(suite: Suite, selection: Selection = {}): Promise<Plan> {
  const allColumns = await columnsOf(suite)
  const { extra = [], onlyExtra = false } = selection
  const own = onlyExtra ? [] : selectColumns(suite, allColumns, selection)
  const columns = [...own, ...(await extraColumns(extra, allColumns))]
  const isSelected = caseSelector(selection)
  const sampled = selection.sample && (await sampleOf(suite, selection.sample, isSelected))
  const takes = (testCase: Case) =>
    isSelected(testCase) && (sampled === undefined || sampled.has(testCase.id))
  const walk = cellWalk({ suite, selection, columns, takes })

  const survey = new Survey(
    isSelected,
    besideOwn(columns),
    (testCase) => takes(testCase) && columnsFor(testCase, allColumns, suite.dir).length === 0,
  )
  for await (const cell of walk(columns, (testCase) => survey.seeCase(testCase))) {
    refuseLoneComparison(cell.case, columns, suite.dir)
    survey.seeCell(cell)
  }
  const { size, seen, warnings } = survey
  if (size.cells === 0) throw nothingSelected(suite, selection, seen)
  return {
    suite,
    columns,
    accounts: [...new Set(columns.map(({ provider }) => provider.account))],
    cells(account) {
      if (account !== undefined) return walk(columns.filter(({ provider }) => provider.account === account))
      return size.serialCells === 0 ? walk(columns) : serialFirst(walk, columns)
    },
    size,
    warnings,
  }
}

/** True for a case promptfoo would run before all others, one at a time. */
export function isSerial(testCase: Case): boolean {
  return testCase.test.options?.runSerially === true
}

async function* serialFirst(walk: CellWalk, columns: readonly Column[]): AsyncGenerator<Cell, void> {
  for await (const cell of walk(columns)) if (isSerial(cell.case)) yield cell
  for await (const cell of walk(columns)) if (!isSerial(cell.case)) yield cell
}

async function sampleOf(
  suite: Suite,
  wanted: NonNullable<Selection['sample']>,
  isSelected: (testCase: Case) => boolean,
): Promise<ReadonlySet<string>> {
  const sample = new Sample(wanted)
  for await (const testCase of suite.cases()) if (isSelected(testCase)) sample.offer(testCase.id)
  return sample.chosen()
}

/** What one walk over all cases finds out. */
class Survey {
  readonly #isSelected: (testCase: Case) => boolean
  readonly #beside: ReadonlySet<Column>
  readonly #runsNowhere: (testCase: Case) => boolean
  readonly #tags = new Set<string>()
  readonly #cellsByAccount: Record<string, number> = {}
  #cases = 0
  #matching = 0
  #answered = 0
  #cells = 0
  #serialCells = 0
  #besideCells = 0
  #repeats = 0
  #last: Case | undefined
  #nowhere: { readonly first: Case; count: number } | undefined

  constructor(
    isSelected: (testCase: Case) => boolean,
    beside: ReadonlySet<Column>,
    runsNowhere: (testCase: Case) => boolean,
  ) {
    this.#isSelected = isSelected
    this.#beside = beside
    this.#runsNowhere = runsNowhere
  }

  seeCase(testCase: Case): void {
    this.#cases++
    if (this.#isSelected(testCase)) this.#matching++
    for (const tag of testCase.tags) if (this.#tags.size < MAX_TAGS) this.#tags.add(tag)
    if (this.#runsNowhere(testCase)) (this.#nowhere ??= { first: testCase, count: 0 }).count++
  }

  seeCell({ case: testCase, column, repeat }: Cell): void {
    if (testCase !== this.#last) this.#answered++
    this.#last = testCase
    this.#cells++
    if (isSerial(testCase)) this.#serialCells++
    if (this.#beside.has(column)) this.#besideCells++
    else this.#repeats = Math.max(this.#repeats, repeat + 1)
    const { account } = column.provider
    this.#cellsByAccount[account] = (this.#cellsByAccount[account] ?? 0) + 1
  }

  get size(): Plan['size'] & { serialCells: number } {
    return {
      cases: this.#answered,
      cells: this.#cells,
      serialCells: this.#serialCells,
      repeats: this.#repeats,
      cellsByAccount: this.#cellsByAccount,
      ...(this.#besideCells > 0 && { besideCells: this.#besideCells }),
    }
  }

  get seen(): CasesSeen {
    return { cases: this.#cases, matching: this.#matching, tags: this.#tags }
  }

  get warnings(): Warning[] {
    if (this.#nowhere === undefined) return []
    const { first, count } = this.#nowhere
    const others = count === 1 ? '' : ` (and ${count - 1} more like it)`
    const name = first.description ?? first.id
    const message = `the filters of the case ${name}${others} leave no prompt and provider: it does not run`
    return [{ message, at: first.at }]
  }
}
