import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Ended, type Files, Project, REPO, type Running, start } from '../e2e/cli.ts'
import { readCommands } from '../reports/read-commands.ts'

const CASES = 24
const SLOW_CASES = 60

/** The simulated model: no key, and a price for each call. */
const SUITE = `prompts: ["Label the mail.\\n<email>\\nMail {{n}}: the sofa is lovely\\n</email>\\nSentiment:"]
providers:
  - {id: file://${REPO}/providers/simulated/index.ts, label: flash, config: {profile: flash, seed: 1}}
tests:
${Array.from({ length: CASES }, (_, n) => `  - {vars: {n: ${n}}, metadata: {id: c${n}}}\n`).join('')}
defaultTest:
  assert: [{type: regex, value: .}]
assay:
  cache: false
`

const SLOW = `import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
export default class Slow {
  id() { return 'slow' }
  async callApi(prompt) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    await setTimeout(20)
    return { output: prompt }
  }
}
`

const SLOW_SUITE = `prompts: ['Say {{n}}']
providers: [file://slow.mjs]
tests:
${Array.from({ length: SLOW_CASES }, (_, n) => `  - {vars: {n: ${n}}, assert: [{type: contains, value: Say}]}\n`).join('')}
assay: {cache: false, limits: {'*': {concurrency: 1}}}
`

const { runs } = parse(readFileSync(join(REPO, 'action.yml'), 'utf8')) as {
  readonly runs: { readonly steps: readonly { readonly id?: string; readonly run?: string }[] }
}
const RUN_STEP = runs.steps.find(({ id }) => id === 'run')?.run ?? ''

interface Outputs {
  readonly 'exit-code': string
  readonly comments: string
  readonly decision?: string
}

/** A job of a workflow: every attempt has a fresh checkout, and the artifacts of those before it. */
class Job extends Project {
  #attempt = 0

  constructor(files: Files) {
    super({ 'suite.yaml': SUITE, 'earlier/.keep': '', ...files })
  }

  /** Starts the step as the runner does: a shell of its own, with the text of `action.yml` in a file. */
  begin(env: Readonly<Record<string, string>> = {}, action = REPO): Running {
    this.#attempt++
    this.write('job/step.sh', RUN_STEP)
    rmSync(this.path('runs'), { recursive: true, force: true })
    this.write('job/output', '')
    this.write('job/summary', '')
    const { PATH = '' } = process.env
    return start('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', this.path('job/step.sh')], {
      cwd: this.dir,
      env: {
        PATH: `${join(REPO, 'node_modules/.bin')}:${PATH}`,
        GITHUB_ACTION_PATH: action,
        GITHUB_OUTPUT: this.path('job/output'),
        GITHUB_STEP_SUMMARY: this.path('job/summary'),
        GITHUB_WORKSPACE: this.dir,
        ASSAY_SUITES: 'suite.yaml',
        ASSAY_ARGS: '--allow-outside',
        ASSAY_EARLIER: this.path('earlier'),
        ...env,
      },
    })
  }

  async attempt(env?: Readonly<Record<string, string>>, action?: string): Promise<Ended> {
    const ended = await this.begin(env, action).ended
    this.upload()
    return ended
  }

  /** What `actions/upload-artifact` and its counterpart do with the folder of runs. */
  upload(): void {
    if (existsSync(this.path('runs')))
      cpSync(this.path('runs'), this.path(`earlier/assay-attempt-${this.#attempt}`), { recursive: true })
  }

  /** The last that was set of each. */
  get outputs(): Outputs {
    const set = this.read('job/output').matchAll(/^([\w-]+)<<(\w+)\n([^]*?)\n\2$/gm)
    return Object.fromEntries(
      [...set].map(([, name = '', , value = '']) => [name, value]),
    ) as unknown as Outputs
  }

  /** Calls to a model that were made, by cell. */
  callsByCell(): Map<string, number> {
    const made = new Map<string, number>()
    for (const line of this.runs.flatMap((run) => this.journal(run)))
      if (line.kind === 'call' && line.replayed !== true)
        made.set(line.cellId, (made.get(line.cellId) ?? 0) + 1)
    return made
  }
}

describe('the first attempt of a job', () => {
  it('runs the suites, and leaves verdict, comment and record to the steps after it', async () => {
    const job = new Job({})
    const { code, stdout } = await job.attempt()
    expect(code).toBe(0)
    const { comments, ...outputs } = job.outputs
    expect(outputs).toMatchObject({ decision: 'pass', 'exit-code': '0' })
    expect(readFileSync(comments, 'utf8')).toMatch(/^<!-- assay: /)
    expect(job.read('job/summary')).toMatch(/^## PASS/)
    expect(job.callsByCell().size).toBe(CASES)
    expect(readCommands(stdout).at(-1)).toMatchObject({ level: 'notice', file: 'suite.yaml' })
  })

  it('tells the runner to take nothing for a command that a model or a dataset says', async () => {
    const said = '::error file=x::forged'
    const suite = SUITE.replace('value: .', `value: never, metric: '${said}'`).replace(
      'vars: {n: 0}',
      `description: "${said}", vars: {n: 0}`,
    )
    const job = new Job({ 'suite.yaml': suite })
    const { stdout } = await job.attempt()
    const lines = stdout.split('\n')
    const [, token = ''] = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0] ?? '') ?? []
    const end = lines.indexOf(`::${token}::`)
    expect(end).toBeGreaterThan(1)
    expect(lines.slice(1, end).join('\n')).toContain(said)
    const after = readCommands(lines.slice(end + 1).join('\n'))
    expect(after[0]).toMatchObject({ level: 'error', file: 'suite.yaml' })
    expect(after.filter(({ file }) => file !== 'suite.yaml')).toStrictEqual([])
  })

  it('reads its inputs as words, never as shell text', async () => {
    const job = new Job({ 'a b/suite.yaml': SUITE })
    const pwned = job.path('pwned')
    const { stderr } = await job.attempt({
      ASSAY_SUITES: '  a b/*.yaml  \n\n',
      ASSAY_ARGS: `--allow-outside --tag $(touch\${IFS}${pwned}) --tag \`touch\${IFS}${pwned}\` --seed *`,
    })
    expect(existsSync(pwned)).toBe(false)
    expect(stderr).toContain("argument '*' is invalid")
    expect(job.outputs['exit-code']).toBe('2')
    await job.attempt({ ASSAY_SUITES: 'a b/*.yaml' })
    expect(job.outputs['exit-code']).toBe('0')
  })

  it.each([
    ['names no suite', '\n  \n'],
    ['names one that is not there', 'none.yaml'],
  ])('that %s exits with 2', async (_, suites) => {
    const job = new Job({})
    const { code } = await job.attempt({ ASSAY_SUITES: suites })
    expect({ code, ...job.outputs }).toMatchObject({ code: 0, 'exit-code': '2' })
  })
})

it('a project without assay is told what to install', async () => {
  const job = new Job({})
  cpSync(join(REPO, 'action'), job.path('elsewhere/action'), { recursive: true })
  const { code, stderr } = await job.attempt({}, job.path('elsewhere'))
  expect({ code, 'exit-code': job.outputs['exit-code'] }).toStrictEqual({ code: 0, 'exit-code': '2' })
  expect(stderr).toContain('npm install --save-dev assay')
})

describe('a second attempt', () => {
  it('goes on with what the first has left, and pays for nothing twice', async () => {
    const repeats = 8
    const job = new Job({ 'suite.yaml': `${SUITE}  repeat: ${repeats}\n` })
    // Room for what one call may cost, which is far more than it does.
    await job.attempt({ ASSAY_MAX_COST: '0.00045', ASSAY_ARGS: '--allow-outside --concurrency 1' })
    expect(job.outputs['exit-code']).toBe('3')
    const first = job.callsByCell()
    expect(first.size).toBeGreaterThan(0)
    expect(first.size).toBeLessThan(CASES * repeats)

    const { stdout } = await job.attempt({ ASSAY_MAX_COST: '1' })
    expect(job.outputs['exit-code']).toBe('0')
    expect(stdout).toContain('An earlier attempt has left runs/')
    expect(job.runs).toHaveLength(1)
    const calls = job.callsByCell()
    expect([...calls.values()]).toStrictEqual(Array.from({ length: CASES * repeats }, () => 1))
  })

  it('of a run that is complete calls nothing, and comes to the same verdict', async () => {
    const job = new Job({ 'suite.yaml': SUITE.replace('value: .', 'value: never') })
    await job.attempt()
    const first = job.outputs
    const { stderr } = await job.attempt()
    expect(stderr).toContain('the run is complete: nothing is called')
    expect(job.outputs).toMatchObject({ ...first, 'exit-code': '1' })
    expect(job.callsByCell().size).toBe(CASES)
  })

  it('calls cells once more that errored, and a suite that was never begun', async () => {
    const suite = SUITE.replace(/providers:\n.*\n/, 'providers: [file://flaky.mjs]\n')
    const flaky = `import { existsSync } from 'node:fs'
export default class Flaky {
  id() { return 'flaky' }
  async callApi(prompt) {
    const isDown = prompt.includes('Mail 3:') && !existsSync(new URL('up', import.meta.url))
    return isDown ? { error: 'HTTP 400: bad request' } : { output: 'fine' }
  }
}
`
    const job = new Job({ 'a.yaml': suite, 'b/suite.yaml': suite, 'flaky.mjs': flaky, 'b/flaky.mjs': flaky })
    await job.attempt({ ASSAY_SUITES: 'a.yaml' })
    job.write('up', '')
    job.write('b/up', '')
    const { stderr } = await job.attempt({ ASSAY_SUITES: 'a.yaml\nb/suite.yaml' })
    expect(stderr).not.toContain('error:')
    expect(job.outputs['exit-code']).toBe('0')
    const { comments } = job.outputs
    expect(comments).toMatch(/runs\/roll-up\/[^/\n]+\/comment\.md$/)
    expect(readFileSync(comments, 'utf8')).toMatch(
      /^<!-- assay: a.yaml \+ b%2Fsuite.yaml -->\n\n## ✓ PASS: all 2 suites/,
    )
    expect(job.read('job/summary').match(/^## .*suites$/gm)).toHaveLength(1)
    const runs = job.runs.map((run) => job.trials(run).filter(({ outcome }) => outcome === 'passed').length)
    expect(runs).toStrictEqual([CASES, CASES])
  })
})

it('a run that is killed, as where memory ends, is incomplete', async () => {
  const job = new Job({ 'suite.yaml': SLOW_SUITE, 'slow.mjs': SLOW })
  const running = job.begin()
  while (job.calls.length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
  const [, pid = ''] = /"pid":(\d+)/.exec(job.read(join(job.runs[0] ?? '', 'run.lock'))) ?? []
  process.kill(Number(pid), 'SIGKILL')
  await running.ended
  expect(job.outputs['exit-code']).toBe('3')
})

describe('a job that is cancelled', () => {
  it('hands the signal on, and waits for the record, which the next attempt finishes', async () => {
    const job = new Job({ 'suite.yaml': SLOW_SUITE, 'slow.mjs': SLOW })
    const running = job.begin()
    while (job.calls.length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
    job.upload()
    expect(job.outputs['exit-code']).toBe('130')
    await job.attempt()
    expect(job.outputs['exit-code']).toBe('0')
    expect(job.trials()).toHaveLength(SLOW_CASES)
    expect(job.calls).toHaveLength(SLOW_CASES)
  })

  it('begins no other suite, whichever attempt it is', async () => {
    const files = {
      'a/suite.yaml': SLOW_SUITE,
      'b/suite.yaml': SLOW_SUITE,
      'a/slow.mjs': SLOW,
      'b/slow.mjs': SLOW,
    }
    const job = new Job(files)
    const begun = (suite: string): boolean => existsSync(job.path(`${suite}/calls.log`))
    for (const suites of ['a/suite.yaml\nb/suite.yaml', 'a/suite.yaml\nb/suite.yaml']) {
      rmSync(job.path('a/calls.log'), { force: true })
      const running = job.begin({ ASSAY_SUITES: suites })
      while (!begun('a')) await new Promise((resolve) => setTimeout(resolve, 20))
      running.child.kill('SIGINT')
      await running.ended
      job.upload()
      expect(job.outputs['exit-code']).toBe('130')
      expect(begun('b')).toBe(false)
    }
  })

  it('is finished by the next attempt even when it was killed outright, on another machine', async () => {
    const job = new Job({ 'suite.yaml': SLOW_SUITE, 'slow.mjs': SLOW })
    const running = job.begin()
    while (job.calls.length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
    const [run = ''] = job.runs
    const lock = job.read(join(run, 'run.lock'))
    const [, pid = ''] = /"pid":(\d+)/.exec(lock) ?? []
    running.child.kill('SIGKILL')
    process.kill(Number(pid), 'SIGKILL')
    await running.ended
    job.write(join(run, 'run.lock'), lock.replace(/"host":"[^"]*"/, '"host":"runner-7"'))
    job.upload()
    await job.attempt()
    expect(job.outputs['exit-code']).toBe('0')
    expect(job.trials()).toHaveLength(SLOW_CASES)
  })
})
