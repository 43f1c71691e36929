import { describe, expect, it } from 'vitest'
import type { ComparedCell, ComparedRun } from './compared-cell.ts'
import { mismatchesOf } from './compared-cell.ts'

const CELL: ComparedCell = {
  id: 'c0',
  column: 'm × p',
  prompt: '{"q":"why"}',
  output: { a: 1 },
  outcome: 'failed',
  score: 0.1 + 0.2,
  namedScores: { m: 0.5 },
}

function runOf(cells: readonly Partial<ComparedCell>[], sum?: number): ComparedRun {
  return { cells: cells.map((cell) => ({ ...CELL, ...cell })), derived: new Map([['m × p', { sum }]]) }
}

describe('comparing a run by promptfoo with one by assay', () => {
  it('takes cells for equal but for the order of an addition, of answers, and the white space of JSON', () => {
    const theirs = runOf([{ prompt: 'one' }, {}], 3)
    const ours = runOf([{ prompt: '{\n  "q": "why"\n}', score: 0.3 }, { prompt: 'one' }], 3)
    expect(mismatchesOf(theirs, ours)).toEqual([])
  })

  it.each<Partial<ComparedCell>>([
    { outcome: 'passed' },
    { outcome: 'errored' },
    { prompt: 'why' },
    { prompt: '' },
    { output: { a: 2 } },
    { score: 0.31 },
    { score: null },
    { namedScores: {} },
    { namedScores: { m: 0.5, n: 0 } },
    { column: 'm × q' },
  ])('finds %o', (difference) => {
    expect(mismatchesOf(runOf([CELL]), runOf([difference]))).not.toEqual([])
  })

  it('finds a cell that one of them lacks, and a metric that differs', () => {
    expect(mismatchesOf(runOf([CELL, CELL]), runOf([CELL]))).toHaveLength(1)
    expect(mismatchesOf(runOf([CELL], 1), runOf([CELL], 2))).toHaveLength(1)
    expect(mismatchesOf(runOf([CELL], 1), runOf([CELL]))).toHaveLength(1)
  })
})
