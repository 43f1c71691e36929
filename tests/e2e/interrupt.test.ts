import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Project, type Running } from './cli.ts'

const CASES = 40

/** Answers after 200 ms; from the fifth prompt on it waits for `slow` first. */
const provider = (slow: string): string => `import { appendFileSync } from 'node:fs'
export default class Slow {
  id(): string { return 'slow' }
  async callApi(prompt: string, _context: object, { abortSignal }: { abortSignal: AbortSignal }): Promise<object> {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    if (Number(prompt) >= 4) await ${slow}
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { output: prompt }
  }
}
`

const HEEDING =
  "new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason)))"
const DEAF = 'new Promise(() => setInterval(() => {}, 1000))'

const SUITE = `prompts: ['{{n}}']
providers: [file://provider.ts]
tests: file://cases.csv
`

const CSV = `n,__expected\n${Array.from({ length: CASES }, (_, n) => `${n},equals:${n}\n`).join('')}`

function interrupted(slow: string, env: Record<string, string> = {}): { project: Project; running: Running } {
  const project = new Project({ 'suite.yaml': SUITE, 'provider.ts': provider(slow), 'cases.csv': CSV })
  return { project, running: project.start(['run', 'suite.yaml', '--concurrency', '2', '--json'], { env }) }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Lines of a kind in a journal that may not be there yet, and is being written. */
function recorded(project: Project, kind: 'call' | 'trial'): number {
  const journals = globSync('runs/*/*/trials.jsonl', { cwd: project.dir })
  return journals.flatMap((file) => project.read(file).match(new RegExp(`"kind":"${kind}".*\n`, 'g')) ?? [])
    .length
}

describe('Ctrl-C', () => {
  it('lets the calls in flight finish, records them, and leaves a run that can be reported on', async () => {
    const { project, running } = interrupted('undefined')
    await until(() => project.calls.length >= 5)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended

    expect(code).toBe(130)
    expect(stderr).toContain('stopping: calls in flight are finished and recorded within 30 s')
    expect(stderr).toMatch(/\nfinish the run: assay resume runs\/project\/\S+\n$/)
    const called = project.calls
    expect(called.length).toBeLessThan(CASES)
    const trials = project.trials()
    expect(trials.map(({ request }) => request.prompt).toSorted()).toEqual(called.toSorted())
    expect(trials.every(({ outcome }) => outcome === 'passed')).toBe(true)

    const absent = CASES - called.length
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 130,
      incomplete: { cause: 'missing', cells: absent },
      cells: { planned: CASES, finished: called.length, passed: called.length, errored: 0, absent },
    })
    expect(project.manifest().interrupted).toBe(true)

    const report = await project.assay(['report', 'last'])
    expect(report).toMatchObject({ code: 0, stderr: '' })
    expect(report.stdout).toContain(`${absent} of ${CASES} planned cells did not finish`)
    const again = await project.assay(['report', 'last', '--json'])
    expect(again.stdout).toBe(stdout)
  })

  it.each([
    ['that heeds its signal', HEEDING],
    ['that does not', DEAF],
  ])(
    'twice aborts calls in flight, of a provider %s; what had finished is on record',
    async (_what, slow) => {
      const { project, running } = interrupted(slow)
      await until(() => project.calls.length === 6)
      await until(() => recorded(project, 'trial') === 4)
      running.child.kill('SIGINT')
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(running.child.exitCode).toBeNull()
      running.child.kill('SIGINT')
      const { code, stdout, stderr } = await running.ended

      expect(code).toBe(130)
      expect(stderr).toContain('aborting the calls in flight')
      expect(project.calls).toHaveLength(6)
      expect(new Set(project.trials().map(({ output }) => output))).toEqual(new Set(['0', '1', '2', '3']))
      expect(JSON.parse(stdout)).toMatchObject({
        exitCode: 130,
        cells: { finished: 4, errored: 0, absent: CASES - 4 },
      })
    },
  )

  it('aborts the calls in flight by itself once the grace time is over', async () => {
    const { project, running } = interrupted(DEAF, { ASSAY_GRACE_MS: '300' })
    await until(() => project.calls.length === 6)
    await until(() => recorded(project, 'trial') === 4)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stderr).toContain('0.3 s are over: aborting the calls in flight')
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, cells: { finished: 4, errored: 0 } })
  })

  it('three times leaves at once, though a check hangs; the replies are on record', async () => {
    const project = new Project({
      'suite.yaml': SUITE.replace(
        /tests:.*/s,
        `tests:\n  - { vars: { n: 1 }, assert: [{ type: javascript, value: file://never.ts }] }\n`,
      ),
      'provider.ts': provider('undefined'),
      'never.ts': 'export default (): Promise<boolean> => new Promise(() => {})\n',
    })
    const { child, ended } = project.start(['run', 'suite.yaml'])
    await until(() => recorded(project, 'call') === 1)
    for (let times = 0; times < 3; times++) {
      child.kill('SIGINT')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const { code, stdout, stderr } = await ended
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toMatch(/\nfinish the run: assay resume runs\/project\/\S+\n$/)
    expect(project.journal()).toMatchObject([{ kind: 'call', result: { reply: { output: '1' } } }])
  })

  it('of a run of several suites starts no other', async () => {
    const project = new Project({
      'suite.yaml': SUITE,
      'provider.ts': provider('undefined'),
      'cases.csv': CSV,
    })
    const running = project.start(['run', 'suite.yaml', 'suite.yaml', '--concurrency', '2', '--json'])
    await until(() => project.calls.length >= 2)
    running.child.kill('SIGTERM')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject([{ exitCode: 130 }])
    expect(project.runs).toHaveLength(1)
  })

  it('in the last calls of a suite that is then complete starts no other, and is no pass', async () => {
    const project = new Project({
      'suite.yaml': SUITE,
      'provider.ts': provider('undefined'),
      'cases.csv': CSV.split('\n').slice(0, 3).join('\n'),
    })
    const running = project.start(['run', 'suite.yaml', 'suite.yaml', '--json'])
    await until(() => project.calls.length === 2)
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject([{ exitCode: 0, cells: { finished: 2, absent: 0 } }])
    expect(project.runs).toHaveLength(1)
  })
})
