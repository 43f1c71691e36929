import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StoredReplies } from '../../../harness/record/stored-replies.ts'
import { failedCall, makeCall, makeTrial } from './make-lines.ts'

async function stored(lines: readonly unknown[]): Promise<StoredReplies> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-stored-'))
  await writeFile(join(dir, 'trials.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return StoredReplies.open(dir)
}

describe('the replies of a recorded run', () => {
  it('are found by cell, the last one of a cell that was called twice', async () => {
    const replies = await stored([makeCall('a', 'first'), makeCall('b', 'other'), makeCall('a', 'second')])
    expect((await replies.triesOf('a', 0)).at(-1)?.reply?.output).toBe('second')
    expect(await replies.triesOf('c', 0)).toEqual([])
    await replies.close()
  })

  it('know the cells that needed no call, and those whose trial was never written', async () => {
    const replies = await stored([makeCall('called', 'x'), makeTrial('fixed')])
    expect([...replies.cellIds]).toEqual(['called', 'cell-fixed'])
    await replies.close()
  })

  it('are kept apart by round, and a round has the failures right before its reply', async () => {
    const failed = failedCall('a', 'timed out')
    const replies = await stored([
      makeCall('a', 'of an earlier prompt'),
      failed,
      makeCall('a', 'yes'),
      { ...makeCall('a', 'second round'), attempt: 1 },
    ])
    const tries = await replies.triesOf('a', 0)
    expect(tries.map(({ reply, failure }) => reply?.output ?? failure?.message)).toEqual(['timed out', 'yes'])
    expect((await replies.triesOf('a', 1)).at(-1)?.reply?.output).toBe('second round')
    expect(await replies.triesOf('a', 2)).toEqual([])
    await replies.close()
  })

  it("of a grader are the cell's own, else those to the same question of another", async () => {
    const ask = (cellId: string, output: string) => ({ ...makeCall(cellId, output), role: 'grader' })
    const replies = await stored([ask('a', 'for a'), ask('b', 'for b')])
    const { prompt } = makeCall('a', '').result.request
    expect((await replies.graderAttemptOf(prompt, 'a'))?.reply?.output).toBe('for a')
    expect((await replies.graderAttemptOf(prompt, 'c'))?.reply?.output).toBe('for b')
    expect(await replies.graderAttemptOf('another', 'a')).toBeUndefined()
    expect([...replies.cellIds]).toEqual([])
    await replies.close()
  })

  it('are not held of cells that nobody will ask for', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-stored-'))
    const lines = [makeCall('cell-done', 'x'), makeTrial('done'), makeCall('due', 'y')]
    await writeFile(join(dir, 'trials.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const replies = await StoredReplies.open(dir, { without: new Set(['cell-done']) })
    expect(await replies.triesOf('cell-done', 0)).toEqual([])
    expect((await replies.triesOf('due', 0)).map(({ reply }) => reply?.output)).toEqual(['y'])
    await replies.close()
  })

  it('are refused with the number of the line that is damaged', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-stored-'))
    const file = join(dir, 'trials.jsonl')
    const line = JSON.stringify(makeCall('a', 'x'))
    await writeFile(file, `${line}\n${line}\nnonsense\n${line}\n`)
    await expect(StoredReplies.open(dir)).rejects.toMatchObject({ exitCode: 2, at: { file, line: 3 } })
  })

  it('that changed under its feet are refused with the number of their line', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-stored-'))
    const file = join(dir, 'trials.jsonl')
    const lines = ['a', 'b'].map((id) => `${JSON.stringify(makeCall(id, 'x'))}\n`)
    await writeFile(file, lines.join(''))
    const replies = await StoredReplies.open(dir)
    await writeFile(file, 'x'.repeat(lines.join('').length))
    await expect(replies.triesOf('b', 0)).rejects.toMatchObject({ at: { file, line: 2 } })
    await replies.close()
  })

  it('are refused where there is no journal', async () => {
    await expect(StoredReplies.open('/nowhere')).rejects.toMatchObject({ exitCode: 2 })
  })
})
