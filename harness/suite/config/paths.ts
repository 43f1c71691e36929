import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { SourceLocation } from '../../model/source.ts'
import { fail } from './fail.ts'
import { suggest } from '../../model/suggest.ts'

const FILE_SCHEME = 'file://'

/** The nearest ancestor of `dir` (or itself) that holds a package.json or .git; `dir` itself where there is none. */
export function projectRoot(dir: string): string {
  const start = resolve(dir)
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return start
  }
}

/** The path in `file://path`, or the path itself. */
export function stripFileScheme(ref: string): string {
  return ref.startsWith(FILE_SCHEME) ? ref.slice(FILE_SCHEME.length) : ref
}

/**
 * Absolute path of the existing file or folder that `ref` (a path or `file://…`, without `:function`) names from `dir`.
 * @throws HarnessError `suite` at `at` when it is missing, or lies (symlinks resolved) outside `root` and
 * `allowOutside` is false
 */
export function resolveInside(
  root: string,
  dir: string,
  ref: string,
  at: SourceLocation | undefined,
  allowOutside: boolean,
): string {
  const path = resolve(dir, stripFileScheme(ref))
  // Judged before it is looked for: what lies outside is not even told to exist.
  if (!allowOutside && !isInside(root, path)) throw outside(root, ref, at)
  if (!existsSync(path)) throw fail('suite', `file not found: ${ref}`, at, nearby(path, dir))
  if (!allowOutside && !isInside(realpathSync(root), realpathSync(path))) throw outside(root, ref, at)
  return path
}

/** True when `path` is `root` or lies below it; both absolute, symlinks not looked at. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function outside(root: string, ref: string, at: SourceLocation | undefined): Error {
  return fail(
    'suite',
    `${ref} lies outside the project (${root})`,
    at,
    'move it into the project, or allow it with --allow-outside',
  )
}

/** What to try instead of `path`, which is not there; paths are shown from `dir`. */
export function nearby(path: string, dir: string): string {
  let folder = dirname(path)
  let missing = basename(path)
  // The first folder that is not there is the mistake; the rest of the path cannot be judged.
  while (!existsSync(folder)) {
    missing = basename(folder)
    folder = dirname(folder)
  }
  const shown = relative(dir, folder) || 'the same folder'
  const siblings = safeList(folder)
  const meant = suggest(missing, siblings)
  if (meant !== undefined) return `did you mean \`${relative(dir, join(folder, meant))}\`?`
  return `there is no \`${missing}\` in ${shown}; paths count from ${dir}`
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
