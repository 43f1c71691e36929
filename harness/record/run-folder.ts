import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import { errorCode } from './disk-error.ts'
import { makeRunId } from './run-id.ts'

/** Where runs are kept, below the working directory. */
export const RUNS_DIR = 'runs'

/** A folder that was made for a run. `dir` is absolute. */
export interface RunFolder {
  readonly id: string
  readonly dir: string
}

export interface RunFolderOptions {
  /** Name of the suite. */
  readonly suite: string
  readonly cwd: string
  /** The folder itself (`--out`); by default `runs/<suite>/<id>`. */
  readonly out?: string | undefined
  readonly now: Date
  /** Numbers in [0, 1), as from `Math.random`. */
  readonly random: () => number
}

/** Makes the folder of a new run. Throws a `HarnessError` (`usage`) when it exists or cannot be made. */
export async function createRunFolder(options: RunFolderOptions): Promise<RunFolder> {
  const id = makeRunId(options.now, options.random)
  const dir = path.resolve(options.cwd, options.out ?? path.join(RUNS_DIR, folderName(options.suite), id))
  try {
    await makeFolders(path.dirname(dir))
    await mkdir(dir)
  } catch (error) {
    throw refusal(dir, error)
  }
  return { id, dir }
}

/** `mkdir -p`. Node's own never returns where every attempt ends in ENOENT, as it does in /proc. */
async function makeFolders(dir: string, hasParent = false): Promise<void> {
  try {
    await mkdir(dir)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (errorCode(error) !== 'ENOENT' || hasParent) throw error
    await makeFolders(path.dirname(dir))
    await makeFolders(dir, true)
  }
}

function refusal(dir: string, error: unknown): HarnessError {
  if (errorCode(error) === 'EEXIST') {
    return new HarnessError('usage', `the run folder ${dir} exists already, or a file stands in its place`, {
      hint: 'Name another folder with --out, or remove this one.',
      cause: error,
    })
  }
  return new HarnessError('usage', `the run folder ${dir} cannot be made: ${messageOf(error)}`, {
    hint: 'Name a folder that can be written with --out.',
    cause: error,
  })
}

/** A suite's name comes from a file name, which may hold what another file system refuses. */
export function folderName(suite: string): string {
  return suite.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+$/, '-')
}
