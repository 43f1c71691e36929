import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { stateOf, thisProcess } from './process-identity.ts'

const LOCK_FILE = 'run.lock'

/** The right to write a run folder. */
export interface RunLock {
  /** Gives it back. Nothing happens the second time. */
  release(): Promise<void>
}

/** Who holds a lock, and since when (ISO time). */
interface Claim extends ProcessIdentity {
  readonly claim: string
  readonly at: string
}

/**
 * Takes the lock of a run folder, so that one process at a time writes it. Every process that wants it adds a line to one
 * file, and the first line whose process lives holds the lock: a process that was killed is passed over, and two
 * that find it dead at the same moment see the same order.
 * @param wallClock what the lock says it was taken at
 * @throws HarnessError `usage` when another process holds it, or the folder cannot be written
 */
export async function lockRun(dir: string, wallClock: () => Date): Promise<RunLock> {
  const file = path.join(dir, LOCK_FILE)
  const own: Claim = { claim: randomUUID(), ...thisProcess(), at: wallClock().toISOString() }
  for (;;) {
    const handle = await openLock(file)
    try {
      await addLine(handle, own)
      const holder = holderIn(await readFile(file, 'utf8').catch(() => ''), own)
      if (holder !== undefined && holder.claim !== own.claim) {
        await addLine(handle, { released: own.claim })
        throw refusal(dir, file, holder)
      }
      // The one before may have given the file up between our opening and our line: then nobody else can see it.
      if (await isAt(handle, file)) return held(file)
    } finally {
      await handle.close()
    }
  }
}

function held(file: string): RunLock {
  let isReleased = false
  return {
    async release() {
      // The second time it may be another process's.
      if (isReleased) return
      isReleased = true
      await rm(file, { force: true })
    },
  }
}

/** Says which process is writing a run folder; undefined when none is. */
export async function writerOf(dir: string): Promise<string | undefined> {
  const text = await readFile(path.join(dir, LOCK_FILE), 'utf8').catch(() => '')
  const holder = holderIn(text, thisProcess())
  return holder && describe(holder)
}

async function openLock(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'a+')
  } catch (error) {
    throw new HarnessError('usage', `${file} cannot be written: ${messageOf(error)}`, {
      hint: 'Name the folder of a run that can be written.',
      cause: error,
    })
  }
}

/** A line break first: the line before may have been cut off. */
async function addLine(handle: FileHandle, line: object): Promise<void> {
  await handle.write(`\n${JSON.stringify(line)}\n`)
}

function holderIn(text: string, own: ProcessIdentity): Claim | undefined {
  const lines = text.split('\n').map(parse)
  const released = new Set(lines.map((line) => line?.['released']))
  return lines.find(
    (line): line is Claim & Record<string, unknown> =>
      isClaim(line) && !released.has(line.claim) && stateOf(line, own) !== 'gone',
  )
}

function isClaim(line: Record<string, unknown> | undefined): line is Claim & Record<string, unknown> {
  return (
    typeof line?.['claim'] === 'string' &&
    typeof line['pid'] === 'number' &&
    typeof line['host'] === 'string' &&
    typeof line['at'] === 'string'
  )
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}

async function isAt(handle: FileHandle, file: string): Promise<boolean> {
  const [held, found] = await Promise.all([handle.stat(), stat(file).catch(() => undefined)])
  return found?.ino === held.ino && found.dev === held.dev
}

function describe({ pid, host, at }: Claim): string {
  return `process ${pid} on ${host}, since ${at}`
}

function refusal(dir: string, file: string, holder: Claim): HarnessError {
  const isHere = stateOf(holder) === 'running'
  return new HarnessError('usage', `${dir} is being written by ${describe(holder)}`, {
    hint: isHere
      ? 'Wait for it to end, or stop it, then resume.'
      : `It cannot be told from here whether that process still runs. If it does not, remove ${file}.`,
  })
}
