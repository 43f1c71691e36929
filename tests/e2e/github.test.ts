import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ReadCommand, readCommands } from '../reports/read-commands.ts'
import { type Files, Project, REPO, start } from './cli.ts'

const SUITE = `description: Capitals
prompts: ['Say {{word}}']
providers: [file://../provider.ts]
tests:
  - vars: { word: fine }
    assert: [{ type: contains, value: FINE }]

  - description: wrong, 100% of the time
    vars:
      word: inline
    assert:
      - { type: contains, value: outline }
  - file://../cases.csv
assay:
  gate:
    latency: { p95Ms: 90000 }
    floors:
      pass: 0.9
`

/** The second row takes two lines of the file. */
const CSV = `word,__expected
hello,contains: HELLO
"row of
two lines",contains: never
quoted,contains: never
`

const FILES: Files = { 'checks/suite.yaml': SUITE, 'cases.csv': CSV, 'job/output': '', 'job/summary': '' }

/** A checkout with the suite in a folder, run from there. */
async function runIn(project: Project, args: readonly string[] = []): ReturnType<Project['assay']> {
  const env = {
    GITHUB_WORKSPACE: project.dir,
    GITHUB_STEP_SUMMARY: project.path('job/summary'),
    GITHUB_OUTPUT: project.path('job/output'),
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'owner/name',
    GITHUB_RUN_ID: '77',
    ASSAY_ARTIFACT: 'assay-attempt-1',
  }
  return project.assay(['run', 'checks/suite.yaml', '--reporter', 'github', ...args], { env })
}

/** The text of the line that an annotation points at. */
function pointedAt(project: Project, { file, line }: ReadCommand): string | undefined {
  return project.read(file).split('\n')[line - 1]
}

function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\w+)\n([^]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [
      name,
      value,
    ]),
  )
}

describe('--reporter github', () => {
  it('points at the line of the case in the YAML, of the row in the CSV, and of the gate', async () => {
    const project = new Project(FILES)
    const { code, stdout } = await runIn(project)
    expect(code).toBe(1)
    const commands = readCommands(stdout)
    expect(commands).toHaveLength(stdout.trimEnd().split('\n').length)
    const lineOf = (title: RegExp): string | undefined => {
      const found = commands.filter((command) => title.test(command.title))
      expect(found).toHaveLength(1)
      return pointedAt(project, found[0]!)
    }
    expect(lineOf(/^wrong, 100% of the time: 1 of 1/)).toBe('  - description: wrong, 100% of the time')
    expect(lineOf(/floor: pass$/)).toBe('      pass: 0.9')
    expect(lineOf(/^BLOCK/)).toBe('description: Capitals')
    const rows = commands.filter(({ file }) => file === 'cases.csv')
    expect(rows.map((row) => pointedAt(project, row))).toStrictEqual(['"row of', 'quoted,contains: never'])
    expect(new Set(commands.map(({ level }) => level))).toStrictEqual(new Set(['error']))
  })

  it('points there from a folder below the root of the repository too', async () => {
    const project = new Project({ ...FILES, '.git/HEAD': 'ref: refs/heads/main\n' })
    const assay = [join(REPO, 'bin/assay.mjs'), 'run', 'suite.yaml', '--reporter', 'github']
    const { ended } = start(process.execPath, assay, { cwd: project.path('checks') })
    const commands = readCommands((await ended).stdout)
    const files = new Set(commands.map(({ file }) => file))
    expect(files).toStrictEqual(new Set(['checks/suite.yaml', 'cases.csv']))
  })

  it('adds to the summary of the step, sets its outputs, and keeps a comment in the run folder', async () => {
    const project = new Project({ ...FILES, 'job/summary': '## Before\n', 'job/output': 'before=1\n' })
    await runIn(project)
    const [run = ''] = project.runs
    const summary = project.read(join(run, 'summary.md'))
    expect(project.read('job/summary')).toBe(`## Before\n\n${summary}`)
    const comment = project.read(join(run, 'comment.md'))
    expect(comment.startsWith('<!-- assay: checks -->\n\n## BLOCK: checks\n')).toBe(true)
    expect(comment).toContain(
      `${run} in the artifact **assay-attempt-1** of [this workflow run](https://github.example/owner/name/actions/runs/77)`,
    )
    expect(project.read('job/output').startsWith('before=1\n')).toBe(true)
    expect(outputsIn(project.read('job/output'))).toStrictEqual({
      decision: 'block',
      'exit-code': '1',
      'run-dir': project.path(run),
      comment: project.path(join(run, 'comment.md')),
    })
  })

  it('tells the same of a recorded run, and needs no job around it', async () => {
    const project = new Project(FILES)
    const { stdout } = await runIn(project)
    const again = await project.assay(['report', 'last', '--reporter', 'github'], {
      env: { GITHUB_WORKSPACE: project.dir },
    })
    expect(again).toMatchObject({ code: 0, stdout })
  })

  it('goes to a file where one is named, so that what is printed besides cannot be taken for commands', async () => {
    const project = new Project(FILES)
    const reporters = ['--reporter', 'default', '--reporter', 'github=annotations']
    const { stdout } = await project.assay(['run', 'checks/suite.yaml', ...reporters])
    expect(readCommands(stdout)).toStrictEqual([])
    expect(readCommands(project.read('annotations'))).toHaveLength(5)
  })

  it('warns of a summary that cannot be written, and changes no exit code for it', async () => {
    const project = new Project({ ...FILES, 'checks/suite.yaml': SUITE.replace('pass: 0.9', 'pass: 0.1') })
    const { code, stderr } = await project.assay(['run', 'checks/suite.yaml', '--reporter', 'github'], {
      env: { GITHUB_STEP_SUMMARY: project.path('none/there'), GITHUB_OUTPUT: project.dir },
    })
    expect(code).toBe(0)
    expect(stderr).toMatch(/warning: cannot write .*none\/there: ENOENT/)
    expect(stderr).toMatch(/warning: cannot write .*EISDIR/)
  })

  it('tells of several suites at once: ten annotations of a kind, one comment, one summary', async () => {
    const project = new Project({ ...FILES, 'more/suite.yaml': SUITE })
    const { code, stdout } = await runIn(project, ['more/suite.yaml'])
    expect(code).toBe(1)
    const commands = readCommands(stdout)
    expect(commands.filter(({ title }) => title.startsWith('BLOCK')).map(({ file }) => file)).toStrictEqual([
      'checks/suite.yaml',
      'more/suite.yaml',
    ])
    expect(commands).toHaveLength(10)
    const { comment = '', ...outputs } = outputsIn(project.read('job/output'))
    expect(outputs).toMatchObject({ decision: 'block', 'exit-code': '1' })
    expect(comment).toMatch(/\/runs\/roll-up\/[^/]+\/comment\.md$/)
    const text = project.read(comment.slice(project.dir.length + 1))
    expect(text.split('\n')[0]).toBe('<!-- assay: checks%2Fsuite.yaml + more%2Fsuite.yaml -->')
    expect(
      project.runs.filter((run) => !run.startsWith('runs/roll-up')).map((run) => run.split('/')[1]),
    ).toEqual(['checks', 'more'])
    expect(project.read('job/summary').match(/^<!-- assay/gm)).toBeNull()
    expect(project.read('job/summary')).toContain('checks')
  })
})
