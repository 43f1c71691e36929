import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const LARGEST_BYTES = 1024 ** 3

/** A repository, as seen from a folder in it. No shell takes part. */
export interface GitPlace {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What a command of git prints; undefined when it fails, and without git or a repository. */
export async function gitOutput(args: readonly string[], place: GitPlace): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', args, {
      ...optionsOf(place),
      maxBuffer: LARGEST_BYTES,
    })
    return stdout
  } catch {
    return undefined
  }
}

/** The id of an object, by any name that git knows; undefined where there is none. What begins with `-` is no name. */
export async function gitObject(name: string, place: GitPlace): Promise<string | undefined> {
  if (name.startsWith('-')) return undefined
  return (await gitOutput(['rev-parse', '--verify', '--quiet', name], place))?.trim()
}

/** Writes the content of an object to a file, however large it is. */
export async function gitExtract(id: string, file: string, place: GitPlace): Promise<void> {
  const child = spawn('git', ['cat-file', 'blob', id], {
    ...optionsOf(place),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`git cat-file ended with ${code}`))))
  })
  await Promise.all([pipeline(child.stdout, createWriteStream(file)), ended])
}

function optionsOf({ cwd, env }: GitPlace) {
  return { cwd, env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' } }
}
