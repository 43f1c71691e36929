import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { lockRun, writerOf } from '../../../harness/record/lock.ts'
import { thisProcess } from '../../../harness/record/process-identity.ts'

const AT = '2026-01-31T14:25:30.123Z'
const wallClock = (): Date => new Date(AT)
let dir = ''
let file = ''

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'assay-lock-'))
  file = path.join(dir, 'run.lock')
})

async function refusal(): Promise<HarnessError> {
  const error: unknown = await lockRun(dir, wallClock).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

function claimOf(over: Partial<ReturnType<typeof thisProcess>>): string {
  return `\n${JSON.stringify({ claim: 'other', at: AT, ...thisProcess(), ...over })}\n`
}

describe('the lock of a run folder', () => {
  it('is refused to a second process, which is told who holds it, since when, and what to do', async () => {
    const lock = await lockRun(dir, wallClock)
    const error = await refusal()
    expect(error.exitCode).toBe(2)
    expect(error.message).toBe(
      `${dir} is being written by process ${process.pid} on ${hostname()}, since ${AT}`,
    )
    expect(error.hint).toContain('Wait for it to end')
    expect(await writerOf(dir)).toContain(`process ${process.pid}`)
    await lock.release()
  })

  it('is free again once it was released, and leaves no file', async () => {
    const first = await lockRun(dir, wallClock)
    await first.release()
    expect(await readdir(dir)).toEqual([])
    expect(await writerOf(dir)).toBeUndefined()

    const second = await lockRun(dir, wallClock)
    // Of the one before, who is late.
    await first.release()
    await refusal()
    await second.release()
  })

  it('is not held by one that was refused', async () => {
    const lock = await lockRun(dir, wallClock)
    await refusal()
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
    // The holder was killed: its line is all that goes.
    await writeFile(
      file,
      lines
        .slice(1)
        .map((line) => `${line}\n`)
        .join(''),
    )
    const next = await lockRun(dir, wallClock)
    expect(await writerOf(dir)).toContain(`process ${process.pid} on`)
    await next.release()
    await lock.release()
  })

  it('is given to one of many that ask at the same moment', async () => {
    await writeFile(file, claimOf({ pid: 2 ** 22 + 1 }))
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockRun(dir, wallClock)))
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1)
    expect(await writerOf(dir)).toBe(
      asked.some(({ status }) => status === 'fulfilled')
        ? `process ${process.pid} on ${hostname()}, since ${AT}`
        : undefined,
    )
  })

  it('is taken over from a process that was killed', async () => {
    const module = path.resolve('harness/record/lock.ts')
    const script = `const { lockRun } = await import(${JSON.stringify(module)})
      await lockRun(${JSON.stringify(dir)}, () => new Date())
      console.log('locked')
      setTimeout(() => {}, 20_000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect((await refusal()).message).toContain(`process ${child.pid} on`)

    child.kill('SIGKILL')
    await once(child, 'exit')
    await (await lockRun(dir, wallClock)).release()
  })

  it.each([
    ['whose pid another process has now', { startTicks: '1' }],
    ['of before the machine was started again', { boot: 'an earlier boot' }],
  ])('is taken over from a process %s', async (_who, over) => {
    await writeFile(file, claimOf(over))
    const lock = await lockRun(dir, wallClock)
    expect(await writerOf(dir)).toContain(`process ${process.pid} on`)
    await lock.release()
  })

  it.each([
    ['on another machine', { host: 'elsewhere' }],
    ['in another container', { namespace: 'pid:[1]' }],
  ])('is not taken from a process %s: how to remove it is said', async (_where, over) => {
    await writeFile(file, claimOf(over))
    const error = await refusal()
    expect(error.hint).toContain(`remove ${file}`)
  })

  it('survives lines that were cut off, and such as are none', async () => {
    await writeFile(file, '{"claim":"a","pid":1')
    await appendFile(file, '\nnull\n[]\n7\n\0\0\0')
    const lock = await lockRun(dir, wallClock)
    expect((await refusal()).message).toContain(`process ${process.pid} on`)
    await lock.release()
  })

  it('says that a folder cannot be written', async () => {
    dir = path.join(dir, 'gone')
    const error = await refusal()
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('cannot be written')
  })
})
