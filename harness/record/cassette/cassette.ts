import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ModelRequest } from '../../execute/call.ts'
import { HarnessError, messageOf } from '../../model/errors.ts'
import { errorCode } from '../disk-error.ts'
import type { Place } from '../read-journal.ts'
import { columnFile, GRADERS_FILE } from './folder.ts'
import type { LineHead } from './line.ts'
import { parseHead, parseReply } from './line.ts'
import { PlacedFile } from './placed-file.ts'
import type { RecordedReply, ReplySource } from './reply-source.ts'

/** A recorded reply, and where it lies. */
export interface CassetteEntry extends LineHead, Place {
  /** Name of its file. */
  readonly file: string
}

/** The file that holds the replies to a request like this. */
export function fileOf({ role, promptKey, spec }: Pick<ModelRequest, 'role' | 'promptKey' | 'spec'>): string {
  return role === 'grader' ? GRADERS_FILE : columnFile(promptKey, spec.key)
}

/** The replies recorded beside a suite. Each is read when it is asked for: held are keys and places. */
export class Cassette implements ReplySource {
  readonly dir: string
  readonly entries: readonly CassetteEntry[]
  readonly #byKey = new Map<string, CassetteEntry[]>()
  readonly #files = new Map<string, PlacedFile>()

  private constructor(dir: string, entries: readonly CassetteEntry[]) {
    this.dir = dir
    this.entries = entries
    for (const entry of entries) {
      const alike = this.#byKey.get(entry.key)
      if (alike === undefined) this.#byKey.set(entry.key, [entry])
      else alike.push(entry)
    }
  }

  /**
   * Undefined when there is no such folder.
   * @throws HarnessError `usage` at the first line that is damaged, and for a folder that cannot be read
   */
  static async open(dir: string): Promise<Cassette | undefined> {
    const names = await cassetteFiles(dir)
    if (names === undefined) return undefined
    const entries: CassetteEntry[] = []
    for (const name of names.toSorted()) entries.push(...(await entriesOf(dir, name)))
    return new Cassette(dir, entries)
  }

  get isEmpty(): boolean {
    return this.entries.length === 0
  }

  serves(): boolean {
    return true
  }

  /**
   * Where several have the key (the same question in two columns, a case that stands there twice), the request's own goes first.
   */
  find(key: string, request: Parameters<ReplySource['find']>[1]): RecordedReply | undefined {
    const alike = this.#byKey.get(key)
    if (alike === undefined) return undefined
    const own =
      alike.length === 1
        ? undefined
        : alike.find((entry) => entry.case === request.caseId && entry.file === fileOf(request))
    const entry = own ?? alike[0]
    return entry && parseReply(this.read(entry))
  }

  /** The line of an entry, as it was written. */
  read(entry: CassetteEntry): string {
    let file = this.#files.get(entry.file)
    if (file === undefined)
      this.#files.set(entry.file, (file = new PlacedFile(path.join(this.dir, entry.file))))
    return file.read(entry)
  }

  close(): void {
    for (const file of this.#files.values()) file.close()
    this.#files.clear()
  }
}

/** Names of the files of a cassette; folders in it are other suites' cassettes. */
async function cassetteFiles(dir: string): Promise<string[] | undefined> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl')).map(({ name }) => name)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw unreadable(dir, error)
  }
}

async function entriesOf(dir: string, name: string): Promise<CassetteEntry[]> {
  const file = path.join(dir, name)
  const content = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  const entries: CassetteEntry[] = []
  let number = 0
  for (let start = 0; start < content.length;) {
    const newline = content.indexOf(0x0a, start)
    const end = newline === -1 ? content.length : newline
    // Of a checkout with Windows line breaks: the reply is the same, and is written back without.
    const textEnd = content[end - 1] === 0x0d ? end - 1 : end
    const text = content.toString('utf8', start, textEnd)
    number++
    if (text.trim() !== '')
      entries.push({ ...parseHead(text, { file, line: number }), file: name, start, bytes: textEnd - start })
    start = end + 1
  }
  return entries
}

function unreadable(file: string, cause: unknown): HarnessError {
  return new HarnessError('usage', `the cassette ${file} cannot be read: ${messageOf(cause)}`, { cause })
}
