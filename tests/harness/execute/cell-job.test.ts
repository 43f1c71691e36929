import { describe, expect, it } from 'vitest'
import type { CellJob } from '../../../harness/execute/cell-job.ts'
import { packCell, unpackCell } from '../../../harness/execute/cell-job.ts'
import type { CellWorker } from '../../../harness/execute/worker.ts'
import type { Cell } from '../../../harness/model/cell.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { caseOf, casesOf, providerOf, run, specOf, suiteOf } from './world.ts'

const SENTIMENT = 'suites/sentiment/suite.yaml'

/** A cell as it comes out of JSON. */
function sent(cell: Cell, columns: readonly Cell['column'][]): Cell {
  const job = packCell(cell)
  if (job === undefined) throw new Error('the cell cannot be sent')
  return unpackCell(JSON.parse(JSON.stringify(job)) as CellJob, columns)
}

describe('a cell', () => {
  it('of a suite comes out of JSON as it went in, every one of them', async () => {
    const suite = await readSuite(SENTIMENT, { env: {}, cwd: process.cwd() })
    const plan = await makePlan(suite)
    let cells = 0
    for await (const cell of plan.cells()) {
      cells++
      const { id, column, repeat, testIndex, case: testCase } = sent(cell, plan.columns)
      expect({ id, column, repeat, testIndex }).toEqual({
        id: cell.id,
        column: cell.column,
        repeat: cell.repeat,
        testIndex: cell.testIndex,
      })
      expect(JSON.stringify(testCase)).toBe(JSON.stringify(cell.case))
      expect(testCase.literalVars).toEqual(cell.case.literalVars)
    }
    expect(cells).toBe(plan.size.cells)
  })

  it('runs elsewhere to the trial it comes to here', async () => {
    const suite = suiteOf({ tests: casesOf(20), providers: [specOf('a'), specOf('b')] })
    const here = await run(suite, providerOf())
    const plan = await makePlan(suite)
    const jobs: CellJob[] = []
    const elsewhere = await run(suite, providerOf(), {
      worker: (local): CellWorker => ({
        run(cell, slot) {
          const job = packCell(cell)
          if (job !== undefined) jobs.push(job)
          return local.run(sent(cell, plan.columns), slot)
        },
      }),
    })
    expect(jobs).toHaveLength(40)
    const comparable = ({ trials }: typeof here) =>
      trials
        .map(({ cell, outcome, output, request }) => ({ cell, outcome, output, request }))
        .toSorted((a, b) => (a.cell.id < b.cell.id ? -1 : 1))
    expect(comparable(elsewhere)).toEqual(comparable(here))
  })

  it('whose case holds code is not sent', async () => {
    const code = { type: 'javascript', value: () => true }
    const plan = await makePlan(suiteOf({ tests: [caseOf({ vars: { q: 'a' }, assert: [code] })] }))
    for await (const cell of plan.cells()) expect(packCell(cell)).toBeUndefined()
  })

  it('is refused where the column is another', async () => {
    const plan = await makePlan(suiteOf())
    const edited = plan.columns.map((column) => ({ ...column, hash: 'edited' }))
    for await (const cell of plan.cells()) expect(() => sent(cell, edited)).toThrow('no column p × m')
  })
})
