import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isInside, projectRoot, resolveInside } from '../../../../harness/suite/config/paths.ts'
import { mistakeOf, project } from './mistake.ts'

const files = { 'suites/a/suite.yaml': '', 'suites/a/prompts/few-shot.txt': '', 'providers/echo.ts': '' }

describe('the project root', () => {
  it('is the nearest folder with a package.json or .git', () => {
    const root = project(files)
    expect(projectRoot(join(root, 'suites/a'))).toBe(root)
    mkdirSync(join(root, 'suites/.git'))
    expect(projectRoot(join(root, 'suites/a/prompts'))).toBe(join(root, 'suites'))
    expect(projectRoot(root)).toBe(root)
  })

  it('is the folder itself where nothing marks a project', () => {
    const dir = realpathSync(mkdtempSync(join(tmpdir(), 'assay-bare-')))
    expect(projectRoot(dir)).toBe(dir)
  })
})

describe('a path in a suite', () => {
  const root = project(files)
  const dir = join(root, 'suites/a')
  const at = { file: join(dir, 'suite.yaml'), line: 3, column: 5 }

  it('may point anywhere inside the project, with file:// or without', () => {
    const echo = join(root, 'providers/echo.ts')
    expect(resolveInside(root, dir, 'file://../../providers/echo.ts', at, false)).toBe(echo)
    expect(resolveInside(root, dir, '../../providers/echo.ts', at, false)).toBe(echo)
    expect(resolveInside(root, dir, echo, at, false)).toBe(echo)
    expect(resolveInside(root, dir, 'prompts', at, false)).toBe(join(dir, 'prompts'))
  })

  it.each(['file://../../../outside.ts', '/etc/passwd', 'file:///etc/passwd'])(
    'may not leave it: %s',
    async (ref) => {
      const error = await mistakeOf(() => resolveInside(root, dir, ref, at, false))
      expect(error.message).toBe(`${ref} lies outside the project (${root})`)
      expect(error.hint).toMatch(/--allow-outside/)
      expect(error.at).toEqual(at)
    },
  )

  it('may not leave it through a symlink', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'assay-outside-'))
    writeFileSync(join(outside, 'secret.txt'), 'x')
    symlinkSync(outside, join(dir, 'link'))
    const error = await mistakeOf(() => resolveInside(root, dir, 'link/secret.txt', at, false))
    expect(error.message).toMatch(/outside the project/)
    expect(resolveInside(root, dir, 'link/secret.txt', at, true)).toBe(join(dir, 'link/secret.txt'))
  })

  it('may leave it when that is allowed', () => {
    expect(resolveInside(root, dir, '/etc/passwd', at, true)).toBe('/etc/passwd')
  })

  it('may lie in a project that is itself reached by a symlink', () => {
    const link = join(mkdtempSync(join(tmpdir(), 'assay-link-')), 'project')
    symlinkSync(root, link)
    expect(resolveInside(link, join(link, 'suites/a'), 'suite.yaml', at, false)).toBe(
      join(link, 'suites/a/suite.yaml'),
    )
  })

  it.each([
    ['prompts/few_shot.txt', /did you mean `prompts\/few-shot.txt`/],
    ['file://promts/few-shot.txt', /did you mean `prompts`/],
    ['../../provider/echo.ts', /did you mean `..\/..\/providers`/],
    ['nothing-like-it.csv', /there is no `nothing-like-it.csv` in the same folder; paths count from/],
  ])('must exist: %s', async (ref, hint) => {
    const error = await mistakeOf(() => resolveInside(root, dir, ref, at, false))
    expect(error.message).toBe(`file not found: ${ref}`)
    expect(error.hint).toMatch(hint)
    expect(error.at).toEqual(at)
  })
})

describe('isInside', () => {
  it('is not fooled by names that start alike or with dots', () => {
    expect(isInside('/a/b', '/a/bc')).toBe(false)
    expect(isInside('/a/b', '/a/b/..c')).toBe(true)
    expect(isInside('/a/b', '/a/b')).toBe(true)
    expect(isInside('/a/b', '/a')).toBe(false)
  })
})
