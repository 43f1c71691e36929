import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JournalLine } from '../../../../harness/model/trial.ts'
import { writeCassette } from '../../../../harness/record/cassette/write-cassette.ts'
import { makeCall, makeTrial, tempDir, writeJournal } from './make-journal.ts'

const COLUMN = 'zero-shot--flash.jsonl'

function cell(caseId: string, key = caseId, repeat = 0): JournalLine[] {
  const id = `cell-${caseId}-${repeat}`
  return [makeCall(id, key), makeTrial(caseId, { id, repeat })]
}

async function write(dir: string, lines: readonly JournalLine[], isWhole = true): Promise<unknown> {
  return writeCassette({ dir, journal: writeJournal(tempDir(), lines), isWhole })
}

function read(dir: string, file = COLUMN): Record<string, unknown>[] {
  const lines = readFileSync(join(dir, file), 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

function casesIn(dir: string, file = COLUMN): unknown[] {
  return read(dir, file).map((line) => line['case'])
}

describe('writeCassette', () => {
  it('writes the same bytes for the same replies, in whatever order they came', async () => {
    const lines = ['b', 'a', 'c'].flatMap((id) =>
      [1, 0].flatMap((repeat) => cell(id, `${id}${repeat}`, repeat)),
    )
    const [one, other] = [join(tempDir(), 'cassette'), join(tempDir(), 'cassette')]
    expect(await write(one, lines)).toEqual({ added: 6, dropped: 0 })
    await write(other, lines.toReversed())
    expect(readFileSync(join(other, COLUMN), 'utf8')).toBe(readFileSync(join(one, COLUMN), 'utf8'))
    expect(read(one).map((line) => [line['case'], line['repeat']])).toEqual([
      ['a', 0],
      ['a', 1],
      ['b', 0],
      ['b', 1],
      ['c', 0],
      ['c', 1],
    ])
  })

  it('has a file for each column, and one for the graders', async () => {
    const dir = tempDir()
    await write(dir, [
      ...cell('a'),
      makeCall('cell-b', 'b'),
      makeCall('cell-b', 'question', { role: 'grader' }),
      makeTrial('b', { id: 'cell-b', prompt: 'few-shot' }),
    ])
    expect(readdirSync(dir).toSorted()).toEqual(['few-shot--flash.jsonl', 'graders.jsonl', COLUMN])
    expect(casesIn(dir, 'graders.jsonl')).toEqual(['b'])
  })

  it('takes replies only: no failures, no call without a key, none of a cell that did not finish', async () => {
    const dir = tempDir()
    const failed = makeCall('cell-a', 'a')
    const { reply, ...result } = failed.result
    expect(reply).toBeDefined()
    const { key, ...keyless } = makeCall('cell-b', 'b')
    expect(key).toBeDefined()
    await write(dir, [
      { ...failed, result: { ...result, failure: { kind: 'throttled', message: 'slow down' } } },
      makeTrial('a', { id: 'cell-a' }),
      keyless,
      makeTrial('b', { id: 'cell-b' }),
      makeCall('cell-unfinished', 'u'),
      ...cell('c'),
    ])
    expect(casesIn(dir)).toEqual(['c'])
  })

  it('leaves what stands there as it is, and the file alone when nothing is new', async () => {
    const dir = tempDir()
    await write(dir, cell('a'))
    const line = readFileSync(join(dir, COLUMN), 'utf8').replace('"latencyMs":121', '"latencyMs":99')
    writeFileSync(join(dir, COLUMN), line)
    const before = statSync(join(dir, COLUMN))
    const replay = [{ ...makeCall('cell-a-0', 'a'), replayed: true }, makeTrial('a', { id: 'cell-a-0' })]
    expect(await write(dir, replay)).toEqual({ added: 0, dropped: 0 })
    expect(statSync(join(dir, COLUMN)).ino).toBe(before.ino)
    expect(readFileSync(join(dir, COLUMN), 'utf8')).toBe(line)
  })

  it('puts a file in order again that was merged by hand, on a machine with other line breaks', async () => {
    const [merged, whole] = [tempDir(), tempDir()]
    const known = [...cell('a'), ...cell('b')]
    await write(merged, known)
    const [a = '', b = ''] = readFileSync(join(merged, COLUMN), 'utf8').trimEnd().split('\n')
    writeFileSync(join(merged, COLUMN), `${b}\r\n${a}\r\n${b}\r\n`)
    const grown = [...known, ...cell('c')]
    expect(await write(merged, grown)).toEqual({ added: 1, dropped: 0 })
    await write(whole, grown)
    expect(readFileSync(join(merged, COLUMN), 'utf8')).toBe(readFileSync(join(whole, COLUMN), 'utf8'))
  })

  it('drops what a whole run did not use, and its files; a partial one only adds', async () => {
    const dir = tempDir()
    await write(dir, [...cell('a'), ...cell('b')])
    await write(dir, [makeCall('x', 'x'), makeTrial('x', { id: 'x', prompt: 'gone' })], false)
    expect(casesIn(dir, 'gone--flash.jsonl')).toEqual(['x'])
    expect(await write(dir, [...cell('b'), ...cell('c')], false)).toEqual({ added: 1, dropped: 0 })
    expect(casesIn(dir)).toEqual(['a', 'b', 'c'])
    expect(await write(dir, [...cell('b'), ...cell('c')])).toEqual({ added: 0, dropped: 2 })
    expect(casesIn(dir)).toEqual(['b', 'c'])
    expect(existsSync(join(dir, 'gone--flash.jsonl'))).toBe(false)
  })

  it('keeps the reply under the case’s new name when only the name has changed', async () => {
    const dir = tempDir()
    await write(dir, cell('old', 'same'))
    await write(dir, [{ ...makeCall('n', 'same'), replayed: true }, makeTrial('new', { id: 'n' })])
    expect(casesIn(dir)).toEqual(['new'])
  })

  it('never touches the cassettes of other suites, nor what is not a cassette', async () => {
    const dir = tempDir()
    mkdirSync(join(dir, 'hard'))
    writeFileSync(join(dir, 'hard', COLUMN), 'not ours')
    writeFileSync(join(dir, 'README.md'), 'notes')
    await write(dir, cell('a'))
    expect(readFileSync(join(dir, 'hard', COLUMN), 'utf8')).toBe('not ours')
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('notes')
  })

  it('leaves an empty folder for a run without replies, so that a replay says what is missing', async () => {
    const dir = join(tempDir(), 'cassette')
    await write(dir, [])
    expect(readdirSync(dir)).toEqual([])
  })

  it('refuses to write over a damaged cassette', async () => {
    const dir = tempDir()
    writeFileSync(join(dir, COLUMN), '<<<<<<< HEAD\n')
    await expect(write(dir, cell('a'))).rejects.toThrow('the cassette is damaged')
    expect(readFileSync(join(dir, COLUMN), 'utf8')).toBe('<<<<<<< HEAD\n')
  })
})
