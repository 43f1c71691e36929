import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { shortDigest } from '../../suite/cases/identity.ts'
import type { Place } from '../read-journal.ts'

/** Where a reply lies, and when it was made. */
export interface CacheEntry extends Place {
  /** Absolute path of the journal. */
  readonly journal: string
  /** Milliseconds since 1970. */
  readonly at: number
}

const KEY = 64
const SHORT = 8
/** `<key> <cell> <run> <start> <bytes> <time>`: a line is found by its first two members, and known to be whole by its last. */
const HEAD = KEY + 1 + SHORT
const TIME = 13
const ENTRY = /^[0-9a-f]{64} [0-9a-f]{8} (?<run>[0-9a-f]{8}) (?<start>\d+) (?<bytes>\d+) (?<at>\d{13})$/
const RUN = /^run (?<run>[0-9a-f]{8}) (?<journal>".*")$/
/** An index is only cleaned when it is worth the writing. */
const PRUNE_BYTES = 256 * 1024

/**
 * The index of the local cache, one file a suite: lines of text, only ever appended, so that processes may write at
 * once. What is found are the lines that were there when it was opened; of several for the same key and cell, the
 * last.
 */
export class CacheIndex {
  readonly #file: string
  readonly #text: string
  /** Offsets of lines in the text: by key and cell, and by key alone. */
  readonly #exact = new Map<string, number>()
  readonly #byKey = new Map<string, number>()
  readonly #journals = new Map<string, string>()
  readonly #named = new Set<string>()
  #lines = 0
  #descriptor: number | undefined

  constructor(file: string) {
    this.#file = file
    this.#text = readText(file)
    const text = this.#text
    // A last line without its end was cut off, or is being written.
    for (let start = 0, end; (end = text.indexOf('\n', start)) !== -1; start = end + 1) {
      if (end - start > HEAD + TIME && text[start + KEY] === ' ' && text[end - TIME - 1] === ' ') {
        this.#lines++
        this.#exact.set(text.slice(start, start + HEAD), start)
        this.#byKey.set(text.slice(start, start + KEY), start)
      } else if (text.startsWith('run ', start)) this.#readRun(text.slice(start, end))
    }
  }

  get isEmpty(): boolean {
    return this.#exact.size === 0
  }

  /** What is indexed for the key, that of the cell itself first. */
  find(key: string, cellId: string): CacheEntry[] {
    const exact = this.#exact.get(`${key} ${short(cellId)}`)
    const other = this.#byKey.get(key)
    const offsets = exact === other ? [exact] : [exact, other]
    return offsets.flatMap((offset) => (offset === undefined ? [] : (this.#entryAt(offset) ?? [])))
  }

  /** Adds entries. Throws the system's error when the file cannot be written. */
  append(entries: readonly (CacheEntry & { readonly key: string; readonly cellId: string })[]): void {
    if (entries.length === 0) return
    let lines = '\n'
    for (const { key, cellId, journal, start, bytes, at } of entries) {
      const run = short(journal)
      if (!this.#named.has(run)) lines += `run ${run} ${JSON.stringify(journal)}\n`
      this.#named.add(run)
      lines += `${key} ${short(cellId)} ${run} ${start} ${bytes} ${String(at).padStart(TIME, '0')}\n`
    }
    if (this.#descriptor === undefined) {
      mkdirSync(path.dirname(this.#file), { recursive: true })
      this.#descriptor = openSync(this.#file, 'a')
    }
    // In one piece, after a newline of its own: should another process have been cut off, only its line is lost.
    writeSync(this.#descriptor, lines)
  }

  /**
   * Writes the file anew when most of it is of no use any more: replaced, past `isFresh`, or of runs whose folder is
   * gone. What another process appends at that very moment is lost, and asked for again.
   */
  prune(isFresh: (at: number) => boolean): void {
    if (this.#text.length < PRUNE_BYTES) return
    const journals = new Map([...this.#journals].filter(([, journal]) => existsSync(journal)))
    const alive: string[] = []
    for (const offset of this.#exact.values()) {
      const line = this.#lineAt(offset)
      const { run = '', at = '' } = ENTRY.exec(line)?.groups ?? {}
      if (journals.has(run) && isFresh(Number(at))) alive.push(line)
    }
    if (alive.length * 2 > this.#lines) return
    const runs = [...journals].map(([run, journal]) => `run ${run} ${JSON.stringify(journal)}`)
    const temporary = `${this.#file}.${process.pid}`
    const descriptor = openSync(temporary, 'w')
    writeSync(descriptor, [...runs, ...alive, ''].join('\n'))
    closeSync(descriptor)
    renameSync(temporary, this.#file)
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #entryAt(offset: number): CacheEntry | undefined {
    const { run = '', start, bytes, at } = ENTRY.exec(this.#lineAt(offset))?.groups ?? {}
    const journal = this.#journals.get(run)
    if (journal === undefined) return undefined
    return { journal, start: Number(start), bytes: Number(bytes), at: Number(at) }
  }

  #lineAt(offset: number): string {
    return this.#text.slice(offset, this.#text.indexOf('\n', offset))
  }

  #readRun(line: string): void {
    const { run, journal } = RUN.exec(line)?.groups ?? {}
    if (run === undefined || journal === undefined) return
    try {
      // Read as latin1, in which the offsets of a text are those of its bytes.
      this.#journals.set(run, JSON.parse(Buffer.from(journal, 'latin1').toString()) as string)
    } catch {
      // Damaged: its entries belong to no run.
    }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

function short(text: string): string {
  return shortDigest(text).slice(0, SHORT)
}
