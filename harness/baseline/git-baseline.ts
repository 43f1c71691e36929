import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import { shortDigest } from '../suite/cases/identity.ts'
import type { GitPlace } from './git.ts'
import { gitExtract, gitObject, gitOutput } from './git.ts'
import { recordDirOf } from './location.ts'

/** A `baseline.json` in a revision. */
export interface GitBaseline {
  /** `REV:path`, which git finds from `place`. */
  readonly ref: string
  readonly text: string
  readonly place: GitPlace
}

/**
 * Finds `REV:path` in the repository of the first of several folders that has it. The path counts from the root of the
 * repository, or from the folder; it may name a folder that holds a baseline.
 * @param fileName of the baseline that a folder is asked for
 * @throws HarnessError `usage` when there is none
 */
export async function findInGit(
  ref: string,
  places: readonly GitPlace[],
  fileName: string,
): Promise<GitBaseline> {
  const colon = ref.indexOf(':')
  const [revision, file] = [ref.slice(0, colon), ref.slice(colon + 1)]
  if (revision === '' || revision.startsWith('-'))
    throw new HarnessError('usage', `\`${ref}\` names no revision before its colon`, {
      hint: 'A baseline in git is REV:path, such as main:suites/x/baseline.json.',
    })
  let isKnown = false
  for (const place of places) {
    if ((await gitObject(`${revision}^{commit}`, place)) === undefined) continue
    isKnown = true
    for (const name of [file, `./${file}`]) {
      const found = await readBaselineAt(revision, name, fileName, place)
      if (found !== undefined) return found
    }
  }
  throw isKnown ? missingFile(revision, file) : missingRevision(ref, revision, places)
}

async function readBaselineAt(
  revision: string,
  name: string,
  fileName: string,
  place: GitPlace,
): Promise<GitBaseline | undefined> {
  const ref = `${revision}:${name}`
  const id = await gitObject(ref, place)
  if (id === undefined) return undefined
  const type = (await gitOutput(['cat-file', '-t', id], place))?.trim()
  if (type === 'tree')
    return name.endsWith(fileName)
      ? undefined
      : readBaselineAt(revision, posixJoin(name, fileName), fileName, place)
  const text = await gitOutput(['cat-file', 'blob', id], place)
  return text === undefined ? undefined : { ref, text, place }
}

function posixJoin(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`
}

function missingRevision(ref: string, revision: string, [place]: readonly GitPlace[]): HarnessError {
  return new HarnessError(
    'usage',
    `there is no baseline \`${ref}\`: git knows no revision \`${revision}\` in ${place?.cwd ?? '.'}`,
    { hint: 'Fetch it first; a CI checkout has often the one commit only (fetch-depth: 0 has them all).' },
  )
}

function missingFile(revision: string, file: string): HarnessError {
  return new HarnessError('usage', `there is no baseline \`${file}\` in revision \`${revision}\``, {
    hint: 'Accept a run there first (`assay accept RUN`), and commit what it writes; the path counts from the root of the repository.',
  })
}

/**
 * The folder that belongs to a baseline in a revision, copied to the cache once; undefined where the revision has none.
 * @throws HarnessError `usage` when the cache cannot be written
 */
export async function extractRecord(
  { ref, place }: GitBaseline,
  cacheDir: string,
): Promise<string | undefined> {
  const colon = ref.indexOf(':')
  const recordDir = recordDirOf(ref.slice(colon + 1))
  if (recordDir === undefined) return undefined
  // `path` drops the `./` that says where a path counts from.
  const prefix = ref.startsWith('./', colon + 1) ? './' : ''
  const names = ['manifest.json', 'trials.jsonl']
  const ids = await Promise.all(
    names.map((name) =>
      gitObject(`${ref.slice(0, colon)}:${prefix}${path.join(recordDir, name).replaceAll('\\', '/')}`, place),
    ),
  )
  if (ids.every((id) => id === undefined)) return undefined
  const folder = path.join(cacheDir, 'baselines', shortDigest(ids.join(' ')))
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) return folder
  try {
    await mkdir(path.dirname(folder), { recursive: true })
    const staged = await mkdtemp(`${folder}-`)
    try {
      for (const [index, name] of names.entries()) {
        const id = ids[index]
        if (id !== undefined) await gitExtract(id, path.join(staged, name), place)
      }
      await rename(staged, folder)
    } catch (error) {
      await rm(staged, { recursive: true, force: true })
      // Another process was quicker.
      if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true) throw error
    }
  } catch (cause) {
    throw new HarnessError(
      'usage',
      `the baseline of ${ref} cannot be taken out of git: ${messageOf(cause)}`,
      {
        hint: `It is kept in ${folder}: make that writable, or set ASSAY_CACHE_DIR.`,
        cause,
      },
    )
  }
  return folder
}
