import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { readHistory, readSuiteHistory, suiteIn } from '../../../harness/history/read-history.ts'
import type { ReadRun } from '../../../harness/history/read-entry.ts'
import type { History } from '../../../harness/model/history.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { historyIndexSchema } from '../../../harness/record/schema/history.ts'
import { makeTrial } from '../analyze/make-trial.ts'
import { makeSuiteFolder, runId, writeRun } from './make-runs.ts'

/** A type as JSON sees it. */
type Json<T> = T extends object ? { -readonly [K in keyof T]: Json<Exclude<T[K], undefined>> } : T
expectTypeOf<Json<z.infer<typeof historyIndexSchema>['runs'][number]>>().toEqualTypeOf<Json<ReadRun>>()

const warnings: string[] = []
const onWarning = (message: string): void => void warnings.push(message)

function read(dir: string, suite = 'sentiment'): Promise<History> {
  return readSuiteHistory(dir, suite, onWarning)
}

const indexOf = (dir: string): string => readFileSync(join(dir, 'history.json'), 'utf8')

/** A suite's folder with three runs. */
function three(): string {
  const dir = makeSuiteFolder()
  for (const n of [2, 1, 3]) writeRun(dir, runId(n))
  return dir
}

describe('the history of a suite', () => {
  it('has its runs, oldest first, by when they were started', async () => {
    const dir = three()
    writeRun(dir, 'named-by-hand', { manifest: { startedAt: '2025-01-01T00:00:00.000Z' } })
    const { runs, unread, suite } = await read(dir)
    expect(suite).toBe('sentiment')
    expect(runs.map((run) => run.dir)).toStrictEqual(['named-by-hand', runId(1), runId(2), runId(3)])
    expect(unread).toStrictEqual([])
  })

  it('is read with a run for the runs beside it, and with the only one too', async () => {
    const dir = makeSuiteFolder()
    const run = await openRun(writeRun(dir, runId(1)), '/')
    expect((await readHistory(run, onWarning))?.runs).toHaveLength(1)
    writeRun(dir, runId(2))
    expect((await readHistory(run, onWarning))?.runs).toHaveLength(2)
  })

  it('is none where the run lies elsewhere, and nothing is written there', async () => {
    const elsewhere = dirname(dirname(makeSuiteFolder()))
    const run = await openRun(writeRun(elsewhere, 'out'), '/')
    expect(await readHistory(run, onWarning)).toBeUndefined()
    expect(readdirSync(elsewhere)).toStrictEqual(['out', 'runs'])
  })

  it('is empty, without an error, where there is no folder', async () => {
    expect(await read(join(makeSuiteFolder(), 'gone'))).toMatchObject({ runs: [], shifts: [], unread: [] })
    expect(warnings.splice(0)).toStrictEqual([expect.stringContaining('is not kept')])
  })

  it('tells the suite of a folder by its youngest run', async () => {
    const dir = three()
    mkdirSync(join(dir, 'z-no-run'))
    expect(await suiteIn(dir)).toBe('sentiment')
    expect(await suiteIn(join(dir, 'z-no-run'))).toBeUndefined()
  })
})

describe('a folder that is no run of the suite', () => {
  const cases: readonly [what: string, make: (dir: string) => void, said: RegExp][] = [
    ['holds nothing', (dir) => mkdirSync(dir), /holds no manifest\.json: it is no run, or not one yet\.$/],
    [
      'holds garbage',
      (dir) => garbage(dir, 'manifest.json', '\0\u202E{"v": 1'),
      /manifest\.json is not JSON, or was cut off\.$/,
    ],
    [
      'holds JSON of another kind',
      (dir) => garbage(dir, 'manifest.json', '[1, null]'),
      /not what a run writes/,
    ],
    ['holds a null', (dir) => garbage(dir, 'manifest.json', 'null'), /not what a run writes/],
    [
      'is of a newer version',
      (dir) => edit(dir, 'manifest.json', { v: 2 }),
      /newer version of assay \(manifest\.json has format 2\)/,
    ],
    [
      'has figures of a newer version',
      (dir) => edit(dir, 'analysis.json', { v: 7 }),
      /newer version .*analysis\.json has format 7/,
    ],
    [
      'is still running',
      (dir) => without(dir, 'analysis.json', 'verdict.json'),
      /ended before it was analyzed: `assay resume` finishes it\.$/,
    ],
    ['has no verdict', (dir) => without(dir, 'verdict.json'), /ended before it was analyzed/],
    [
      'has half an analysis',
      (dir) => cut(dir, 'analysis.json'),
      /analysis\.json is not JSON, or was cut off/,
    ],
    [
      'has an analysis without columns',
      (dir) => edit(dir, 'analysis.json', { columns: 7 }),
      /analysis\.json is not what a run writes \(columns: /,
    ],
    [
      'has a folder for an analysis',
      (dir) => (without(dir, 'analysis.json'), mkdirSync(join(dir, 'analysis.json'))),
      /ended before it was analyzed/,
    ],
    [
      'belongs to another run',
      (dir) => edit(dir, 'manifest.json', { child: 'confirm', parent: 'p' }),
      /belongs to run p \(confirm\)\.$/,
    ],
    [
      'is of another suite',
      (dir) => edit(dir, 'manifest.json', { suite: { name: 'other', file: 'o', hash: 'h' } }),
      /is a run of another suite, other\.$/,
    ],
  ]

  it.each(cases)('%s: it is named with why, and the others are read', async (_, make, said) => {
    const dir = three()
    make(join(dir, 'x'))
    const { runs, unread } = await read(dir)
    expect(runs).toHaveLength(3)
    expect(unread).toStrictEqual([expect.stringMatching(said)])
    expect(unread[0]).toMatch(/^x /)
    expect(historyIndexSchema.parse(JSON.parse(indexOf(dir))).runs).toHaveLength(3)
  })

  it('is read as soon as it is one', async () => {
    const dir = three()
    without(join(dir, 'x'), 'verdict.json')
    await read(dir)
    writeRun(dir, 'x')
    expect(await read(dir)).toMatchObject({ runs: { length: 4 }, unread: [] })
  })

  it('is said to be written where a process holds it', async () => {
    const dir = three()
    const run = join(dir, 'x')
    without(run, 'analysis.json')
    const claim = { claim: 'c', pid: process.pid, host: 'elsewhere', at: '2026-01-01T00:00:00.000Z' }
    writeFileSync(join(run, 'run.lock'), `${JSON.stringify(claim)}\n`)
    expect((await read(dir)).unread).toStrictEqual([
      expect.stringMatching(/^x is being written by process \d+/),
    ])
  })

  const garbage = (dir: string, name: string, text: string): void => {
    writeRun(dirname(dir), 'x')
    writeFileSync(join(dir, name), text)
  }
  const edit = (dir: string, name: string, change: object): void => {
    writeRun(dirname(dir), 'x')
    const value = JSON.parse(readFileSync(join(dir, name), 'utf8')) as object
    writeFileSync(join(dir, name), JSON.stringify({ ...value, ...change }))
  }
  const cut = (dir: string, name: string): void => {
    writeRun(dirname(dir), 'x')
    const text = readFileSync(join(dir, name), 'utf8')
    writeFileSync(join(dir, name), text.slice(0, text.length / 2))
  }
  const without = (dir: string, ...names: string[]): void => {
    writeRun(dirname(dir), 'x')
    for (const name of names) rmSync(join(dir, name))
  }
})

describe('the index of a suite’s runs', () => {
  it('is written as its schema has it, and made again just so when it is deleted', async () => {
    const dir = three()
    const first = await read(dir)
    const written = indexOf(dir)
    expect(historyIndexSchema.strict().parse(JSON.parse(written))).toStrictEqual(JSON.parse(written))
    rmSync(join(dir, 'history.json'))
    expect(await read(dir)).toStrictEqual(first)
    expect(indexOf(dir)).toBe(written)
  })

  it('is not written anew where nothing changed', async () => {
    const dir = three()
    await read(dir)
    const before = statSync(join(dir, 'history.json'), { bigint: true })
    await read(dir)
    expect(statSync(join(dir, 'history.json'), { bigint: true }).ino).toBe(before.ino)
  })

  it.each([
    ['cut in half', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of a newer version', (text: string) => text.replace('"v":1', '"v":2')],
    ['of an older version', (text: string) => text.replace('"v":1', '"v":0')],
    ['of another shape', () => '{"v":1,"suite":"sentiment","runs":{}}'],
    ['of another suite', (text: string) => text.replace('"suite":"sentiment"', '"suite":"other"')],
  ])('is made again when it is %s', async (_, damage) => {
    const dir = three()
    const first = await read(dir)
    const written = indexOf(dir)
    writeFileSync(join(dir, 'history.json'), damage(written))
    expect(await read(dir)).toStrictEqual(first)
    expect(indexOf(dir)).toBe(written)
  })

  it('spares reading a run whose files are as they were, and no other', async () => {
    const dir = three()
    await read(dir)
    const lied = indexOf(dir).replaceAll('"scored":1', '"scored":77')
    writeFileSync(join(dir, 'history.json'), lied)
    const scored = async () => (await read(dir)).runs.map(({ columns }) => columns[0]?.scored)
    expect(await scored()).toStrictEqual([77, 77, 77])
    // The same size, another time.
    utimesSync(join(dir, runId(1), 'verdict.json'), new Date(), new Date())
    // The same time, another size.
    const analysis = join(dir, runId(2), 'analysis.json')
    const { atime, mtime } = statSync(analysis)
    appendFileSync(analysis, '\n')
    utimesSync(analysis, atime, mtime)
    expect(await scored()).toStrictEqual([1, 1, 77])
  })

  it('forgets a run that was deleted', async () => {
    const dir = three()
    await read(dir)
    rmSync(join(dir, runId(2)), { recursive: true })
    expect((await read(dir)).runs.map((run) => run.id)).toStrictEqual([runId(1), runId(3)])
    expect(indexOf(dir)).not.toContain(runId(2))
  })

  it('takes a run that was moved for what its folder is called', async () => {
    const dir = makeSuiteFolder()
    writeRun(dir, 'kept', { manifest: { id: 'its-id' } })
    expect((await read(dir)).runs).toMatchObject([{ id: 'its-id', dir: 'kept' }])
  })

  it('stays whole when many write it at once, and ends complete', async () => {
    const dir = makeSuiteFolder()
    const all = Array.from({ length: 12 }, async (_, n) => {
      writeRun(dir, runId(n))
      return read(dir)
    })
    await Promise.all(all)
    expect((await read(dir)).runs).toHaveLength(12)
    expect(historyIndexSchema.parse(JSON.parse(indexOf(dir))).runs).toHaveLength(12)
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toStrictEqual([])
  })

  it('holds 300 runs', async () => {
    const dir = makeSuiteFolder()
    for (let n = 0; n < 300; n++)
      writeRun(dir, runId(n), { trials: [makeTrial({ latencyMs: n < 200 ? 30 : 55 })] })
    const first = await read(dir)
    expect(first.runs).toHaveLength(300)
    expect(first.shifts).toMatchObject([
      { measure: 'latency', at: runId(200), runs: { before: 200, after: 100 } },
    ])
    expect(await read(dir)).toStrictEqual(first)
  })

  it('is no folder’s whose index cannot be written: that is told once, and the runs are read', async () => {
    const dir = three()
    mkdirSync(join(dir, 'history.json'))
    expect((await read(dir)).runs).toHaveLength(3)
    expect(warnings.splice(0)).toStrictEqual([
      expect.stringMatching(/index of the suite's runs is not kept: .*history\.json/),
    ])
    expect(existsSync(join(dir, 'history.json'))).toBe(true)
  })
})
