import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StoredReplies } from '../../../harness/record/stored-replies.ts'
import { makeCall, makeTrial } from './make-lines.ts'

async function stored(lines: readonly unknown[]): Promise<StoredReplies> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-stored-'))
  await writeFile(join(dir, 'trials.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return StoredReplies.open(dir)
}

describe('the replies of a recorded run', () => {
  it('are found by cell, the last one of a cell that was called twice', async () => {
    const replies = await stored([makeCall('a', 'first'), makeCall('b', 'other'), makeCall('a', 'second')])
    expect((await replies.attemptOf('a'))?.reply?.output).toBe('second')
    expect(await replies.attemptOf('c')).toBeUndefined()
    await replies.close()
  })

  it('know the cells that needed no call, and those whose trial was never written', async () => {
    const replies = await stored([makeCall('called', 'x'), makeTrial('fixed')])
    expect([...replies.cellIds]).toEqual(['called', 'cell-fixed'])
    await replies.close()
  })
})
