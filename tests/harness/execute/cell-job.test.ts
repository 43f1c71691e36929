import { describe, expect, it } from 'vitest'
import type { CellJob } from '../../../harness/execute/cell-job.ts'
import { packCell, unpackCell } from '../../../harness/execute/cell-job.ts'
import type { CellWorker } from '../../../harness/execute/worker.ts'
import type { TestCase } from '../../../harness/model/case.ts'
import type { Cell } from '../../../harness/model/cell.ts'
import type { Plan } from '../../../harness/model/plan.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { caseOf, casesOf, providerOf, run, specOf, suiteOf, verifierOf } from './world.ts'

const SENTIMENT = 'suites/sentiment/suite.yaml'

/** Its methods are none of its own properties. */
class Grader {
  id(): string {
    return 'grader'
  }
}

/** A cell as it comes out of JSON. */
function sent(cell: Cell, plan: Plan): Cell {
  const job = packCell(cell)
  if (job === undefined) throw new Error('the cell cannot be sent')
  return unpackCell(JSON.parse(JSON.stringify(job)) as CellJob, plan)
}

describe('a cell', () => {
  it('of a suite comes out of JSON as it went in, every one of them', async () => {
    const suite = await readSuite(SENTIMENT, { env: {}, cwd: process.cwd() })
    const plan = await makePlan(suite)
    let cells = 0
    for await (const cell of plan.cells()) {
      cells++
      const { id, column, repeat, testIndex, case: testCase } = sent(cell, plan)
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
          return local.run(sent(cell, plan), slot)
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

  it('tells the model elsewhere what it is told here', async () => {
    const assertion = { type: 'contains', value: 'please' }
    const test = { vars: { q: 'a' }, assert: [assertion] }
    const suite = suiteOf({
      tests: [caseOf(test)],
      defaultTest: { assert: [assertion] },
      assay: { feedback: { maxAttempts: 2 } },
    })
    const check = { type: 'contains', pass: false, score: 0, reason: 'Expected output to contain "please"' }
    const verifier = verifierOf({
      verify: ({ response }) =>
        Promise.resolve({
          outcome: 'failed',
          score: 0,
          namedScores: {},
          checks: [check],
          reason: check.reason,
          output: response.output,
        }),
    })
    const plan = await makePlan(suite)
    const prompts = async (deps: Parameters<typeof run>[2]) => {
      const told: string[] = []
      const provider = providerOf((prompt) => ({ output: `reply ${told.push(prompt)}` }))
      await run(suite, provider, { verifier, ...deps })
      return told
    }
    const here = await prompts({})
    expect(here[1]).toContain('- Expected output to contain "please"')
    const worker = (local: CellWorker): CellWorker => ({
      run: (cell, slot) => local.run(sent(cell, plan), slot),
    })
    expect(await prompts({ worker })).toEqual(here)
  })

  it('keeps its checks the very assertions of its test', async () => {
    const suite = await readSuite(SENTIMENT, { env: {}, cwd: process.cwd() })
    const plan = await makePlan(suite)
    for await (const cell of plan.cells()) {
      const { checks, test } = sent(cell, plan).case
      for (const { assertion } of checks) expect(test.assert?.some((each) => each === assertion)).toBe(true)
    }
  })

  it.each<[string, TestCase]>([
    ['a function', { assert: [{ type: 'javascript', value: () => true }] }],
    ['a provider of its own', { options: { provider: new Grader() } }],
    ['a number that JSON has no name for', { vars: { q: Number.NaN } }],
  ])('whose case holds %s is not sent', async (_name, test) => {
    const plan = await makePlan(suiteOf({ tests: [caseOf({ vars: { q: 'a' }, ...test })] }))
    for await (const cell of plan.cells()) expect(packCell(cell)).toBeUndefined()
  })

  it('is refused where the column is another', async () => {
    const plan = await makePlan(suiteOf())
    const edited = { ...plan, columns: plan.columns.map((column) => ({ ...column, hash: 'edited' })) }
    for await (const cell of plan.cells()) expect(() => sent(cell, edited)).toThrow('no column p × m')
  })
})
