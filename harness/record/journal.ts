import { ftruncateSync, writeSync } from 'node:fs'
import { constants, type FileHandle, open } from 'node:fs/promises'
import type { JournalLine } from '../model/trial.ts'
import { HarnessError } from '../model/errors.ts'
import { diskError, errorCode } from './disk-error.ts'
import { endOfJournal } from './journal-end.ts'
import type { Place } from './read-journal.ts'

/** The append-only record of a run, `trials.jsonl`. */
export interface Journal {
  /**
   * Resolves with the line's place once it is on disk. The line is given to the system before anything else happens, so that
   * it outlives this process; lines that arrive while the disk is busy share its next turn. Await this before queueing
   * ever more of them. Rejects with a `HarnessError` (`incomplete`) when the disk refuses: then every
   * later line is refused too, and the file ends with the last line there was room for.
   */
  write(line: JournalLine): Promise<Place>
  /** Waits for the lines on their way, then closes the file. */
  close(): Promise<void>
}

export interface JournalOptions {
  /** Takes secrets out of a line of JSON; the line itself is given beside it. */
  readonly redact: (json: string, line: JournalLine) => string
  /** Goes on after the last whole line of a file, if there is one; otherwise the file must not exist. */
  readonly append?: boolean | undefined
}

/** Bytes handed over at once, so that a batch of large lines is not held in memory twice. */
const BATCH_BYTES = 4 * 1024 * 1024

interface Waiting {
  readonly line: JournalLine
  readonly resolve: (place: Place) => void
  readonly reject: (error: unknown) => void
}

/** A line that is with the system, and not known to be on disk yet. */
interface Landed extends Omit<Waiting, 'line'> {
  readonly place: Place
}

/** Opens a journal. Throws a `HarnessError` (`usage`) when the file exists (without `append`) or cannot be made. */
export async function openJournal(file: string, options: JournalOptions): Promise<Journal> {
  const handle = await openFile(file, options.append === true)
  let end = options.append === true ? await cutTornEnd(handle) : 0
  const queue: Waiting[] = []
  let landed: Landed[] = []
  let broken: HarnessError | undefined
  let closed = false
  let syncing: Promise<void> | undefined

  /** Hands over what was written since the last time. */
  function land(): void {
    while (queue.length > 0) landBatch()
    if (landed.length > 0) syncing ??= sync()
  }

  function landBatch(): void {
    const { chunk, batch } = nextBatch(queue, end, options.redact)
    let written = 0
    try {
      // A disk that is nearly full takes a part of what it is given before it refuses.
      while (written < chunk.length)
        written += writeSync(handle.fd, chunk, written, chunk.length - written, end + written)
      landed.push(...batch)
      end += chunk.length
    } catch (error) {
      // Whole lines that did land hold replies that were paid for.
      cutAt(handle, end + chunk.subarray(0, written).lastIndexOf(0x0a) + 1)
      fail(error, batch)
    }
  }

  async function sync(): Promise<void> {
    while (landed.length > 0) {
      const batch = landed
      landed = []
      try {
        await handle.datasync()
        for (const { place, resolve } of batch) resolve(place)
      } catch (error) {
        fail(error, [...batch, ...landed.splice(0)])
      }
    }
    syncing = undefined
  }

  function fail(error: unknown, lines: readonly Pick<Waiting, 'reject'>[]): void {
    broken ??= diskError(error, file)
    for (const { reject } of [...lines, ...queue.splice(0)]) reject(broken)
  }

  return {
    write: (line) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error(`${file}: written to after it was closed`)
        if (broken !== undefined) throw broken
        // After everything that is ready to be done now: what comes of it shares the batch.
        if (queue.length === 0) process.nextTick(land)
        queue.push({ line, resolve, reject })
      }),
    async close() {
      closed = true
      land()
      await syncing
      await handle.close()
    },
  }
}

/** Takes lines off the queue until they fill a batch. A line that cannot be serialised fails alone. */
function nextBatch(
  queue: Waiting[],
  start: number,
  redact: JournalOptions['redact'],
): { chunk: Buffer; batch: Landed[] } {
  const parts: Buffer[] = []
  const batch: Landed[] = []
  let bytes = 0
  let taken = 0
  for (; taken < queue.length && bytes < BATCH_BYTES; taken++) {
    const { line, resolve, reject } = queue[taken] as Waiting
    try {
      const part = Buffer.from(redact(`${JSON.stringify(line)}\n`, line))
      parts.push(part)
      batch.push({ place: { start: start + bytes, bytes: part.length - 1 }, resolve, reject })
      bytes += part.length
    } catch (error) {
      reject(error)
    }
  }
  queue.splice(0, taken)
  return { chunk: Buffer.concat(parts, bytes), batch }
}

async function openFile(file: string, append: boolean): Promise<FileHandle> {
  try {
    return await open(file, append ? constants.O_RDWR | constants.O_CREAT : 'wx')
  } catch (error) {
    const reason = errorCode(error) === 'EEXIST' ? 'exists already' : 'cannot be opened for writing'
    throw new HarnessError('usage', `${file} ${reason}`, {
      hint: append
        ? 'Name a run folder that holds a trials.jsonl.'
        : 'Name a run folder that does not exist yet.',
      cause: error,
    })
  }
}

/** Cuts off what a crash left after the last whole line. Returns the length of what remains, in bytes. */
async function cutTornEnd(handle: FileHandle): Promise<number> {
  const end = await endOfJournal(handle)
  if (end < (await handle.stat()).size) await handle.truncate(end)
  return end
}

/** Best effort: a reader copes with a torn line as well. */
function cutAt(handle: FileHandle, length: number): void {
  try {
    ftruncateSync(handle.fd, length)
  } catch {
    // What refused the line refuses this too.
  }
}
