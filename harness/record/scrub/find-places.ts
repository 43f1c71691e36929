import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { HarnessError } from '../../model/errors.ts'
import { RUNS_DIR } from '../run-folder.ts'

/** Where records lie: files that belong together, and are noted together. */
export interface Place {
  /**
   * A run folder (also `baseline/`); the replies of a cassette; `baseline.json`; the local cache, which may be lost; a file that the
   * user named.
   */
  readonly kind: 'run' | 'cassette' | 'baseline' | 'cache' | 'file'
  /** Absolute. */
  readonly dir: string
  /** Absolute, sorted. */
  readonly files: readonly string[]
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', 'run.lock'])
/** Code of the user's, compiled: a secret in it stands in the source. */
const COMPILED = 'compile'

/**
 * What is to be looked at: runs, cassettes and baselines below the working directory, and the local cache; or what is named. In
 * a folder that is named records are looked for; a file that is named may be of any kind.
 * @throws HarnessError `usage` for a path that is not there
 */
export async function findPlaces(
  paths: readonly string[],
  { cwd, cacheDir }: { readonly cwd: string; readonly cacheDir: string },
): Promise<Place[]> {
  const found = new Places({ runs: path.join(cwd, RUNS_DIR), cacheDir: path.resolve(cacheDir) })
  if (paths.length === 0) {
    await found.walk(cwd)
    await found.cache()
  }
  for (const named of paths) {
    const file = path.resolve(cwd, named)
    const stats = await stat(file).catch(() => undefined)
    if (stats === undefined)
      throw new HarnessError('usage', `there is nothing at ${file} to be scrubbed`, {
        hint: 'Name run folders, cassettes, baselines or files; without a name all that lie below the working directory are looked at.',
      })
    if (stats.isDirectory()) await found.walk(file)
    else await found.add(file, true)
  }
  return found.sorted()
}

interface Roots {
  /** Where every file is one of ours. */
  readonly runs: string
  readonly cacheDir: string
}

class Places {
  readonly #roots: Roots
  readonly #found = new Map<
    string,
    { readonly kind: Place['kind']; readonly dir: string; readonly files: Set<string> }
  >()
  readonly #runs = new Map<string, boolean>()

  constructor(roots: Roots) {
    this.#roots = roots
  }

  async walk(dir: string): Promise<void> {
    const { runs, cacheDir } = this.#roots
    if (dir === cacheDir) return
    const isOurs = dir === runs || dir.startsWith(runs + path.sep)
    for (const entry of await entriesOf(dir)) {
      if (SKIPPED.has(entry.name)) continue
      const file = path.join(dir, entry.name)
      if (entry.isFile()) await this.add(file, isOurs)
      // A hidden folder is another tool's. Runs may be kept on another disk; other links lead to what is found where it lies.
      else if (entry.isDirectory() ? !entry.name.startsWith('.') : file === runs) await this.walk(file)
    }
  }

  async cache(): Promise<void> {
    const { cacheDir } = this.#roots
    for (const entry of await entriesOf(cacheDir)) {
      if (entry.name === COMPILED || !entry.isDirectory()) continue
      for (const file of await filesBelow(path.join(cacheDir, entry.name))) this.#put('cache', cacheDir, file)
    }
  }

  /** @param isMeant true where a file is taken even if nothing is known of it */
  async add(file: string, isMeant: boolean): Promise<void> {
    const dir = path.dirname(file)
    const above = path.dirname(dir)
    if (await this.#isRun(dir)) this.#put('run', dir, file)
    // What is too much for a page lies in a folder beside it.
    else if (await this.#isRun(above)) this.#put('run', above, file)
    else if (/^baseline(?:\..+)?\.json$/.test(path.basename(file)) && (await isBaseline(file)))
      this.#put('baseline', dir, file, file)
    else if (dir.split(path.sep).includes('cassette') && file.endsWith('.jsonl'))
      this.#put('cassette', dir, file)
    else if (isMeant) this.#put('file', dir, file, file)
  }

  sorted(): Place[] {
    const places = [...this.#found.values()].map(({ kind, dir, files }) => ({
      kind,
      dir,
      files: [...files].sort(),
    }))
    return places.sort((a, b) => (String(a.files[0]) < String(b.files[0]) ? -1 : 1))
  }

  #put(kind: Place['kind'], dir: string, file: string, owner = dir): void {
    const known = this.#found.get(owner)
    if (known === undefined) this.#found.set(owner, { kind, dir, files: new Set([file]) })
    else known.files.add(file)
  }

  async #isRun(dir: string): Promise<boolean> {
    let isRun = this.#runs.get(dir)
    if (isRun === undefined) {
      isRun = await readFile(path.join(dir, 'manifest.json'), 'utf8').then(isManifest, () => false)
      this.#runs.set(dir, isRun)
    }
    return isRun
  }
}

async function entriesOf(dir: string): Promise<Dirent[]> {
  return readdir(dir, { withFileTypes: true }).catch(() => [])
}

async function filesBelow(dir: string): Promise<string[]> {
  const files: string[] = []
  for (const entry of await entriesOf(dir)) {
    const file = path.join(dir, entry.name)
    if (entry.isDirectory()) files.push(...(await filesBelow(file)))
    else if (entry.isFile()) files.push(file)
  }
  return files
}

/** Also one that this version cannot read as a whole. */
function isManifest(text: string): boolean {
  const members = parse(text)
  return typeof members?.['id'] === 'string' && 'suite' in members && 'columns' in members
}

async function isBaseline(file: string): Promise<boolean> {
  const members = parse(await readFile(file, 'utf8').catch(() => ''))
  return typeof members?.['hash'] === 'string' && Array.isArray(members['cases'])
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
