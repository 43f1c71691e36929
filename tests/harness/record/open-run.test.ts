import { appendFile, mkdir, mkdtemp, readFile, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { writeJson } from '../../../harness/record/atomic-file.ts'
import { openJournal } from '../../../harness/record/journal.ts'
import { makeManifest } from '../../../harness/record/manifest.ts'
import { lockRun } from '../../../harness/record/lock.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { makeCall, makeTrial } from './make-lines.ts'
import { MANIFEST_INPUT } from './make-manifest-input.ts'

const keep = (json: string): string => json
let cwd = ''

beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'assay-open-'))
})

async function makeRun(suite: string, id: string): Promise<string> {
  const dir = path.join(cwd, 'runs', suite, id)
  await mkdir(dir, { recursive: true })
  await writeJson(dir, 'manifest.json', makeManifest({ ...MANIFEST_INPUT, id }), keep)
  const journal = await openJournal(path.join(dir, 'trials.jsonl'), { redact: keep })
  await Promise.all(
    [makeCall('cell-a', 'x'), makeTrial('a'), makeTrial('b')].map((line) => journal.write(line)),
  )
  await journal.close()
  return dir
}

async function refusal(run: string): Promise<HarnessError> {
  const error: unknown = await openRun(run, cwd).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

describe('opening a run', () => {
  it('gives its manifest, and its trials as often as they are asked for', async () => {
    await makeRun('s', '20260101-000000-000-aaaa')
    const run = await openRun('runs/s/20260101-000000-000-aaaa', cwd)
    expect(run.manifest.id).toBe('20260101-000000-000-aaaa')
    expect(await Array.fromAsync(run.trials())).toEqual([makeTrial('a'), makeTrial('b')])
    expect(await Array.fromAsync(run.trials())).toHaveLength(2)
  })

  it('finds the last one by its id, whatever its suite and the time of its files', async () => {
    const last = await makeRun('a', '20260102-000000-000-aaaa')
    const older = await makeRun('b', '20260101-000000-000-zzzz')
    await utimes(path.join(older, 'manifest.json'), new Date('2030-01-01'), new Date('2030-01-01'))
    await mkdir(path.join(cwd, 'runs', 'c', '20270101-000000-000-aaaa'), { recursive: true })
    expect((await openRun('last', cwd)).dir).toBe(last)
  })

  it('does not take what belongs to a run for the last one, wherever --out has put that', async () => {
    const last = await makeRun('a', '20260102-000000-000-aaaa')
    const child = path.join(cwd, 'runs', 'a-run-of-mine', 'confirm')
    await mkdir(child, { recursive: true })
    const input = { ...MANIFEST_INPUT, id: 'c', child: { name: 'confirm', parent: 'a' } as const }
    await writeJson(child, 'manifest.json', makeManifest(input), keep)
    expect((await openRun('last', cwd)).dir).toBe(last)
  })

  it('says when the journal was cut off', async () => {
    const dir = await makeRun('s', 'one')
    await appendFile(path.join(dir, 'trials.jsonl'), '{"v":1,')
    const warnings: string[] = []
    const run = await openRun(dir, cwd, (message) => warnings.push(message))
    expect(await Array.fromAsync(run.trials())).toHaveLength(2)
    expect(warnings).toHaveLength(1)
  })

  it('is refused when there is none', async () => {
    expect((await refusal('last')).message).toContain('there is no run in')
    const error = await refusal('runs/s/nope')
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('is not the folder of a run')
  })

  it('gives what its journal held then, of one that is being written, and says so', async () => {
    const dir = await makeRun('s', 'one')
    const lock = await lockRun(dir, () => new Date())
    await appendFile(path.join(dir, 'trials.jsonl'), '{"v":1,')
    const warnings: string[] = []
    const run = await openRun(dir, cwd, (message) => warnings.push(message))
    await appendFile(path.join(dir, 'trials.jsonl'), `${JSON.stringify(makeTrial('c')).slice(7)}\n`)
    expect(await Array.fromAsync(run.trials())).toEqual([makeTrial('a'), makeTrial('b')])
    expect(warnings).toEqual([expect.stringContaining('this is what it holds so far')])
    await lock.release()
    const over = await openRun(dir, cwd, (message) => warnings.push(message))
    expect(await Array.fromAsync(over.trials())).toHaveLength(3)
    expect(warnings).toHaveLength(1)
  })

  it.each([
    ['2', 'was written by a newer version of assay (manifest.json has format 2)'],
    ['0', 'v: '],
  ])('is refused when the manifest has another format version: %s', async (v, sentence) => {
    const dir = await makeRun('s', 'one')
    const file = path.join(dir, 'manifest.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"v": 1', `"v": ${v}`))
    expect((await refusal(dir)).message).toContain(sentence)
  })
})
