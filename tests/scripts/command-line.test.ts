import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HarnessError } from '../../harness/model/errors.ts'
import { loadEnvFiles } from '../../scripts/env-file.ts'
import { worstExitCode } from '../../scripts/exit-code.ts'
import type { Io } from '../../scripts/io.ts'
import { relativePaths } from '../../scripts/relative-paths.ts'
import { parseReporters } from '../../scripts/reporters.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-scripts-'))
afterAll(() => rmSync(dir, { recursive: true }))

function ioOf(env: Record<string, string | undefined>): Io {
  return { out() {}, err() {}, env, cwd: dir, live: false, terminal: { columns: 80, color: false } }
}

describe('the exit code of several runs', () => {
  it.each([
    [[], 0],
    [[0, 4], 4],
    [[4, 1], 1],
    [[1, 3, 0], 3],
    [[3, 2], 2],
    [[2, 130, 1], 130],
  ])('of %j is %i', (codes, expected) => expect(worstExitCode(codes)).toBe(expected))
})

describe('env files', () => {
  it('fill what the environment lacks, a later file before an earlier one, .env first of all', () => {
    writeFileSync(join(dir, '.env'), 'A=dotenv\nB=dotenv\nC=dotenv\n')
    writeFileSync(join(dir, 'one.env'), 'B=one\nC=one\n')
    writeFileSync(join(dir, 'two.env'), 'C=two\n')
    const env: Record<string, string | undefined> = { A: 'environment' }
    loadEnvFiles(ioOf(env), ['one.env', 'two.env'])
    expect(env).toEqual({ A: 'environment', B: 'one', C: 'two' })
  })

  it('are not looked for in a folder that is called .env', () => {
    const cwd = mkdtempSync(join(dir, 'python-'))
    mkdirSync(join(cwd, '.env'))
    expect(() => loadEnvFiles({ ...ioOf({}), cwd }, [])).not.toThrow()
  })

  it('are refused when one that was named is not there', () => {
    expect(() => loadEnvFiles(ioOf({}), ['missing.env'])).toThrow(HarnessError)
  })
})

describe('--reporter', () => {
  it('takes a name, and a file after the first equals sign', () => {
    expect(parseReporters(['default', 'junit=a=b.xml'], dir)).toEqual([
      { name: 'default' },
      { name: 'junit', file: join(dir, 'a=b.xml') },
    ])
  })

  it('refuses a file that cannot be written before anything is run', () => {
    expect(() => parseReporters(['junit=gone/a.xml'], dir)).toThrow(/there is no such folder/)
    expect(() => parseReporters([`junit=${dir}`], dir)).toThrow(/it is a folder/)
  })

  it.each(['junti', 'constructor', ''])('refuses %j with the names there are', (name) => {
    expect(() => parseReporters([name], '/work')).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('markdown') as string }),
    )
  })
})

describe('paths in messages', () => {
  it('are shortened below the working directory only', () => {
    expect(relativePaths('/work/a.yaml:1 and /workshop/b.yaml', '/work')).toBe(
      'a.yaml:1 and /workshop/b.yaml',
    )
    expect(relativePaths('/home/work/a.yaml, (/work/b.yaml)', '/work')).toBe('/home/work/a.yaml, (b.yaml)')
  })

  it('stand as they are where the root is the working directory', () => {
    expect(relativePaths('/srv/a.yaml: 1/2, see https://example.org/', '/')).toBe(
      '/srv/a.yaml: 1/2, see https://example.org/',
    )
  })
})
