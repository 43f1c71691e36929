import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'
import { Project, REPO, start } from './cli.ts'

const CASES = 12

/** The fourth call and those after it are answered only once the file `go` is there. */
const PROVIDER = `import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const near = (name: string): URL => new URL(name, import.meta.url)
export default class Waiting {
  id(): string { return 'waiting' }
  async callApi(prompt: string): Promise<object> {
    appendFileSync(near('calls.log'), prompt + '\\n')
    const nth = readFileSync(near('calls.log'), 'utf8').split('\\n').length - 1
    while (nth > 3 && !existsSync(near('go'))) await new Promise((resolve) => setTimeout(resolve, 10))
    return { output: prompt.toUpperCase(), cost: 0.5 }
  }
}
`

const SUITE = (value = 'SAY'): string => `prompts: ['Say {{n}}']
providers: [{id: file://provider.ts, label: p}]
tests: file://cases.csv
defaultTest: { assert: [{ type: contains, value: ${value} }] }
assay: { cache: false }
`

function projectOf(): Project {
  const rows = Array.from({ length: CASES }, (_, n) => `word-${n}\n`)
  return new Project({ 'suite.yaml': SUITE(), 'provider.ts': PROVIDER, 'cases.csv': `n\n${rows.join('')}` })
}

/** Resolves once three replies are on record, and two calls in flight. */
async function underWay(project: Project): Promise<void> {
  const isThere = (): boolean => {
    const [journal] = globSync('runs/*/*/trials.jsonl', { cwd: project.dir })
    const replies = journal === undefined ? [] : (project.read(journal).match(/"kind":"call".*\n/g) ?? [])
    return replies.length === 3 && project.calls.length === 5
  }
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** A run that was killed after three replies, with two calls in flight. */
async function killed(project: Project, ...args: string[]): Promise<void> {
  const { child, ended } = project.start(['run', 'suite.yaml', '--concurrency', '2', ...args])
  await underWay(project)
  child.kill('SIGKILL')
  await ended
  project.write('go', '')
}

async function resumed(project: Project, ...args: string[]) {
  const { stdout, stderr } = await project.assay(['resume', 'last', '--json', ...args])
  if (stdout === '') throw new Error(stderr)
  return { summary: JSON.parse(stdout) as Summary, stderr }
}

describe('assay resume', () => {
  it('finishes a run that was killed, in its own folder, and calls again only what was in flight', async () => {
    const project = projectOf()
    await killed(project)
    const report = await project.assay(['report', 'last'])
    expect(report.code).toBe(0)
    expect(report.stdout).toMatch(
      /INCOMPLETE: (?:no cell was finished|the figures are of [123] of 12 cells)\./,
    )
    expect(report.stdout).toContain('The run ended before it was analyzed.')
    expect(report.stdout).toContain('3 calls · $1.50 spent')
    expect(report.stdout).toMatch(/Finish the run: assay resume runs/)

    const { summary, stderr } = await resumed(project)
    expect(summary).toMatchObject({
      exitCode: 0,
      cells: { planned: CASES, finished: CASES, passed: CASES, absent: 0 },
      calls: { made: CASES },
      spentUsd: CASES / 2,
    })
    expect(stderr).toMatch(/\d of 12 cells stand/)
    expect(project.calls).toHaveLength(CASES + 2)
    expect(project.runs).toHaveLength(1)
    expect(project.manifest()).toMatchObject({
      resumed: [{ command: ['assay', 'resume', 'last', '--json'] }],
    })
    const ids = project.trials().map(({ cell }) => cell.id)
    expect(new Set(ids).size).toBe(CASES)
  })

  it('says of a run that is complete that it is, and prints its report with its exit code', async () => {
    const project = projectOf()
    project.write('go', '')
    project.write('suite.yaml', SUITE('word-3').replace('contains', 'icontains'))
    const whole = await project.assay(['run', 'suite.yaml'])
    expect(whole.code).toBe(1)
    const again = await project.assay(['resume', 'last'])
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('the run is complete: nothing is called')
    expect(again.stdout).toContain('1 of 12')
    expect(project.calls).toHaveLength(CASES)
    // Killed while its verdict was made: what belongs to that may have to be called.
    for (const name of globSync('runs/*/*/verdict.json', { cwd: project.dir })) rmSync(project.path(name))
    const unjudged = await project.assay(['resume', 'last'])
    expect(unjudged.stderr).toContain('all its cells are on record: what was left of its verdict is done')
    expect(unjudged.code).toBe(1)
  })

  it('runs what was asked for then: the same part of the suite, as often', async () => {
    const project = projectOf()
    await killed(project, '--filter', 'word-[0-3]$', '--repeat', '2')
    const { summary } = await resumed(project)
    expect(summary.cells).toMatchObject({ planned: 8, finished: 8 })
    expect(project.calls).toHaveLength(8 + 2)
    expect(project.calls.every((prompt) => /word-[0-3]$/.test(prompt))).toBe(true)
  })

  it('works from another folder, and records what it would have in its own', async () => {
    const project = projectOf()
    await killed(project)
    project.write('below/keep.txt', '')
    const [run = ''] = project.runs
    const below = start(
      process.execPath,
      [join(REPO, 'bin/assay.mjs'), 'resume', project.path(run), '--json'],
      {
        cwd: project.path('below'),
      },
    )
    const { stdout } = await below.ended
    expect(JSON.parse(stdout) as Summary).toMatchObject({ cells: { finished: CASES } })
    expect(project.manifest().suite.file).toBe('suite.yaml')
    expect(new Set(project.trials().map(({ cell }) => cell.source.file))).toEqual(new Set(['cases.csv']))
  })

  it('is refused while the run is being written; a report of it says so', async () => {
    const project = projectOf()
    const { child, ended } = project.start(['run', 'suite.yaml', '--concurrency', '2'])
    await underWay(project)
    const refused = await project.assay(['resume', 'last'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain(`is being written by process ${child.pid} on`)
    expect(refused.stderr).toContain('hint: Wait for it to end')
    const report = await project.assay(['report', 'last', '--reporter', 'default', '--reporter', 'html'])
    expect(report.stderr).toContain('this is what it holds so far')
    expect(report.code).toBe(0)
    const page = project.read(`${project.runs[0]}/report.html`)
    for (const shown of [report.stdout, page]) {
      expect(shown).toMatch(/The run is still going on\. \d+ of 12 planned cells did not finish\./)
      expect(shown).not.toContain('assay resume')
    }
    expect((await project.assay(['gate', 'last'])).stderr).toContain('hint: Wait for the run to end.')

    project.write('go', '')
    expect((await ended).code).toBe(0)
    expect(project.calls).toHaveLength(CASES)
  })

  it('is refused where there is no such run', async () => {
    const project = projectOf()
    const none = await project.assay(['resume', 'last'])
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('there is no run')
    expect((await project.assay(['resume', 'runs/nothing'])).stderr).toContain('is not the folder of a run')
  })

  it('is refused for a run that called no model, and for one whose suite is gone', async () => {
    const project = projectOf()
    project.write('go', '')
    await project.assay(['run', 'suite.yaml'])
    const [run = ''] = project.runs
    await project.assay(['verify', run, '--out', 'checked'])
    const verified = await project.assay(['resume', 'checked'])
    expect(verified).toMatchObject({ code: 2, stdout: '' })
    expect(verified.stderr).toContain('it called no model')
    expect(verified.stderr).toContain('hint: There is nothing to resume')

    rmSync(project.path('suite.yaml'))
    const gone = await project.assay(['resume', run])
    expect(gone).toMatchObject({ code: 2, stdout: '' })
    expect(gone.stderr).toContain('the suite of this run, suite.yaml, is not there')
    expect(project.calls).toHaveLength(CASES)
  })
})
