import { constants, type FileHandle, open } from 'node:fs/promises'
import type { JournalLine } from '../model/trial.ts'
import { HarnessError } from '../model/errors.ts'
import { diskError, errorCode } from './disk-error.ts'
import { endOfJournal } from './journal-end.ts'
import type { Place } from './read-journal.ts'

/** The append-only record of a run, `trials.jsonl`. */
export interface Journal {
  /**
   * Resolves with the line's place once it is on disk. Lines that arrive while the disk is busy share its next turn; await this
   * before queueing ever more of them. Rejects with a `HarnessError` (`incomplete`) when the disk refuses: then every
   * later line is refused too, and the file ends with the last line there was room for.
   */
  write(line: JournalLine): Promise<Place>
  /** Waits for the lines on their way, then closes the file. */
  close(): Promise<void>
}

export interface JournalOptions {
  /** Takes secrets out of a line of JSON. */
  readonly redact: (json: string) => string
  /** Goes on after the last whole line of a file, if there is one; otherwise the file must not exist. */
  readonly append?: boolean | undefined
}

/** Bytes handed to the disk in one turn. Lines are serialised only when their turn comes, so this bounds memory. */
const TURN_BYTES = 4 * 1024 * 1024

interface Waiting {
  readonly line: JournalLine
  /** With its line break; known once its turn has come. */
  bytes: number
  readonly resolve: (place: Place) => void
  readonly reject: (error: unknown) => void
}

/** Opens a journal. Throws a `HarnessError` (`usage`) when the file exists (without `append`) or cannot be made. */
export async function openJournal(file: string, options: JournalOptions): Promise<Journal> {
  const handle = await openFile(file, options.append === true)
  let acknowledged = options.append === true ? await cutTornEnd(handle) : 0
  const queue: Waiting[] = []
  let broken: HarnessError | undefined
  let closed = false
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    // One tick later, so that lines written together share the first turn as well.
    await Promise.resolve()
    while (queue.length > 0 && broken === undefined) await takeTurn()
    working = undefined
  }

  async function takeTurn(): Promise<void> {
    const { chunk, waiting } = nextTurn(queue, options.redact)
    let landed = 0
    try {
      // A disk that is nearly full takes a part of what it is given before it refuses.
      while (landed < chunk.length) {
        const { bytesWritten } = await handle.write(
          chunk,
          landed,
          chunk.length - landed,
          acknowledged + landed,
        )
        landed += bytesWritten
      }
      await handle.datasync()
    } catch (error) {
      broken = diskError(error, file)
      // Whole lines that did land hold replies that were paid for. Best effort: a reader copes with a torn line as well.
      const whole = chunk.subarray(0, landed).lastIndexOf(0x0a) + 1
      await handle.truncate(acknowledged + whole).catch(() => undefined)
      for (const { reject } of [...waiting, ...queue.splice(0)]) reject(broken)
      return
    }
    for (const { bytes, resolve } of waiting) {
      resolve({ start: acknowledged, bytes: bytes - 1 })
      acknowledged += bytes
    }
  }

  return {
    write: (line) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error(`${file}: written to after it was closed`)
        if (broken !== undefined) throw broken
        queue.push({ line, bytes: 0, resolve, reject })
        working ??= work()
      }),
    async close() {
      closed = true
      await working
      await handle.close()
    },
  }
}

/** Takes lines off the queue until they fill a turn. A line that cannot be serialised fails alone. */
function nextTurn(queue: Waiting[], redact: (json: string) => string): { chunk: Buffer; waiting: Waiting[] } {
  const parts: Buffer[] = []
  const waiting: Waiting[] = []
  let bytes = 0
  let taken = 0
  for (; taken < queue.length && bytes < TURN_BYTES; taken++) {
    const next = queue[taken] as Waiting
    try {
      const part = Buffer.from(redact(`${JSON.stringify(next.line)}\n`))
      parts.push(part)
      next.bytes = part.length
      waiting.push(next)
      bytes += part.length
    } catch (error) {
      next.reject(error)
    }
  }
  queue.splice(0, taken)
  return { chunk: Buffer.concat(parts, bytes), waiting }
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
