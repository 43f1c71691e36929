import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ended } from '../e2e/cli.ts'
import { Project, REPO, start } from '../e2e/cli.ts'

const CELLS = 3 * 2 * 3 * (3 + 2)

/** In a folder of its own, for its runs; three cases of each suite, whatever they come to. */
function rehearse(...args: string[]): Promise<Ended> {
  const { dir } = new Project()
  const script = join(REPO, 'scripts/rehearse.ts')
  const sampled = ['--sample', '3', '--fail-on', 'none', ...args]
  // Credentials are there: none of them is handed on.
  const env = { AWS_ACCESS_KEY_ID: 'AKIAREAL', AWS_PROFILE: 'none-such', GOOGLE_API_KEY: 'real' }
  return start(process.execPath, [script, ...sampled], { cwd: dir, env }).ended
}

describe('npm run rehearse', () => {
  it('runs both suites through the real clients, prints their tables, and counts what came of each call', async () => {
    const { code, stdout, stderr } = await rehearse()
    expect({ code, errors: stderr.match(/error: .*/g) }).toEqual({ code: 0, errors: null })
    expect(stdout).toContain('sentiment.bedrock  54 cells')
    expect(stdout).toContain('sentiment.gemini  36 cells')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `${CELLS} calls, ${CELLS} replies, 0 lost, 0 called twice`,
    )
  })

  it('loses nothing and calls nothing twice where requests meet faults', async () => {
    const { code, stdout, stderr } = await rehearse('--faults')
    expect({ code, errors: stderr.match(/error: .*/g) }).toEqual({ code: 0, errors: null })
    const [tally = '', faults = ''] = stdout.trimEnd().split('\n').slice(-2)
    const [, calls] = /^(\d+) calls, 90 replies, 0 lost, 0 called twice$/.exec(tally) ?? []
    expect(Number(calls)).toBeGreaterThan(CELLS)
    expect(faults).toMatch(/^faults: \d+ × /)
  })

  it('says no more than what was wrong where a suite is refused', async () => {
    const { code, stdout, stderr } = await rehearse('--provider', 'nobody')
    expect(code).not.toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain('error: ')
  })
})
