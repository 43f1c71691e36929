import { mkdir, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { createRunFolder, type RunFolderOptions } from '../../../harness/record/run-folder.ts'
import { makeRunId } from '../../../harness/record/run-id.ts'

const now = new Date('2026-01-31T14:25:30.123Z')
const random = () => 0.5
let cwd = ''

beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'assay-runs-'))
})

const create = (options: Partial<RunFolderOptions> = {}) =>
  createRunFolder({ suite: 'sentiment', cwd, now, random, ...options })

async function refusal(options: Partial<RunFolderOptions>): Promise<HarnessError> {
  const error: unknown = await create(options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

describe('a run id', () => {
  it('tells the time to the millisecond, and ends in chance', () => {
    expect(makeRunId(now, random)).toBe('20260131-142530-123-i000')
    expect(makeRunId(now, () => 0)).toBe('20260131-142530-123-0000')
    expect(makeRunId(now, () => 1 - Number.EPSILON)).toBe('20260131-142530-123-zzzz')
  })

  it('sorts by time', () => {
    const times = [
      '2025-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.010Z',
      '2026-01-10T00:00:00.002Z',
    ]
    const ids = times.map((time, index) => makeRunId(new Date(time), () => 0.9 - index / 5))
    expect([...ids].sort()).toEqual(ids)
  })
})

describe('a run folder', () => {
  it('is made below runs/, by suite and id', async () => {
    const { id, dir } = await create()
    expect(dir).toBe(path.join(cwd, 'runs', 'sentiment', id))
    expect((await stat(dir)).isDirectory()).toBe(true)
  })

  it('is made where --out says, with the folders above it', async () => {
    const { dir } = await create({ out: 'a/b/c' })
    expect(dir).toBe(path.join(cwd, 'a/b/c'))
    expect(await readdir(dir)).toEqual([])
  })

  it.each([
    ['sentiment.nightly', 'sentiment.nightly'],
    ['größe 2/../x', 'größe-2-..-x'],
    ['..', '-'],
  ])('is named after the suite %s without what a file system refuses', async (suite, name) => {
    expect((await create({ suite })).dir).toBe(path.join(cwd, 'runs', name, '20260131-142530-123-i000'))
  })

  it('is refused when it exists, even empty', async () => {
    await mkdir(path.join(cwd, 'out'))
    const error = await refusal({ out: 'out' })
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('exists already')
    expect(error.hint).toContain('--out')
  })

  it('is refused when another run made it in the same millisecond', async () => {
    await create()
    expect((await refusal({})).message).toContain('exists already')
  })

  it('is refused when a file stands in its place, or in that of a folder above', async () => {
    await writeFile(path.join(cwd, 'file'), '')
    expect((await refusal({ out: 'file' })).exitCode).toBe(2)
    expect((await refusal({ out: 'file/out' })).exitCode).toBe(2)
    expect((await refusal({ out: 'file/a/out' })).exitCode).toBe(2)
  })

  it.each(['/proc/assay-run', '/proc/assay/run', '/proc/a/b/c'])(
    'is refused where nothing can be written: %s',
    async (out) => {
      const error = await refusal({ out })
      expect(error.exitCode).toBe(2)
      expect(error.message).toContain(`${out} cannot be made`)
    },
  )
})
