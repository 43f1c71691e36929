import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Ended, type Files, Project, REPO, start } from '../e2e/cli.ts'
import { elements, parseXml } from '../reports/parse-xml.ts'

const EXAMPLES = join(REPO, 'docs/examples')

/** The installed command, without an installation. */
const NPX = `#!/bin/sh
shift
exec node ${join(REPO, 'bin/assay.mjs')} "$@"
`

const PROVIDER = `import { appendFileSync, existsSync } from 'node:fs'
export default class Logged {
  id() { return 'logged' }
  async callApi(prompt) {
    appendFileSync(new URL('../../calls.log', import.meta.url), prompt + '\\n')
    const isDown = prompt.endsWith('2') && existsSync(new URL('../../down', import.meta.url))
    return isDown ? { error: 'HTTP 400: bad request' } : { output: prompt, cost: 0.001 }
  }
}
`

const SUITE = `prompts: ['Say {{n}}']
providers: [file://provider.mjs]
tests:
  - {vars: {n: 1}, assert: [{type: contains, value: '1'}]}
  - {vars: {n: 2}, assert: [{type: contains, value: '2'}]}
  - {vars: {n: 3}, assert: [{type: contains, value: '3'}]}
`

function project(files: Files = {}): Project {
  const made = new Project({
    'bin/npx': NPX,
    'bin/npm': '#!/bin/sh\n',
    'suites/sentiment/suite.yaml': SUITE,
    'suites/sentiment/provider.mjs': PROVIDER,
    ...files,
  })
  for (const name of ['npx', 'npm']) chmodSync(made.path(`bin/${name}`), 0o755)
  return made
}

/** As the servers run what stands under `script` and `run`. */
function shell(at: Project, text: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { PATH = '' } = process.env
  const path = [at.path('bin'), join(REPO, 'node_modules/.bin'), PATH].join(delimiter)
  return start('bash', ['-e', '-o', 'pipefail', '-c', text], { cwd: at.dir, env: { PATH: path, ...env } })
    .ended
}

function example(name: string): string {
  return readFileSync(join(EXAMPLES, name), 'utf8')
}

describe('the example for GitLab', () => {
  const { evals } = parse(example('gitlab-ci.yml')) as {
    evals: {
      script: string[]
      allow_failure: { exit_codes: number[] }
      artifacts: { when: string; paths: string[]; reports: { junit: string } }
    }
  }

  it('leaves JUnit and the run where the job says that they are', async () => {
    const at = project()
    const { code, stderr } = await shell(at, evals.script.join('\n'))
    expect({ code, stderr: code === 0 ? '' : stderr }).toStrictEqual({ code: 0, stderr: '' })
    expect(elements(parseXml(at.read(evals.artifacts.reports.junit)), 'testcase')).toHaveLength(3 + 1)
    expect(at.runs[0]?.startsWith(evals.artifacts.paths[0] ?? '-')).toBe(true)
    expect(evals.artifacts.when).toBe('always')
    expect(evals.allow_failure.exit_codes).toStrictEqual([4])
  })

  it('resumes when the job is retried, though the folder was held on another machine', async () => {
    const at = project({ down: '' })
    expect((await shell(at, evals.script.join('\n'))).code).toBe(3)
    const lock = { claim: 'c', pid: 1, host: 'elsewhere', at: '2026-01-01T00:00:00Z' }
    at.write(join(at.runs[0] ?? '', 'run.lock'), `${JSON.stringify(lock)}\n`)
    const { code } = await shell(at, `rm down\n${evals.script.join('\n')}`)
    expect(code).toBe(0)
    expect(at.calls).toHaveLength(3 + 1)
  })
})

describe('the example for Jenkins', () => {
  const text = example('Jenkinsfile')

  it('runs the suites and leaves the files that it archives', async () => {
    const [, script = ''] = /script: '([^']+)'/.exec(text) ?? []
    const at = project()
    expect(await shell(at, script)).toMatchObject({ code: 0 })
    expect(parseXml(at.read('junit.xml')).name).toBe('testsuites')
    expect(text).toContain("junit testResults: 'junit.xml'")
    expect(text).toContain("archiveArtifacts artifacts: 'runs/**'")
    expect(at.runs).toHaveLength(1)
  })
})

describe('the example for GitHub', () => {
  const { jobs } = parse(example('github-workflow.yml')) as {
    jobs: Record<'fork' | 'evals', { steps: { id?: string; run?: string }[] }>
  }
  const baseline = jobs.evals.steps.find(({ id }) => id === 'baseline')?.run ?? ''

  function git(at: Project, ...args: readonly string[]): string {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']
    return execFileSync('git', [...identity, ...args], { cwd: at.dir, encoding: 'utf8' }).trim()
  }

  it('runs every step of a fork without a call, and replays what is recorded', async () => {
    const at = project()
    await at.assay(['run', 'suites/sentiment/suite.yaml', '--record'])
    expect(at.calls).toHaveLength(3)
    const steps = jobs.fork.steps.flatMap(({ run }) => run ?? [])
    const { code, stdout } = await shell(at, steps.join('\n'))
    expect(code).toBe(0)
    expect(stdout).toContain('3 cells = 3 cases')
    expect(stdout).toMatch(/3 passed .* 0 calls/)
    expect(at.calls).toHaveLength(3)
  })

  it.each([
    ['that it started from', true],
    ['of which there is none yet', false],
  ])('compares a branch with the baseline %s', async (_, isThere) => {
    const at = project({ 'job/output': '' })
    git(at, 'init')
    if (isThere) at.write('suites/sentiment/baseline.json', '{}')
    git(at, 'add', '-A')
    git(at, 'commit', '-qm', 'base')
    const commit = git(at, 'rev-parse', 'HEAD')
    git(at, 'update-ref', 'refs/remotes/origin/main', commit)
    at.write('suites/sentiment/baseline.json', '{"changed": "by the branch"}')
    git(at, 'add', '-A')
    git(at, 'commit', '-qm', 'branch')
    const env = {
      BASE_REF: 'main',
      BASELINE: 'suites/sentiment/baseline.json',
      GITHUB_OUTPUT: at.path('job/output'),
    }
    expect((await shell(at, baseline, env)).code).toBe(0)
    expect(at.read('job/output')).toBe(isThere ? `revision=${commit}:suites/sentiment/baseline.json\n` : '')
  })
})
