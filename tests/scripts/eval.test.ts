import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const REPO = resolve(import.meta.dirname, '../..')
const out = mkdtempSync(join(tmpdir(), 'assay-eval-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

function evaluate(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/eval.ts', ...args], { cwd: REPO, encoding: 'utf8' })
}

describe('npm run eval', () => {
  it(
    'runs the suite of a name, with the options of a run, and ends as the run does',
    { timeout: 60_000 },
    () => {
      const dir = join(out, 'run')
      const { status, stdout } = evaluate(
        'sentiment',
        '--sample',
        '2',
        '--repeat',
        '1',
        '--out',
        dir,
        '--json',
        '--baseline',
        'none',
      )
      expect(status).toBe((JSON.parse(stdout) as { exitCode: number }).exitCode)
      expect(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))).toMatchObject({
        suite: { name: 'sentiment' },
      })
    },
  )

  it.each([
    ['sentimant', 'hint: did you mean `sentiment`?'],
    ['sentiment.bedrok', 'hint: did you mean `sentiment.bedrock`?'],
    ['../sentiment', 'hint: '],
  ])('knows no suite %s, says so, and runs nothing', (name, hint) => {
    const { status, stderr, stdout } = evaluate(name)
    expect(status).toBe(2)
    expect(stderr).toContain(`error: there is no suite ${name} in suites/`)
    expect(stderr).toContain(hint)
    expect(stdout).toBe('')
  })

  it('lists the suites and their variants in its help', () => {
    const { status, stdout } = evaluate('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('sentiment.bedrock')
    expect(existsSync(join(REPO, 'suites/sentiment/suite.bedrock.yaml'))).toBe(true)
  })
})
