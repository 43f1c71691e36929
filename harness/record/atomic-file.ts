import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { diskError } from './disk-error.ts'

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/**
 * Writes a file that is either wholly there or not at all: beside its place first, then moved. A chunk at a time, so
 * that a large report is never held whole. Throws a `HarnessError` (`incomplete`) when the disk refuses.
 */
export async function writeFileAtomic(file: string, chunks: Chunks): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`)
  try {
    await writeSynced(temporary, chunks)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw isSystemError(error) ? diskError(error, file) : error
  }
}

async function writeSynced(file: string, chunks: Chunks): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** The disk's refusal, and not a defect of whoever makes the chunks. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** Has the names of a folder's files on disk as well, where the system lets a folder be asked for that. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir).catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Writes a value as readable JSON with its secrets taken out (see `makeRedactor`), whole or not at all. */
export async function writeJson(
  dir: string,
  name: string,
  value: unknown,
  redact: (json: string) => string,
): Promise<void> {
  await writeFileAtomic(path.join(dir, name), [`${redact(JSON.stringify(value, null, 2))}\n`])
}
