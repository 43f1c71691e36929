import { execFile } from 'node:child_process'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readGit, readProvenance } from '../../../harness/record/provenance.ts'

async function makeFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'assay-git-'))
}

async function git(dir: string, ...args: string[]): Promise<void> {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=trunk']
  await promisify(execFile)('git', [...identity, ...args], { cwd: dir })
}

async function makeRepository(): Promise<string> {
  const dir = await makeFolder()
  await git(dir, 'init')
  await writeFile(path.join(dir, 'suite.yaml'), 'a: 1')
  await git(dir, 'add', '.')
  await git(dir, 'commit', '-m', 'first')
  return dir
}

describe('provenance', () => {
  it('gives the versions that package.json files state', async () => {
    const stated = async (file: string) =>
      (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
    expect((await readProvenance('.')).versions).toEqual({
      node: process.versions.node,
      prices: `@pydantic/genai-prices ${await stated('node_modules/@pydantic/genai-prices/package.json')}`,
      assay: await stated('package.json'),
      promptfoo: await stated('node_modules/promptfoo/package.json'),
    })
  })

  it('tells an overlay of prices beside the table’s version, by name and digest', async () => {
    const overlay = { name: 'prices.yaml', digest: '0123456789ab', entries: [] }
    expect((await readProvenance('.', overlay)).versions['prices']).toMatch(
      /^@pydantic\/genai-prices [\d.]+, prices\.yaml 0123456789ab$/,
    )
  })

  it('describes the machine', async () => {
    const { machine } = await readProvenance('.')
    expect(machine['cores']).toBeGreaterThan(0)
    expect(machine['memoryMb']).toBeGreaterThan(0)
    expect(machine['cpu']).not.toBe('')
    expect(machine['platform']).toContain(process.platform)
  })
})

describe('the git state', () => {
  it('is the commit and its branch, clean or dirty', async () => {
    const dir = await makeRepository()
    const clean = await readGit(dir)
    expect(clean).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), dirty: false, branch: 'trunk' })
    await writeFile(path.join(dir, 'suite.yaml'), 'a: 2')
    expect(await readGit(dir)).toEqual({ ...clean, dirty: true })
  })

  it('has no branch where none is checked out', async () => {
    const dir = await makeRepository()
    await git(dir, 'checkout', '--detach')
    expect(await readGit(dir)).not.toHaveProperty('branch')
  })

  it('is read without writing to the repository', async () => {
    const dir = await makeRepository()
    // The same content at another time is what makes `git status` refresh its index.
    await writeFile(path.join(dir, 'suite.yaml'), 'a: 1')
    const before = (await stat(path.join(dir, '.git/index'))).mtimeMs
    await readGit(dir)
    expect((await stat(path.join(dir, '.git/index'))).mtimeMs).toBe(before)
  })

  it('is unknown without a repository, a commit, or a folder', async () => {
    const empty = await makeFolder()
    expect(await readGit(empty)).toBeUndefined()
    await git(empty, 'init')
    expect(await readGit(empty)).toBeUndefined()
    expect(await readGit(path.join(empty, 'missing'))).toBeUndefined()
  })
})
