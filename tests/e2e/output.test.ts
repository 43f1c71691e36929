import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { summarySchema } from '../../harness/record/schema/summary.ts'
import { LOGGED_PROVIDER, Project, REPO, start, SUITE } from './cli.ts'

const NOISY_PROVIDER = `console.log('imported')
export default class Noisy {
  id(): string { return 'noisy' }
  async callApi(prompt: string): Promise<object> {
    console.log('asked', prompt)
    console.info({ a: 1 })
    process.stdout.write('no line end')
    return { output: 'SAY' }
  }
}
`

const FAILING = SUITE.replace('value: SAY', 'value: NOT SAID')

describe('stdout', () => {
  it('holds one line with --json, the summary, whatever providers and libraries print', async () => {
    const project = new Project({ 'provider.ts': NOISY_PROVIDER, '.env': 'SOME_VARIABLE=1\n' })
    const { code, stdout, stderr } = await project.assay(['run', 'suite.yaml', '--json'])
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(2)
    const summary = summarySchema.strict().parse(JSON.parse(stdout))
    expect(summary).toMatchObject({
      v: 1,
      run: { dir: project.path(project.runs[0] ?? '') },
      decision: 'pass',
      exitCode: 0,
      cells: { planned: 1, finished: 1, passed: 1, failed: 0, errored: 0, absent: 0 },
      calls: { made: 1, replayed: 0, retried: 0 },
    })
    expect(summary).not.toHaveProperty('incomplete')
    for (const noise of ['imported', 'asked Say yes', '{ a: 1 }', 'no line end'])
      expect(stderr).toContain(noise)
  })

  it('holds the same summary when a run is reported on again', async () => {
    const project = new Project()
    const run = await project.assay(['run', 'suite.yaml', '--json'])
    expect(await project.assay(['report', 'last', '--json'])).toEqual({
      code: 0,
      stdout: run.stdout,
      stderr: '',
    })
  })

  it('holds what the published schema lists, and no field more', () => {
    const published = JSON.parse(readFileSync(`${REPO}/schemas/summary.json`, 'utf8')) as {
      properties: object
    }
    expect(Object.keys(published.properties)).toEqual(Object.keys(summarySchema.shape))
  })

  it('holds the table by default, and stderr what goes on', async () => {
    const project = new Project({ 'suite.yaml': FAILING })
    const { code, stdout, stderr } = await project.assay(['run', 'suite.yaml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^project {2}1 cell · 1 case · 1 column\n/)
    expect(stdout).toContain('Expected output to contain "NOT SAID"')
    expect(stdout).not.toContain('→')
    expect(stderr).toMatch(/^project: 1 cells? = 1 cases? × 1 columns? → runs\/project\/\S+\n$/)
  })

  it('holds nothing when every report goes to a file', async () => {
    const project = new Project()
    const files = ['junit=out.xml', 'json=out.json', 'default=out.txt'].flatMap((file) => [
      '--reporter',
      file,
    ])
    const { code, stdout } = await project.assay(['run', 'suite.yaml', ...files])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(project.read('out.xml')).toContain('<testsuites')
    expect(JSON.parse(project.read('out.json'))).toMatchObject({ decision: 'pass' })
    expect(project.read('out.txt')).toContain('PASS')
  })

  it('may be closed early, as by head', async () => {
    const project = new Project()
    await project.assay(['run', 'suite.yaml'])
    const { child, ended } = project.start(['report', 'last'])
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('may be a pipe that nobody reads any more: the exit code is the one of the run', async () => {
    const { dir } = new Project()
    const line = '("$0" "$1" run suite.yaml; echo "code $?" >&2) | true'
    const args = ['-c', line, process.execPath, `${REPO}/bin/assay.mjs`]
    const { stderr } = await start('sh', args, { cwd: dir }).ended
    expect(stderr).toMatch(/code 0\n$/)
    expect(stderr).not.toContain('EPIPE')
  })
})

describe('stderr', () => {
  it('says every few seconds how far a run is, a plain line each, where nobody watches', async () => {
    const cases = [1, 2, 3, 4].map(
      (n) => `  - { vars: { word: ${n} }, assert: [{ type: contains, value: SAY }] }\n`,
    )
    const project = new Project({
      'provider.ts': LOGGED_PROVIDER.replace(
        'return {',
        'await new Promise((go) => setTimeout(go, 1600))\n    return {',
      ),
      'suite.yaml': SUITE.replace(/tests:.*/s, `tests:\n${cases.join('')}`),
    })
    const { code, stderr } = await project.assay(['run', 'suite.yaml', '--concurrency', '1'], {
      env: { CI: '1' },
    })
    expect(code).toBe(0)
    expect(stderr).toMatch(/\nproject {2}[1-3]\/4 \(\d+ %\) · 0\.\d cells\/s · \d+ s left\n/)
    expect(stderr).not.toContain('\r')
  })
})

describe('several suites in one run', () => {
  const suites = { 'good.yaml': SUITE, 'bad.yaml': FAILING }

  it('run in turn and print a list of summaries; the exit code is the worst', async () => {
    const project = new Project(suites)
    const { code, stdout } = await project.assay(['run', 'good.yaml', 'bad.yaml', '--json'])
    expect(code).toBe(1)
    expect(stdout.split('\n')).toHaveLength(2)
    const summaries = summarySchema.strict().array().parse(JSON.parse(stdout))
    expect(summaries.map(({ decision, exitCode }) => [decision, exitCode])).toEqual([
      ['pass', 0],
      ['block', 1],
    ])
    expect(project.runs.map((run) => run.split('/')[1])).toEqual(['bad', 'good'])
  })

  it('lose nothing to one that breaks down on its way: the others are run, and their summaries printed', async () => {
    const project = new Project({
      ...suites,
      'broken.yaml': `${SUITE}extensions: ['file://hook.ts:beforeEach']\n`,
      'hook.ts': "export function beforeEach(): never { throw new Error('hook broke') }\n",
    })
    const files = ['good.yaml', 'broken.yaml', 'bad.yaml']
    const { code, stdout, stderr } = await project.assay(['run', ...files, '--json'])
    expect(code).toBe(2)
    expect(stderr).toContain('hook broke')
    const summaries = summarySchema.strict().array().parse(JSON.parse(stdout))
    expect(summaries.map(({ decision }) => decision)).toEqual(['pass', 'block'])
  })
})

describe('colour', () => {
  const ESCAPE = '\u001B['
  const BOLD = `${ESCAPE}1m`
  // A terminal for the process: script(1) of util-linux.
  const onTerminal = async (env: Record<string, string>): Promise<string> => {
    const project = new Project({ 'suite.yaml': FAILING })
    const command = `${process.execPath} ${REPO}/bin/assay.mjs run suite.yaml`
    const script = start('script', ['-qec', command, '/dev/null'], {
      cwd: project.dir,
      env: { TERM: 'xterm', ...env },
    })
    const { code, stdout } = await script.ended
    expect(code).toBe(1)
    return stdout
  }

  it('is in no output that is piped', async () => {
    const { stdout, stderr } = await new Project({ 'suite.yaml': FAILING }).assay(['run', 'suite.yaml'])
    expect(stdout + stderr).not.toContain(ESCAPE)
  })

  it('can be asked for with FORCE_COLOR', async () => {
    const project = new Project({ 'suite.yaml': FAILING })
    const { stdout } = await project.assay(['run', 'suite.yaml'], { env: { FORCE_COLOR: '1' } })
    expect(stdout).toContain(ESCAPE)
    const plain = stripVTControlCharacters(stdout)
    expect(plain).toContain('0 passed (0.0%) · 1 failed')
  })

  describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
    it('is used', async () => {
      expect(await onTerminal({})).toContain(BOLD)
    })

    it('is left out with NO_COLOR', async () => {
      expect(await onTerminal({ NO_COLOR: '1' })).not.toContain(BOLD)
    })

    it('and a line that is redrawn are left out in CI', async () => {
      expect(await onTerminal({ CI: '1' })).not.toContain('\u001B')
    })
  })
})
