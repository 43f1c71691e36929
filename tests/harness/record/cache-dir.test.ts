import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { cacheDir } from '../../../harness/record/cache-dir.ts'

describe('the cache folder', () => {
  it.each([
    [{ ASSAY_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg' }, '/repo', '/own'],
    [{ XDG_CACHE_HOME: '/xdg' }, '/repo', '/repo/.cache'],
    [{ XDG_CACHE_HOME: '/xdg' }, null, '/xdg/assay'],
    [{ XDG_CACHE_HOME: 'relative' }, null, '/home/a/.cache/assay'],
    [{ ASSAY_CACHE_DIR: '', XDG_CACHE_HOME: '' }, null, '/home/a/.cache/assay'],
  ])('with %o and the checkout %s is %s', (env, checkout, expected) => {
    expect(cacheDir(env, '/home/a', checkout)).toBe(expected)
  })

  it('is in the checkout, when run from one', () => {
    expect(cacheDir({}, '/home/a')).toBe(path.resolve('.cache'))
  })
})

describe('the launcher', () => {
  let root = ''

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'assay-bin-'))
  })

  /** A package with the real launcher, whose command line says that it ran. */
  async function install(dir: string, entry: string): Promise<void> {
    await mkdir(path.join(root, dir, 'bin'), { recursive: true })
    await mkdir(path.join(root, dir, path.dirname(entry)), { recursive: true })
    await writeFile(path.join(root, dir, 'package.json'), '{"type":"module"}')
    await writeFile(path.join(root, dir, entry), `console.log(${JSON.stringify(entry)}, process.argv[2])`)
    await copyFile('bin/assay.mjs', path.join(root, dir, 'bin/assay.mjs'))
  }

  async function start(dir: string, env: Record<string, string> = {}): Promise<string> {
    const home = path.join(root, 'home')
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [path.join(root, dir, 'bin/assay.mjs'), '--help'],
      { env: { HOME: home, ...env } },
    )
    expect(stderr).toBe('')
    return stdout.trim()
  }

  it('runs the source in a checkout, and caches there', async () => {
    await install('repo', 'scripts/assay.ts')
    expect(await start('repo')).toBe('scripts/assay.ts --help')
    expect(await readdir(path.join(root, 'repo/.cache'))).toEqual(['compile'])
    expect(await readdir(root)).toEqual(['repo'])
  })

  it('runs the compiled code in a package, and caches by the same rule', async () => {
    const dir = 'node_modules/assay'
    await install(dir, 'dist/scripts/assay.js')
    expect(await start(dir)).toBe('dist/scripts/assay.js --help')
    expect(await readdir(path.join(root, 'home/.cache/assay'))).toEqual(['compile'])
    await start(dir, { XDG_CACHE_HOME: path.join(root, 'xdg') })
    expect(await readdir(path.join(root, 'xdg/assay'))).toEqual(['compile'])
    await start(dir, { ASSAY_CACHE_DIR: path.join(root, 'own') })
    expect(await readdir(path.join(root, 'own'))).toEqual(['compile'])
  })
})
