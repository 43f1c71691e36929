import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { JournalLine } from '../../../harness/model/trial.ts'
import { openJournal } from '../../../harness/record/journal.ts'
import { readJournal } from '../../../harness/record/read-journal.ts'
import { makeCall, makeTrial } from './make-lines.ts'

const keep = (json: string): string => json
let file = ''

beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'assay-journal-')), 'trials.jsonl')
})

async function record(lines: readonly JournalLine[], append = false): Promise<void> {
  const journal = await openJournal(file, { redact: keep, append })
  await Promise.all(lines.map((line) => journal.write(line)))
  await journal.close()
}

async function read(): Promise<{ lines: JournalLine[]; warnings: string[] }> {
  const warnings: string[] = []
  const lines = await Array.fromAsync(readJournal(file, (message) => warnings.push(message)))
  return { lines, warnings }
}

async function refusal(promise: Promise<unknown>): Promise<HarnessError> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

describe('writing a journal', () => {
  it('keeps every line, in the order they were written', async () => {
    const lines = Array.from({ length: 500 }, (_, n) =>
      n % 2 === 0 ? makeTrial(`c-${n}`) : makeCall(`c-${n}`, n),
    )
    await record(lines)
    expect(await read()).toEqual({ lines, warnings: [] })
  })

  it('acknowledges a line only when the file holds it', async () => {
    const journal = await openJournal(file, { redact: keep })
    await journal.write(makeTrial('c-1'))
    expect((await read()).lines).toHaveLength(1)
    await journal.close()
  })

  it('waits on close for the lines on their way', async () => {
    const journal = await openJournal(file, { redact: keep })
    const written = journal.write(makeTrial('c-1'))
    await journal.close()
    await written
    expect((await read()).lines).toHaveLength(1)
  })

  it('keeps lone surrogates, control characters and line breaks inside their line', async () => {
    const lines = [makeTrial('c-1', 'a\uD800b\u0000\u001B[31m\n\r\u2028"\\'), makeTrial('c-2')]
    await record(lines)
    expect((await read()).lines).toEqual(lines)
  })

  it('keeps a line of 10 MB, and characters that lie across two chunks', async () => {
    const lines = [makeTrial('c-1'), makeTrial('c-2', 'ä€😀'.repeat(1_200_000)), makeTrial('c-3')]
    await record(lines)
    expect((await read()).lines).toEqual(lines)
  })

  it('takes secrets out of every line', async () => {
    const journal = await openJournal(file, { redact: (json) => json.replaceAll('hunter22', 'xxx') })
    await journal.write(makeTrial('c-1', 'my password is hunter22'))
    await journal.close()
    expect(await readFile(file, 'utf8')).not.toContain('hunter22')
  })

  it('refuses a line that is no JSON alone', async () => {
    const journal = await openJournal(file, { redact: keep })
    const results = await Promise.allSettled([
      journal.write(makeTrial('c-1')),
      journal.write(makeTrial('c-2', 10n)),
      journal.write(makeTrial('c-3')),
    ])
    await journal.close()
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await read()).lines.map((line) => line.kind === 'trial' && line.cell.caseId)).toEqual([
      'c-1',
      'c-3',
    ])
  })

  it('refuses a line after it was closed', async () => {
    const journal = await openJournal(file, { redact: keep })
    await journal.close()
    await expect(journal.write(makeTrial('c-1'))).rejects.toThrow('closed')
  })

  it('refuses a file that exists', async () => {
    await record([makeTrial('c-1')])
    const error = await refusal(openJournal(file, { redact: keep }))
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('exists already')
    expect((await read()).lines).toHaveLength(1)
  })

  it('goes on after the last whole line of a journal that a crash cut off', async () => {
    await record([makeTrial('c-1'), makeTrial('c-2')])
    const whole = (await stat(file)).size
    await appendFile(file, `{"v":1,"kind":"trial","output":"${'x'.repeat(200_000)}`)
    await record([makeTrial('c-3')], true)
    expect(await read()).toEqual({ lines: ['c-1', 'c-2', 'c-3'].map((id) => makeTrial(id)), warnings: [] })
    expect((await stat(file)).size).toBeCloseTo(whole * 1.5, -1)
  })

  it('goes on in a journal whose only line was cut off', async () => {
    await writeFile(file, '{"v":1,"ki')
    await record([makeTrial('c-1')], true)
    expect((await read()).lines).toEqual([makeTrial('c-1')])
  })
})

describe('where a line went', () => {
  it('is told once it is on disk, also in a journal that is gone on with', async () => {
    const texts = ['a', 'ä€😀', 'c'.repeat(100_000)]
    const places = []
    for (const append of [false, true]) {
      const journal = await openJournal(file, { redact: (json) => json.replaceAll('c', '[c]'), append })
      places.push(...(await Promise.all(texts.map((text) => journal.write(makeTrial('x', text))))))
      await journal.close()
    }
    const bytes = await readFile(file)
    const read = places.map(({ start, bytes: length }) => bytes.subarray(start, start + length).toString())
    expect(read.map((line) => (JSON.parse(line) as { output: string }).output)).toEqual(
      [...texts, ...texts].map((text) => text.replaceAll('c', '[c]')),
    )
    expect(places.every(({ start, bytes: length }) => bytes[start + length] === 0x0a)).toBe(true)
  })
})

describe('a journal that lost its end', () => {
  const LOST: readonly (readonly [string, string])[] = [
    ['a line of zero bytes', `${'\0'.repeat(300)}\n`],
    ['zero bytes without an end', '\0'.repeat(100_000)],
    ['half a line that has an end', '{"v":1,"kind":"trial","cell":{"id"\n'],
    ['lines and half a line', `${'\0'.repeat(10)}\n\n{"v"\n\0`],
  ]

  it.each(LOST)('%s: is read up to the last good line, with a warning', async (_what, end) => {
    await record([makeTrial('c-1'), makeTrial('c-2')])
    await appendFile(file, end)
    const { lines, warnings } = await read()
    expect(lines).toHaveLength(2)
    expect(warnings).toEqual([expect.stringContaining(`${file}:3: the last line is cut off or damaged`)])
  })

  it.each(LOST)('%s: is gone on with after the last good line', async (_what, end) => {
    await record([makeTrial('c-1'), makeTrial('c-2')])
    await appendFile(file, end)
    await record([makeTrial('c-3')], true)
    expect(await read()).toEqual({ lines: ['c-1', 'c-2', 'c-3'].map((id) => makeTrial(id)), warnings: [] })
  })

  it('or never had a line is gone on with from its beginning', async () => {
    await writeFile(file, '\0'.repeat(5000))
    await record([makeTrial('c-1')], true)
    expect((await read()).lines).toEqual([makeTrial('c-1')])
  })

  it('is not cut where a good line follows: what is damaged there is told with its line', async () => {
    await record([makeTrial('c-1')])
    await appendFile(file, '\0\0\0\n')
    await record([], true)
    await appendFile(file, `\0\0\0\n${JSON.stringify(makeTrial('c-2'))}\n`)
    await record([makeTrial('c-3')], true)
    const error = await refusal(read())
    expect(error.at).toEqual({ file, line: 2 })
    expect(error.hint).toContain('Remove this line')
  })
})

describe('a disk that fills', () => {
  it('is said, refuses every later line, and loses none that was acknowledged', async () => {
    const journalModule = path.resolve('harness/record/journal.ts')
    const linesModule = path.resolve('tests/harness/record/make-lines.ts')
    const script = path.join(path.dirname(file), 'fill.ts')
    await writeFile(
      script,
      `import { openJournal } from ${JSON.stringify(journalModule)}
       import { makeTrial } from ${JSON.stringify(linesModule)}
       const journal = await openJournal(process.argv[2], { redact: (json) => json })
       const results = []
       for (let n = 0; n < 100; n += 10) {
         const batch = Array.from({ length: 10 }, (_, k) => journal.write(makeTrial('c-' + (n + k), 'x'.repeat(500))))
         results.push(...(await Promise.allSettled(batch)))
       }
       await journal.close()
       console.log(JSON.stringify({
         acknowledged: results.filter(({ status }) => status === 'fulfilled').length,
         reasons: [...new Set(results.flatMap(({ reason }) => reason?.message ?? []))],
         codes: [...new Set(results.flatMap(({ reason }) => reason?.code ?? []))],
       }))`,
    )
    // A limit on the file's size, 64 KB here, refuses a write in the middle, as a full disk does.
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      `ulimit -f 64 && exec "$0" "$@"`,
      process.execPath,
      script,
      file,
    ])
    const told = JSON.parse(stdout) as { acknowledged: number; reasons: string[]; codes: string[] }
    expect(told.acknowledged).toBeGreaterThan(0)
    expect(told.acknowledged).toBeLessThan(100)
    expect(told.codes).toEqual(['incomplete'])
    expect(told.reasons).toHaveLength(1)
    expect(told.reasons[0]).toContain('may not grow any further')

    const { lines, warnings } = await read()
    expect(lines.length).toBeGreaterThanOrEqual(told.acknowledged)
    expect(warnings).toEqual([])
    expect((await stat(file)).size).toBeGreaterThan(62 * 1024)
  })

  it('is named as such', async () => {
    const journal = await openJournal('/dev/full', { redact: keep, append: true })
    const error = await refusal(journal.write(makeTrial('c-1')))
    expect(error.exitCode).toBe(3)
    expect(error.message).toBe('/dev/full cannot be written: the disk is full')
    expect(error.hint).toContain('assay resume')
    await journal.close()
  })
})

describe('reading a journal', () => {
  it('leaves out a last line that was cut off, and says so', async () => {
    await record([makeTrial('c-1'), makeTrial('c-2')])
    await appendFile(file, '{"v":1,"kind":"trial"')
    const { lines, warnings } = await read()
    expect(lines).toHaveLength(2)
    expect(warnings).toEqual([expect.stringContaining(`${file}:3: the last line is cut off or damaged`)])
  })

  it('yields the first lines without having read the rest', async () => {
    await record([makeTrial('c-1')])
    await appendFile(file, 'this is no JSON\n')
    const lines = readJournal(file)
    expect((await lines.next()).value).toEqual(makeTrial('c-1'))
    await lines.return()
  })

  it('refuses a damaged line, and says where it is', async () => {
    await record([makeTrial('c-1')])
    await appendFile(file, 'this is no JSON\n{}\n')
    const error = await refusal(read())
    expect(error.at).toEqual({ file, line: 2 })
  })

  it('refuses a line of another format version', async () => {
    await writeFile(file, '{"v":2,"kind":"trial"}\n')
    const error = await refusal(read())
    expect(error.message).toContain('format version 1')
  })

  it('says that a file is missing', async () => {
    const error = await refusal(read())
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('ENOENT')
  })
})
