import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attempt, Call } from '../model/trial.ts'
import { parseJournalLine, readPlaced } from './read-journal.ts'

interface Place {
  readonly start: number
  readonly bytes: number
}

/** The replies of a recorded run, read from its journal one at a time: only their places are held. */
export class StoredReplies {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #models: ReadonlyMap<string, Place>
  readonly #graders: ReadonlyMap<string, Place>
  /** Ids of the cells that are on record: those that were called, and those that needed no call. */
  readonly cellIds: ReadonlySet<string>

  private constructor(
    file: string,
    handle: FileHandle,
    models: ReadonlyMap<string, Place>,
    graders: ReadonlyMap<string, Place>,
    cellIds: ReadonlySet<string>,
  ) {
    this.#file = file
    this.#handle = handle
    this.#models = models
    this.#graders = graders
    this.cellIds = cellIds
  }

  /** @throws HarnessError `usage` when the journal is missing or damaged */
  static async open(dir: string, onWarning?: (message: string) => void): Promise<StoredReplies> {
    const file = join(dir, 'trials.jsonl')
    const models = new Map<string, Place>()
    const graders = new Map<string, Place>()
    const cellIds = new Set<string>()
    for await (const { line, start, bytes } of readPlaced(file, ['call', 'trial'], onWarning)) {
      if (line.kind === 'trial') cellIds.add(line.cell.id)
      // A later line of the same call stands in place of an earlier one.
      else if (line.role === 'grader') graders.set(graderKey(line.result.request.prompt), { start, bytes })
      else {
        models.set(line.cellId, { start, bytes })
        cellIds.add(line.cellId)
      }
    }
    return new StoredReplies(file, await open(file), models, graders, cellIds)
  }

  /** The last attempt of a cell. */
  async attemptOf(cellId: string): Promise<Attempt | undefined> {
    return this.#read(this.#models.get(cellId))
  }

  /** What a grader answered to a prompt, whichever cell it was asked for. */
  async graderAttemptOf(prompt: string): Promise<Attempt | undefined> {
    return this.#read(this.#graders.get(graderKey(prompt)))
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  async #read(place: Place | undefined): Promise<Attempt | undefined> {
    if (place === undefined) return undefined
    const { buffer } = await this.#handle.read(Buffer.allocUnsafe(place.bytes), 0, place.bytes, place.start)
    return (parseJournalLine(buffer.toString(), { file: this.#file, line: 1 }) as Call).result
  }
}

function graderKey(prompt: string): string {
  return createHash('sha256').update(prompt).digest('base64')
}
