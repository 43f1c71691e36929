import { hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { FailureKind } from '../model/failure.ts'
import type { Attempt, Call } from '../model/trial.ts'
import { HarnessError } from '../model/errors.ts'
import type { Place } from './read-journal.ts'
import { parseJournalLine, readPlaced } from './read-journal.ts'

/** A call on record: where its line is, and what is asked about it before the line is read. */
export interface StoredCall extends Place {
  readonly number: number
  /** True when it ended its round: with a reply, or with a failure that no other try follows. */
  readonly ended: boolean
  /** Digest of the prompt. */
  readonly prompt: string
}

/** What a call is looked up by. */
export type StoredRequest = Pick<Call, 'role' | 'cellId' | 'attempt'> & {
  /** As the record has it: without secrets. */
  readonly prompt: string
}

const NONE: readonly StoredCall[] = []

/** Failures that are about this one call: others pass, or are the account's, or the run's own. */
const FINAL: ReadonlySet<FailureKind> = new Set(['refused', 'invalid', 'no_output', 'unknown'])

interface OpenOptions {
  readonly onWarning?: ((message: string) => void) | undefined
  /** Ids of cells whose calls nobody will ask for: they are not held. */
  readonly without?: ReadonlySet<string> | undefined
}

/** The calls of a recorded run, read from its journal one at a time: only their places are held. */
export class StoredReplies {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #models = new Map<string, StoredCall[]>()
  readonly #graders = new Map<string, StoredCall[]>()
  /** Of the cell a prompt was last asked for: another cell's answer is better than none where no grader may be asked. */
  readonly #gradersByPrompt = new Map<string, StoredCall[]>()
  readonly #cellIds = new Set<string>()

  private constructor(file: string, handle: FileHandle) {
    this.#file = file
    this.#handle = handle
  }

  /** @throws HarnessError `usage` when the journal is missing or damaged */
  static async open(dir: string, { onWarning, without }: OpenOptions = {}): Promise<StoredReplies> {
    const file = join(dir, 'trials.jsonl')
    const handle = await open(file).catch((cause: unknown) => {
      throw new HarnessError('usage', `${file} cannot be read`, {
        hint: 'Name a run folder that holds a trials.jsonl.',
        cause,
      })
    })
    const replies = new StoredReplies(file, handle)
    try {
      for await (const { line, start, bytes, number } of readPlaced(file, ['call', 'trial'], onWarning)) {
        if (without?.has(line.kind === 'trial' ? line.cell.id : line.cellId) === true) continue
        if (line.kind === 'trial') replies.#cellIds.add(line.cell.id)
        else replies.#add(line, { start, bytes, number })
      }
      return replies
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Ids of the cells that are on record: those that were called, and those that needed no call. */
  get cellIds(): ReadonlySet<string> {
    return this.#cellIds
  }

  /** The calls made to answer this request, oldest first. */
  callsFor({ role, cellId, attempt, prompt }: StoredRequest): readonly StoredCall[] {
    const digest = digestOf(prompt)
    if (role === 'grader') return this.#graders.get(graderKey(cellId, digest)) ?? NONE
    return (this.#models.get(modelKey(cellId, attempt)) ?? NONE).filter((call) => call.prompt === digest)
  }

  /** The last call of a cell's round, whatever it was asked, and the failed ones right before it, oldest first. */
  async triesOf(cellId: string, attempt: number): Promise<Attempt[]> {
    const calls = this.#models.get(modelKey(cellId, attempt)) ?? NONE
    const last = calls.at(-1)
    const same = calls.filter(({ prompt }) => prompt === last?.prompt)
    const replied = same.slice(0, -1).findLastIndex(({ ended }) => ended)
    return Promise.all(same.slice(replied + 1).map(async (call) => (await this.read(call)).result))
  }

  /** What a grader answered to a prompt: asked for this cell, else for whichever one. */
  async graderAttemptOf(prompt: string, cellId = ''): Promise<Attempt | undefined> {
    const digest = digestOf(prompt)
    const calls = this.#graders.get(graderKey(cellId, digest)) ?? this.#gradersByPrompt.get(digest)
    const last = calls?.at(-1)
    return last && (await this.read(last)).result
  }

  async read({ start, bytes, number }: StoredCall): Promise<Call> {
    const { buffer } = await this.#handle.read(Buffer.allocUnsafe(bytes), 0, bytes, start)
    return parseJournalLine(buffer.toString(), { file: this.#file, line: number }) as Call
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  #add({ role, cellId, attempt, result }: Call, place: Place & { readonly number: number }): void {
    const prompt = digestOf(result.request.prompt)
    const call = { ...place, ended: isFinal(result), prompt }
    if (role === 'grader')
      this.#gradersByPrompt.set(prompt, push(this.#graders, graderKey(cellId, prompt), call))
    else {
      push(this.#models, modelKey(cellId, attempt), call)
      this.#cellIds.add(cellId)
    }
  }
}

function isFinal({ failure }: Attempt): boolean {
  return failure === undefined || FINAL.has(failure.kind)
}

function push(calls: Map<string, StoredCall[]>, key: string, call: StoredCall): StoredCall[] {
  const known = calls.get(key) ?? []
  known.push(call)
  calls.set(key, known)
  return known
}

function modelKey(cellId: string, attempt: number): string {
  return attempt === 0 ? cellId : `${cellId} ${attempt}`
}

function graderKey(cellId: string, digest: string): string {
  return `${cellId} ${digest}`
}

function digestOf(prompt: string): string {
  return hash('sha256', prompt, 'base64')
}
