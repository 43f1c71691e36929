import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Call, JournalLine, Trial } from '../../../harness/model/trial.ts'
import type { PlannedCell, Reconciled } from '../../../harness/record/reconcile.ts'
import { reconcile } from '../../../harness/record/reconcile.ts'
import { failedCall, makeCall, makeTrial } from './make-lines.ts'

const call = (cellId: string, varsHash = 'vars'): Call => ({ ...makeCall(cellId, 'x'), varsHash })
const grade = (cellId: string): Call => ({ ...makeCall(cellId, 'y'), role: 'grader' })

function trial(id: string, over: Partial<Trial> = {}, varsHash = 'vars'): Trial {
  const made = makeTrial(id)
  return { ...made, checksHash: 'checks', ...over, cell: { ...made.cell, id, varsHash } }
}

function cell(cellId: string, over: Partial<PlannedCell> = {}): PlannedCell {
  return { cellId, prompt: 'zero-shot', provider: 'flash', varsHash: 'vars', checksHash: 'checks', ...over }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T, void> {
  yield* items
}

async function outcome(
  lines: readonly JournalLine[],
  plan: readonly PlannedCell[],
  errors = false,
): Promise<{ found: Reconciled; kept: JournalLine[] }> {
  const found = await reconcile(each(lines), each(plan), { errors })
  const keeps = found.keeps()
  return { found, kept: lines.filter((line) => keeps(line)) }
}

describe('a record compared with the plan', () => {
  it('stands where nothing changed, and loses no line', async () => {
    const lines = [call('a'), grade('a'), trial('a'), call('b'), trial('b')]
    const { found, kept } = await outcome(lines, [cell('a'), cell('b'), cell('c')])
    expect([...found.finished]).toEqual(['a', 'b'])
    expect(found).toMatchObject({ planned: 3, again: 0, superseded: 0, mustCompact: false })
    expect(kept).toEqual(lines)
  })

  it('keeps the calls of a cell that has no trial, those that failed too', async () => {
    const lines = [failedCall('a', 'x'), call('a'), failedCall('b', 'x')]
    const { found, kept } = await outcome(lines, [cell('a'), cell('b')])
    expect(found).toMatchObject({ again: 0, mustCompact: false })
    expect(found.finished.size).toBe(0)
    expect(kept).toEqual(lines)
  })

  it('loses the trial where the checks changed, or the name of the column, and keeps the calls', async () => {
    const lines = ['a', 'b', 'c'].flatMap((id) => [call(id), grade(id), trial(id)])
    const plan = [cell('a', { checksHash: 'other' }), cell('b', { provider: 'renamed' }), cell('c')]
    const { found, kept } = await outcome(lines, plan)
    expect([...found.finished]).toEqual(['c'])
    expect(found).toMatchObject({ again: 2, superseded: 0, mustCompact: true })
    expect(kept).toEqual([call('a'), grade('a'), call('b'), grade('b'), call('c'), grade('c'), trial('c')])
  })

  it('loses everything of a cell whose vars are others under the same id, and of one that is planned no longer', async () => {
    const lines = [
      call('a', 'old'),
      trial('a', {}, 'old'),
      call('b', 'old'),
      call('gone'),
      grade('gone'),
      call('c'),
    ]
    const { found, kept } = await outcome(lines, [cell('a'), cell('b'), cell('c')])
    expect(found).toMatchObject({ again: 0, superseded: 3, mustCompact: true })
    expect(kept).toEqual([call('c')])
  })

  it('takes a record that says nothing of the vars at its word', async () => {
    const bare = makeTrial('a')
    const line = { ...bare, checksHash: 'checks', cell: { ...bare.cell, id: 'a' } }
    expect((await outcome([line], [cell('a')])).found.finished.has('a')).toBe(true)
  })

  it('loses trials that errored only where that is asked for, and then their failed calls', async () => {
    const lines = [failedCall('a', 'x'), call('a'), { ...failedCall('a', 'y'), attempt: 1 }]
    const errored = trial('a', { outcome: 'errored' })
    const all = [...lines, errored, call('b'), trial('b')]
    expect((await outcome(all, [cell('a'), cell('b')])).found.finished.size).toBe(2)
    const { found, kept } = await outcome(all, [cell('a'), cell('b')], true)
    expect([...found.finished]).toEqual(['b'])
    expect(kept).toEqual([call('a'), call('b'), trial('b')])
  })

  it('loses the trials of a group of which one is missing, and keeps all its calls', async () => {
    const lines = ['a1', 'a2', 'b1', 'b2'].flatMap((id) => [call(id), trial(id)])
    const grouped = (id: string, group: string) => cell(id, { groups: [group] })
    const plan = [
      grouped('a1', 'a'),
      grouped('a2', 'a'),
      grouped('a3', 'a'),
      grouped('b1', 'b'),
      grouped('b2', 'b'),
    ]
    const { found, kept } = await outcome(lines, plan)
    expect([...found.finished]).toEqual(['b1', 'b2'])
    expect(kept.filter(({ kind }) => kind === 'call')).toHaveLength(4)
  })

  it('goes from group to group through a cell that is in two', async () => {
    const lines = ['a', 'b', 'c', 'd'].flatMap((id) => [call(id), trial(id)])
    const plan = [
      cell('a', { groups: ['1'] }),
      cell('b', { groups: ['1', '2'] }),
      cell('c', { groups: ['2', '3'] }),
      cell('missing', { groups: ['3'] }),
      cell('d', { groups: ['4'] }),
    ]
    expect([...(await outcome(lines, plan)).found.finished]).toEqual(['d'])
  })

  it('keeps the first of two trials of a cell, and calls that belong to none', async () => {
    const [first, second] = [trial('a', { score: 1 }), trial('a', { score: 0 })]
    const { found, kept } = await outcome([grade(''), first, second], [cell('a')])
    expect(found.mustCompact).toBe(true)
    expect(kept).toEqual([grade(''), first])
  })

  it('counts what was spent, replayed calls apart', async () => {
    const replayed = { ...call('b'), replayed: true }
    const { found } = await outcome([call('a'), grade('a'), replayed, trial('a')], [cell('a')])
    expect(found.spent).toEqual({ usd: 0.0002, tokens: 30, calls: 2 })
  })

  it('once compacted stands as it is, whatever it was', async () => {
    const line = fc.oneof(
      fc
        .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), vars: fc.constantFrom('vars', 'old') })
        .map(({ id, vars }) => call(id, vars)),
      fc.constantFrom('a', 'b', 'c', 'd').map((id) => failedCall(id, 'x')),
      fc.constantFrom('', 'a', 'b').map(grade),
      fc
        .record({
          id: fc.constantFrom('a', 'b', 'c', 'd'),
          outcome: fc.constantFrom('passed' as const, 'errored' as const),
          checksHash: fc.constantFrom('checks', 'old'),
        })
        .map(({ id, ...over }) => trial(id, over)),
    )
    const plan = fc.uniqueArray(
      fc.record({
        cellId: fc.constantFrom('a', 'b', 'c', 'd'),
        groups: fc.constantFrom(undefined, ['1'], ['1', '2'], ['2']),
      }),
      { selector: ({ cellId }) => cellId },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 14 }),
        plan,
        fc.boolean(),
        async (lines, cells, errors) => {
          const planned = cells.map(({ cellId, groups }) => cell(cellId, groups && { groups }))
          const before = await outcome(lines, planned, errors)
          const after = await outcome(before.kept, planned, errors)
          expect(after.found.mustCompact).toBe(false)
          expect([...after.found.finished].sort()).toEqual([...before.found.finished].sort())
          expect(before.found.mustCompact).toBe(before.kept.length < lines.length)
          const trials = before.kept.filter((each) => each.kind === 'trial').map((each) => each.cell.id)
          expect(trials.toSorted()).toEqual([...before.found.finished].sort())
        },
      ),
      { seed: 7, numRuns: 500 },
    )
  })
})
