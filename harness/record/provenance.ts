import { execFile } from 'node:child_process'
import os from 'node:os'
import { promisify } from 'node:util'
import { packageVersion } from '../model/package-version.ts'
import type { PriceOverlay } from '../model/price-overlay.ts'
import type { Manifest } from '../model/run.ts'
import { pricesVersion } from '../pricing/prices-version.ts'

/** By what, from which sources, and where a run was made. */
export type Provenance = Pick<Manifest, 'versions' | 'git' | 'machine'>

/**
 * Reads versions, the git state of a folder, and the machine. Never throws: what cannot be told is left out.
 * @param prices that go before those of the price table
 */
export async function readProvenance(dir: string, prices?: PriceOverlay): Promise<Provenance> {
  const [versions, git] = await Promise.all([readVersions(prices), readGit(dir)])
  return { versions, ...(git === undefined ? {} : { git }), machine: readMachine() }
}

/** Read from package.json: importing promptfoo takes over a second. */
async function readVersions(prices: PriceOverlay | undefined): Promise<Record<string, string>> {
  const versions: Record<string, string> = {
    node: process.versions.node,
    prices: await pricesVersion(prices),
  }
  for (const [name, specifier] of [
    ['assay', '..'],
    ['promptfoo', 'promptfoo'],
  ] as const) {
    const version = await packageVersion(specifier)
    if (version !== undefined) versions[name] = version
  }
  return versions
}

/** The commit, its branch, and whether files differ from it. Undefined without git, a repository, or a commit. */
export async function readGit(dir: string): Promise<Manifest['git']> {
  const lines = (await gitStatus(dir)).split('\n').filter((line) => line !== '')
  const header = (name: string): string | undefined => {
    const prefix = `# branch.${name} `
    return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length)
  }
  const commit = header('oid')
  if (commit === undefined || commit === '(initial)') return undefined
  const branch = header('head')
  return {
    commit,
    dirty: lines.some((line) => !line.startsWith('# ')),
    ...(branch === undefined || branch === '(detached)' ? {} : { branch }),
  }
}

async function gitStatus(dir: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['status', '--porcelain=v2', '--branch'], {
      cwd: dir,
      timeout: 10_000,
      maxBuffer: 64 * 1024 * 1024,
      // Without it `git status` writes to the repository's index.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    })
    return stdout
  } catch {
    return ''
  }
}

function readMachine(): Record<string, string | number> {
  return {
    platform: `${process.platform} ${process.arch}`,
    release: os.release(),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 1024 ** 2),
  }
}
