import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Baseline } from '../../harness/model/baseline.ts'
import { baselineSchema } from '../../harness/record/schema/baseline.ts'
import { Project, start } from './cli.ts'

/** Two words and two repeats; a second word fails where `value` is not in the reply. */
const SUITE = (value = 'SAY', gate = ''): string => `prompts: ['Say {{word}}']
providers: [{id: file://provider.ts, label: p}]
tests:
  - {vars: {word: yes}, metadata: {id: w-1, tags: [short]}, assert: [{type: contains, value: SAY}]}
  - {vars: {word: no}, metadata: {id: w-2}, assert: [{type: contains, value: ${value}}]}
assay:
  repeat: 2
${gate}`

async function ran(suite = SUITE(), ...args: string[]): Promise<Project> {
  const project = new Project({ 'suite.yaml': suite })
  const { stderr, code } = await project.assay(['run', 'suite.yaml', ...args])
  if (code !== 0 && code !== 1) throw new Error(stderr)
  return project
}

function baselineOf(project: Project, name = 'baseline.json'): Baseline {
  const parsed = baselineSchema.safeParse(JSON.parse(project.read(name)))
  if (!parsed.success) throw new Error(`${name} is not as its schema says: ${parsed.error.message}`)
  return parsed.data
}

function filesOf(project: Project): string[] {
  return ['baseline.json', 'baseline/manifest.json', 'baseline/trials.jsonl'].map((name) =>
    project.read(name),
  )
}

/** What was said of a run that was refused, and nothing written. */
async function refusal(project: Project, args: readonly string[], env = {}): Promise<string> {
  const { code, stdout, stderr } = await project.assay(['accept', ...args], { env })
  const written = ['baseline.json', 'baseline'].filter((name) => existsSync(project.path(name)))
  expect({ code, stdout, written }).toEqual({ code: 2, stdout: '', written: [] })
  return stderr
}

describe('assay accept', () => {
  it('writes a baseline beside the suite, says what it holds and what to do with it, and the same bytes when asked again', async () => {
    const project = await ran()
    const { code, stdout, stderr } = await project.assay(['accept', 'last'], { env: { USER: 'ada' } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('baseline.json: scores of 2 cases × 1 column × 2 repeats')
    expect(stdout).toContain('baseline/: replies, prompts, times and costs')
    expect(stdout).toContain('no margin: 2 units can never prove')
    expect(stdout).toContain('Commit both: git add baseline.json baseline\n')
    expect(baselineOf(project)).toMatchObject({
      run: project.manifest().id,
      accepted: { by: 'ada' },
      margin: null,
      repeat: 2,
      cases: [
        { id: 'w-1', scores: { 'prompt-1 × p': { pass: [1, 1] } } },
        { id: 'w-2', scores: { 'prompt-1 × p': { pass: [1, 1] } } },
      ],
    })
    expect(project.calls).toHaveLength(4)

    const first = filesOf(project)
    expect((await project.assay(['accept', 'last'], { env: { USER: 'ada' } })).code).toBe(0)
    expect(filesOf(project)).toEqual(first)
  })

  it('tells a machine what it wrote', async () => {
    const project = await ran(SUITE('SAY', '  gate: {margin: 0.08}'))
    const { stdout } = await project.assay(['accept', 'last', '--json', '--reason', 'the first one'])
    expect(JSON.parse(stdout)).toMatchObject({
      v: 1,
      baseline: project.path('baseline.json'),
      record: expect.stringContaining(project.path('baseline')) as string,
      run: project.manifest().id,
      accepted: { reason: 'the first one' },
      cases: 2,
      columns: 1,
      repeats: 2,
      margin: 0.08,
      marginFrom: 'suite',
      replies: true,
      bytes: { file: Buffer.byteLength(project.read('baseline.json')) },
    })
    expect(baselineOf(project).accepted.forced).toBeUndefined()
  })

  it('leaves the replies out with --no-replies, and says what that costs', async () => {
    const project = await ran()
    const { stdout } = await project.assay(['accept', 'last', '--no-replies'])
    expect(stdout).toContain('without replies')
    expect(stdout).toContain('Later reports cannot show what changed in a reply.')
    expect(project.read('baseline/trials.jsonl')).not.toContain('SAY YES')
    expect(baselineOf(project).replies).toBe(false)
  })

  it('keeps the baselines of two suites in one folder apart', async () => {
    const project = new Project({ 'suite.yaml': SUITE(), 'suite.nightly.yaml': SUITE() })
    for (const suite of ['suite.nightly.yaml', 'suite.yaml']) {
      await project.assay(['run', suite])
      expect((await project.assay(['accept', 'last'])).code).toBe(0)
    }
    expect(baselineOf(project, 'baseline.nightly.json').run).not.toBe(baselineOf(project).run)
    expect(existsSync(project.path('baseline/nightly/trials.jsonl'))).toBe(true)
    expect(existsSync(project.path('baseline/trials.jsonl'))).toBe(true)
  })

  it('is of the suite that was run, whatever folder it is called from', async () => {
    const project = await ran()
    project.write('below/keep.txt', '')
    const run = project.path(project.runs[0] ?? '')
    const bin = join(import.meta.dirname, '../../bin/assay.mjs')
    const { ended } = start(process.execPath, [bin, 'accept', run], { cwd: project.path('below') })
    expect((await ended).code).toBe(0)
    expect(existsSync(project.path('baseline.json'))).toBe(true)
  })

  it('takes what a second look at stored replies came to', async () => {
    const project = await ran(SUITE('NOT-THERE'))
    project.write('suite.yaml', SUITE())
    await project.assay(['verify', 'last'])
    expect((await project.assay(['accept', 'last'])).code).toBe(0)
    expect(baselineOf(project).cases[1]?.scores).toEqual({ 'prompt-1 × p': { pass: [1, 1] } })
    expect(project.read('baseline/trials.jsonl')).toContain('SAY YES')
  })

  it('warns when the suite is another now than it was for the run', async () => {
    const project = await ran()
    project.write('suite.yaml', `${SUITE()}# edited\n`)
    const { code, stderr } = await project.assay(['accept', 'last'])
    expect(code).toBe(0)
    expect(stderr).toContain('warning: suite.yaml was changed since the run')
  })

  it('takes out what the suite calls a secret by now', async () => {
    const project = await ran()
    project.write('suite.yaml', `${SUITE()}  redact: ['SAY Y..']\n`)
    await project.assay(['accept', 'last'])
    const trials = readFileSync(project.path('baseline/trials.jsonl'), 'utf8')
    expect(trials).toContain('[redacted:pattern-e5dd]')
    expect(trials).not.toContain('SAY YES')
  })
})

describe('assay accept refuses', () => {
  it('a run whose gate failed, until it is forced with a reason, which is kept', async () => {
    const project = await ran(SUITE('NOT-THERE'))
    expect(await refusal(project, ['last'])).toContain('Its gate failed.')
    for (const reason of [[], ['--reason', '  ']])
      expect(await refusal(project, ['last', '--force', ...reason])).toContain('--force needs a --reason')
    const forced = await project.assay(['accept', 'last', '--force', '--reason', 'stricter on purpose'])
    expect(forced.code).toBe(0)
    expect(forced.stdout).toContain('by force')
    expect(baselineOf(project).accepted).toMatchObject({ reason: 'stricter on purpose', forced: true })
  })

  it('part of a suite, and a second look at the replies of one', async () => {
    const project = await ran(SUITE(), '--tag', 'short')
    expect(await refusal(project, ['last'])).toContain('part of the suite only (--tag short).')
    await project.assay(['verify', 'last'])
    expect(await refusal(project, ['last'])).toContain('part of the suite only (--tag short).')
  })

  it('a run that its budget cut short', async () => {
    const project = new Project({ 'suite.yaml': SUITE('SAY', '  budget: {calls: 2}') })
    await project.assay(['run', 'suite.yaml'])
    expect(await refusal(project, ['last'])).toContain('2 of 4 planned cells did not finish.')
  })

  it('every run in CI, so that none is accepted by accident', async () => {
    const project = await ran()
    const env = { CI: 'true' }
    expect(await refusal(project, ['last'], env)).toContain('This is CI')
    const forced = ['accept', 'last', '--force', '--reason', 'a bot that was asked to']
    expect((await project.assay(forced, { env })).code).toBe(0)
    expect(baselineOf(project).accepted.forced).toBe(true)
    expect((await project.assay(['accept', 'last'], { env: { CI: 'false' } })).code).toBe(0)
  })

  it('a folder that is no run, a run that was never analyzed, and one whose suite is gone', async () => {
    const project = await ran()
    expect(await refusal(project, ['runs/none'])).toContain('is not the folder of a run')
    const suite = project.read('suite.yaml')
    rmSync(project.path('suite.yaml'))
    expect(await refusal(project, ['last'])).toContain('the suite of this run, suite.yaml, is not there')
    project.write('suite.yaml', suite)
    rmSync(project.path(`${project.runs[0] ?? ''}/analysis.json`))
    expect(await refusal(project, ['last'])).toContain('It did not come to its end')
  })
})
