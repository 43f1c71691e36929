import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * Which of the files that a suite read are others now, or gone. Every file is read once, none is held.
 * @param files sha256 by path from `root`, as a manifest has them
 */
export async function changedFiles(files: Readonly<Record<string, string>>, root: string): Promise<string[]> {
  const changed: string[] = []
  for (const [name, digest] of Object.entries(files))
    if ((await digestOf(path.resolve(root, name))) !== digest) changed.push(name)
  return changed
}

/** Undefined for a file that cannot be read. */
async function digestOf(file: string): Promise<string | undefined> {
  const sha256 = createHash('sha256')
  try {
    await pipeline(createReadStream(file), sha256)
    return sha256.digest('hex')
  } catch {
    return undefined
  }
}
