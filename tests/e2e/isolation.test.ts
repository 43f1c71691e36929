import { existsSync, globSync, mkdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Ended, Project } from './cli.ts'

const TRAP = new URL('trap.mjs', import.meta.url).pathname

/** Checks of every kind that needs no network, with a grader of the suite's own. */
const SUITE = `prompts: ['Say {{word}}']
providers: [file://provider.ts, echo]
defaultTest:
  options: { provider: file://grader.ts }
  assert:
    - { type: icontains, value: say }
    - { type: javascript, value: output.length > 3 }
    - { type: javascript, value: file://check.ts }
    - { type: regex, value: ^(S|s)+ }
    - { type: levenshtein, value: say yes, threshold: 20 }
    - { type: rouge-n, value: say yes, threshold: 0 }
    - { type: not-is-json }
    - { type: not-is-refusal }
    - { type: latency, threshold: 60000 }
    - { type: llm-rubric, value: says something }
tests:
  - vars: { word: yes }
  - vars: { word: no }
`

const FILES = {
  'suite.yaml': SUITE,
  'check.ts': 'export default (output: string): boolean => output.length < 100\n',
  'grader.ts': `export default class Grader {
  id(): string { return 'grader' }
  async callApi(): Promise<object> { return { output: '{"pass": true, "score": 1, "reason": "it does"}' } }
}
`,
}

describe('a process of assay', () => {
  let project: Project
  const folders = ['../empty-home', '../empty-tmp', '../cache']
  beforeEach(() => {
    project = new Project(FILES)
    for (const folder of folders) mkdirSync(project.path(folder))
  })

  /** Runs with an empty home and a trap for the network; tells what went into the trap. */
  async function trapped(
    args: readonly string[],
    nodeArgs: readonly string[] = [],
  ): Promise<Ended & { log: string[] }> {
    const [HOME = '', TMPDIR = '', ASSAY_CACHE_DIR = ''] = folders.map((folder) => project.path(folder))
    const env = {
      HOME,
      TMPDIR,
      ASSAY_CACHE_DIR,
      TRAP_LOG: project.path('../trap.log'),
      NODE_OPTIONS: `--import=${TRAP}`,
    }
    const ended = await project.assay(args, { env, nodeArgs })
    const log = existsSync(env.TRAP_LOG) ? project.read('../trap.log').trimEnd().split('\n') : []
    return { ...ended, log }
  }

  const within = (folder: string): string[] =>
    globSync('**/*', { cwd: project.path(folder), exclude: ['runs/*/*/*'] }).toSorted()

  it('makes no network call, and writes nothing but the run folder and its own cache', async () => {
    const ended = await trapped(['run', 'suite.yaml', '--json'])
    expect(JSON.parse(ended.stdout)).toMatchObject({ decision: 'pass', cells: { planned: 4, passed: 4 } })
    expect(ended.log).toEqual(['import: promptfoo'])
    expect(within('../empty-home')).toEqual([])
    expect(within('../empty-tmp')).toEqual([])
    expect(within('.')).toEqual(
      [
        ...Object.keys(FILES),
        'calls.log',
        'package.json',
        'provider.ts',
        'runs',
        'runs/project',
        'runs/project/history.json',
        'runs/project/index.html',
        ...project.runs,
      ].toSorted(),
    )
    expect(within('..').filter((name) => !/^(?:project|cache)\//.test(name))).toEqual([
      'cache',
      'empty-home',
      'empty-tmp',
      'project',
      'trap.log',
    ])
  })

  it('needs no permission to write anywhere else', async () => {
    const allowed = ['', '../cache', '../trap.log'].map((name) => `--allow-fs-write=${project.path(name)}`)
    const permissions = [
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--allow-worker',
      '--allow-child-process',
    ]
    const ended = await trapped(['run', 'suite.yaml'], [...permissions, ...allowed])
    expect(ended).toMatchObject({ code: 0 })
  })

  it('is caught by the trap when a provider calls out', async () => {
    project.write(
      'provider.ts',
      `export default class Online {
  id(): string { return 'online' }
  async callApi(): Promise<object> { return { output: await (await fetch('http://127.0.0.1:9')).text() } }
}
`,
    )
    const ended = await trapped(['run', 'suite.yaml', '--provider', 'file://provider.ts'])
    expect(ended.log).toContain('network: fetch http://127.0.0.1:9')
    expect(ended.stdout).toContain('fetch: this process may not use the network')
  })

  it.each([
    [['--help']],
    [['validate', 'suite.yaml']],
    [['plan', 'suite.yaml']],
    [['report', 'last']],
    [['report', 'last', '--reporter', 'html', '--reporter', 'junit']],
  ])('does not import promptfoo for %j, nor call anything', async (args) => {
    if (args[0] === 'report') await project.assay(['run', 'suite.yaml', '--provider', 'echo'])
    const ended = await trapped(args)
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.log).toEqual([])
    expect(project.calls).toEqual([])
  })
})
