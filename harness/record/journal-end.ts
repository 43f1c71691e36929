import type { FileHandle } from 'node:fs/promises'

const NEWLINE = 0x0a
const CHUNK = 64 * 1024

/**
 * Where the whole lines of a journal end, in bytes. A crash leaves a last line without its end; a power loss also lines whose
 * bytes never reached the disk. None of them was acknowledged. A damaged line with a good one after it is not the end.
 */
export async function endOfJournal(handle: FileHandle): Promise<number> {
  let end = (await newlineBefore(handle, (await handle.stat()).size)) + 1
  while (end > 0) {
    const start = (await newlineBefore(handle, end - 1)) + 1
    const { buffer } = await handle.read(Buffer.allocUnsafe(end - 1 - start), 0, end - 1 - start, start)
    if (isJson(buffer.toString())) return end
    end = start
  }
  return 0
}

/** Offset of the last newline before `end`; -1 when there is none. */
async function newlineBefore(handle: FileHandle, end: number): Promise<number> {
  const chunk = Buffer.allocUnsafe(CHUNK)
  for (let to = end; to > 0;) {
    const from = Math.max(0, to - CHUNK)
    const { bytesRead } = await handle.read(chunk, 0, to - from, from)
    const at = chunk.subarray(0, bytesRead).lastIndexOf(NEWLINE)
    if (at !== -1) return from + at
    to = from
  }
  return -1
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
