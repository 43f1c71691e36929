import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBaseline } from '../../../harness/baseline/open-baseline.ts'
import { acceptInto } from './accept-into.ts'
import { makeCell, makeCells, makeFolder, writeRun } from './make-run.ts'

const FLASH = { prompt: 'zero-shot', provider: 'flash' }

/** A repository with a project in a folder of it, and a suite in that. */
class Repository {
  readonly root = makeFolder()
  readonly cwd = join(this.root, 'app')
  readonly suiteDir = join(this.cwd, 'suites/mail')
  readonly warnings: string[] = []
  readonly env = {
    PATH: process.env['PATH'],
    HOME: this.root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  }

  constructor() {
    mkdirSync(this.suiteDir, { recursive: true })
    writeFileSync(join(this.suiteDir, 'suite.yaml'), '')
    writeFileSync(join(this.root, '.gitignore'), '.cache\nruns\n')
    this.git('init', '--quiet', '--initial-branch=main')
    this.commit()
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, env: this.env, encoding: 'utf8' }).trim()
  }

  commit(): string {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message', 'a step')
    return this.git('rev-parse', 'HEAD')
  }

  /** Accepts a run in which case `a` passes, or not, and commits that. */
  async accept(id: string, outcome: 'passed' | 'failed'): Promise<string> {
    const run = join(this.cwd, 'runs/mail', id)
    writeRun(run, [...makeCell('a', { outcome }), ...makeCells(['b'], 1).flat()], { id })
    await acceptInto(this.suiteDir, run)
    return this.commit()
  }

  open(ref?: string, { cwd = this.cwd, ...env }: Record<string, string> = {}) {
    return openBaseline(ref, {
      suite: { name: 'mail', file: join(this.suiteDir, 'suite.yaml'), dir: this.suiteDir },
      cwd,
      env: { ...this.env, ...env },
      cacheDir: join(this.root, '.cache'),
      onWarning: (said) => this.warnings.push(said),
    })
  }
}

/** On `main` case `a` passes; on the branch that is checked out it fails, which was accepted there. */
async function branched(): Promise<Repository> {
  const repository = new Repository()
  await repository.accept('on-main', 'passed')
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  repository.git('checkout', '--quiet', '-b', 'change')
  await repository.accept('on-branch', 'failed')
  return repository
}

describe('a baseline in git', () => {
  it.each([
    ['from the root of the repository', 'main:app/suites/mail/baseline.json'],
    ['from the working directory', 'main:./suites/mail/baseline.json'],
    ['from there without saying so', 'main:suites/mail/baseline.json'],
    ['by the folder of its suite', 'main:app/suites/mail'],
    ['by the commit before', 'change~1:app/suites/mail/baseline.json'],
  ])('is found %s, with its replies', async (_, ref) => {
    const repository = await branched()
    const opened = await repository.open(ref)
    expect(opened).toMatchObject({
      name: ref,
      kind: 'baseline',
      arm: { about: { name: ref, runId: 'on-main' } },
    })
    expect(opened?.arm.table.scores(FLASH, 'pass', 'a')).toEqual([1])
    expect(opened?.arm.table.output(FLASH, 'a')).toBe('said of a')
    expect(opened?.record?.manifest.id).toBe('on-main')
    expect(repository.git('status', '--porcelain')).toBe('')
  })

  it('is taken out of git once', async () => {
    const repository = await branched()
    await repository.open('main:suites/mail/baseline.json')
    const cached = readdirSync(join(repository.root, '.cache/baselines'))
    await repository.open('main:app/suites/mail')
    expect(readdirSync(join(repository.root, '.cache/baselines'))).toEqual(cached)
    await repository.open('change:app/suites/mail')
    expect(readdirSync(join(repository.root, '.cache/baselines'))).toHaveLength(2)
  })

  it('is read without its folder where that was not committed', async () => {
    const repository = await branched()
    rmSync(join(repository.suiteDir, 'baseline'), { recursive: true })
    repository.commit()
    expect((await repository.open('HEAD:app/suites/mail'))?.record).toBeUndefined()
  })

  it.each([
    [
      'a revision that git does not know',
      'no-branch:suites/mail/baseline.json',
      'git knows no revision `no-branch`',
    ],
    [
      'a file that a revision lacks',
      'main:suites/other/baseline.json',
      'no baseline `suites/other/baseline.json` in revision `main`',
    ],
    ['a folder without one', 'main:app', 'no baseline `app` in revision `main`'],
    ['an option in the place of a revision', '--output=x:baseline.json', 'names no revision'],
    ['nothing before the colon', ':baseline.json', 'names no revision'],
    ['a command', 'main;touch x:baseline.json', 'git knows no revision'],
  ])('is refused for %s', async (_, ref, message) => {
    const repository = await branched()
    await expect(repository.open(ref)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message) as string,
    })
    expect(existsSync(join(repository.cwd, 'x'))).toBe(false)
  })

  it('is asked for by its whole name when a branch alone is named', async () => {
    const repository = await branched()
    await expect(repository.open('main')).rejects.toMatchObject({
      hint: expect.stringContaining('`main:suites/mail/baseline.json`') as string,
    })
  })

  it('is told to be damaged by its name in git', async () => {
    const repository = await branched()
    writeFileSync(join(repository.suiteDir, 'baseline.json'), '{')
    repository.commit()
    await expect(repository.open('HEAD:app/suites/mail')).rejects.toMatchObject({
      at: { file: 'HEAD:app/suites/mail' },
    })
  })

  it('is nothing where there is no repository', async () => {
    const repository = await branched()
    rmSync(join(repository.root, '.git'), { recursive: true })
    await expect(repository.open('main:suites/mail')).rejects.toThrow('git knows no revision')
    expect((await repository.open(undefined, { CI: 'true' }))?.arm.about.runId).toBe('on-branch')
    expect(repository.warnings).toEqual([])
  })
})

describe('the baseline where none is named', () => {
  it('is the one that is checked out, outside CI', async () => {
    const repository = await branched()
    for (const env of [{}, { CI: '' }, { CI: 'false' }, { CI: '0' }])
      expect((await repository.open(undefined, env))?.arm.about.runId).toBe('on-branch')
  })

  it('is in CI the one that the branch began with, and says so', async () => {
    const repository = await branched()
    const opened = await repository.open(undefined, { CI: 'true' })
    const began = repository.git('rev-parse', 'main').slice(0, 8)
    expect(opened?.name).toBe(`suites/mail/baseline.json of ${began}, where this branch left origin/main`)
    expect(opened?.arm.table.scores(FLASH, 'pass', 'a')).toEqual([1])
    expect(opened?.record?.manifest.id).toBe('on-main')
  })

  it('is that of the base of the pull request, where there is one', async () => {
    const repository = await branched()
    repository.git('update-ref', 'refs/remotes/origin/release/1', 'change')
    await repository.accept('later', 'passed')
    const opened = await repository.open(undefined, { CI: '1', GITHUB_BASE_REF: 'release/1' })
    expect(opened?.arm.about.runId).toBe('on-branch')
    expect(opened?.name).toContain('where this branch left origin/release/1')
  })

  it('is the one that is checked out on the default branch, and where the branch brings the first', async () => {
    const repository = new Repository()
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    await repository.accept('first', 'passed')
    expect((await repository.open(undefined, { CI: '1' }))?.name).toBe('suites/mail/baseline.json')
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    expect((await repository.open(undefined, { CI: '1' }))?.name).toBe('suites/mail/baseline.json')
    expect(repository.warnings).toEqual([])
  })

  it('is the one that is checked out where the history is not there, with a warning', async () => {
    const repository = await branched()
    repository.git('update-ref', '-d', 'refs/remotes/origin/main')
    expect((await repository.open(undefined, { CI: '1' }))?.arm.about.runId).toBe('on-branch')
    expect(repository.warnings).toEqual([expect.stringContaining('fetch-depth: 0')])
  })
})
