import { appendFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JournalLine } from '../../../harness/model/trial.ts'
import { figuresOf, ResumeProject } from './resume-project.ts'

const projects: ResumeProject[] = []
afterAll(() => {
  for (const project of projects) project.remove()
})

function projectOf(suiteOf: (project: ResumeProject) => object): ResumeProject {
  const project: ResumeProject = new ResumeProject({})
  projects.push(project)
  project.write(suiteOf(project))
  return project
}

const test = (id: string, word: string, assert: readonly object[], rest: object = {}): object => ({
  metadata: { id },
  vars: { word },
  assert,
  ...rest,
})
const says = (value: string): object => ({ type: 'contains', value })
const rubric = { type: 'llm-rubric', value: 'grade it', rubricPrompt: 'grade: {{output}}' }
const best = { type: 'select-best', value: 'grade the best' }

/** Every kind of thing that is recorded: replies, failures, grades, comparisons, feedback, a repeat. */
function everything(project: ResumeProject): object {
  return {
    prompts: ['Say {{word}}', 'Write {{word}}'],
    providers: [project.provider('m')],
    defaultTest: { options: { provider: project.provider('g') } },
    tests: [
      test('plain', 'one', [says('one')]),
      test('graded', 'two', [rubric, rubric]),
      test('compared', 'three', [{ type: 'max-score' }, says('Say')], { options: { repeat: 2 } }),
      test('broken', 'BREAK', [says('x')]),
      test('wrong', 'four', [says('five')]),
      { vars: { word: 'fixed' }, providerOutput: 'it is fixed', assert: [says('fixed')] },
    ],
    assay: { feedback: { maxAttempts: 2, template: '{{prompt}} again: {{reasons}}' } },
  }
}

describe('a run that was cut off', () => {
  let project: ResumeProject
  let whole: unknown
  let lines: JournalLine[]
  beforeAll(async () => {
    project = projectOf(everything)
    whole = figuresOf(await project.run())
    lines = project.lines('whole')
    project.takeCalls()
  }, 60_000)

  it('after any line of its journal comes to what an unbroken one comes to, and calls only what had not answered', async () => {
    expect(lines.length).toBeGreaterThan(25)
    for (let kept = 0; kept <= lines.length; kept++) {
      const half = JSON.stringify(lines[kept] ?? '').slice(0, 40)
      project.cut('whole', 'cut', lines.slice(0, kept), half)
      const result = await project.resume('cut')
      expect(figuresOf(result), `cut after line ${kept}`).toEqual(whole)

      const missing = lines.slice(kept).filter(({ kind }) => kind === 'call').length
      expect(project.takeCalls(), `cut after line ${kept}`).toHaveLength(missing)
      const ids = project.trials('cut').map(({ cell }) => cell.id)
      expect(new Set(ids).size, `cut after line ${kept}`).toBe(ids.length)
    }
  }, 120_000)

  it('keeps its id, says how it began and that it was resumed, and leaves no lock', async () => {
    project.cut('whole', 'cut', lines.slice(0, 5))
    const { run } = await project.resume('cut')
    project.takeCalls()
    expect(run.manifest).toMatchObject({
      id: project.manifest('whole').id,
      startedAt: project.manifest('whole').startedAt,
      cells: { planned: 14 },
      resumed: [{ command: ['assay', 'run'] }],
    })
    expect(run.manifest.endedAt).toBeDefined()
    expect(readdirSync(run.dir)).not.toContain('run.lock')
  })

  it('twice, and once more when nothing is left, comes to the same', async () => {
    project.cut('whole', 'cut', lines.slice(0, 4), '\0\0\0\n')
    const { run } = await project.resume('cut')
    project.takeCalls()
    const first = project.lines('cut')
    const again = await project.resume('cut')
    expect(figuresOf(again)).toEqual(whole)
    expect(project.takeCalls()).toEqual([])
    expect(project.lines('cut')).toEqual(first)
    expect(project.manifest('cut').resumed).toHaveLength(2)
    expect(readdirSync(run.dir)).not.toContain('superseded.jsonl')
  })

  it('with a damaged line in the middle is refused at that line, and changes nothing', async () => {
    project.cut('whole', 'cut', lines.slice(0, 3), '\0\0\0\n')
    const file = join(project.dir, 'cut', 'trials.jsonl')
    appendFileSync(file, `${JSON.stringify(lines[3])}\n`)
    await expect(project.resume('cut')).rejects.toMatchObject({ exitCode: 2, at: { file, line: 4 } })
    expect(project.takeCalls()).toEqual([])
    expect(readdirSync(join(project.dir, 'cut')).sort()).toEqual(['manifest.json', 'trials.jsonl'])
  })

  it('before there was a journal is run whole', async () => {
    project.cut('whole', 'cut', [])
    writeFileSync(join(project.dir, 'cut', 'trials.jsonl'), '')
    expect(figuresOf(await project.resume('cut'))).toEqual(whole)
    expect(project.takeCalls()).toHaveLength(lines.filter(({ kind }) => kind === 'call').length)
  })
})

describe('a run whose suite has changed since', () => {
  const suite = (
    project: ResumeProject,
    over: { words?: readonly string[]; value?: string; prompts?: readonly string[]; key?: string } = {},
  ): object => {
    const { words = ['one', 'two', 'three'], value = 'said', prompts = ['Say {{word}}'], key = 'm' } = over
    return {
      prompts,
      providers: [project.provider(key)],
      tests: words.map((word, n) => test(`c${n}`, word, [says(value)])),
    }
  }

  async function resumedAfter(over: Parameters<typeof suite>[1]) {
    const project = projectOf((each) => suite(each))
    await project.run()
    project.takeCalls()
    project.write(suite(project, over))
    const { analysis } = await project.resume('whole')
    return { project, analysis, calls: project.takeCalls(), gone: project.lines('whole', 'superseded.jsonl') }
  }

  it('calls the cell whose variables are others under a written id, and no other', async () => {
    const { analysis, calls, gone, project } = await resumedAfter({ words: ['one', 'TWO', 'three'] })
    expect(calls).toEqual(['Say TWO'])
    expect(analysis.cells).toMatchObject({ planned: 3, finished: 3, passed: 3 })
    expect(gone.map(({ kind }) => kind)).toEqual(['call', 'trial'])
    expect(project.trials('whole')).toHaveLength(3)
  })

  it('calls again a cell that had no trial yet, though its prompt does not show which variable is another', async () => {
    const withLabel = (each: ResumeProject, label: string): object => ({
      ...suite(each),
      tests: [{ ...test('c0', 'one', [says('said')]), vars: { word: 'one', label } }],
    })
    const project = projectOf((each) => withLabel(each, 'positive'))
    await project.run()
    project.cut('whole', 'cut', project.lines('whole').slice(0, 1))
    project.takeCalls()
    project.write(withLabel(project, 'negative'))
    await project.resume('cut')
    expect(project.takeCalls()).toEqual(['Say one'])
  })

  it('calls the cells of a new prompt, and leaves out those of one that is gone', async () => {
    const { analysis, calls, gone } = await resumedAfter({ prompts: ['Say {{word}}!'] })
    expect(calls.toSorted()).toEqual(['Say one!', 'Say three!', 'Say two!'])
    expect(analysis.cells).toMatchObject({ planned: 3, finished: 3 })
    expect(gone).toHaveLength(6)
  })

  it('calls an added case, and leaves out one that was taken away', async () => {
    const added = await resumedAfter({ words: ['one', 'two', 'three', 'four'] })
    expect(added.calls).toEqual(['Say four'])
    expect(added.gone).toEqual([])
    const taken = await resumedAfter({ words: ['one', 'two'] })
    expect(taken.calls).toEqual([])
    expect(taken.analysis.cells).toMatchObject({ planned: 2, finished: 2, absent: 0 })
  })

  it('in its assertions alone calls nothing, and checks the replies on record', async () => {
    const { analysis, calls } = await resumedAfter({ value: 'two' })
    expect(calls).toEqual([])
    expect(analysis.cells).toMatchObject({ passed: 1, failed: 2 })
    expect(analysis.calls).toMatchObject({ made: 3 })
  })

  it('in the name of a column alone calls nothing, and counts under the new one', async () => {
    const { analysis, calls } = await resumedAfter({ key: 'renamed' })
    expect(calls).toEqual([])
    expect(analysis.columns).toMatchObject([{ provider: 'renamed', passed: 3 }])
  })

  it('in the order of its cases alone calls nothing', async () => {
    const project = projectOf((each) => suite(each))
    await project.run()
    project.takeCalls()
    const changed = suite(project) as { tests: object[] }
    project.write({ ...changed, tests: changed.tests.toReversed() })
    expect((await project.resume('whole')).analysis.cells).toMatchObject({ passed: 3 })
    expect(project.takeCalls()).toEqual([])
    expect(project.lines('whole', 'superseded.jsonl')).toEqual([])
  })
})

describe('cells that are judged together', () => {
  it('are compared anew from the replies on record when one of them was missing', async () => {
    const project = projectOf((each) => ({
      prompts: ['Say {{word}}', 'Write {{word}}', 'Sing {{word}}'],
      providers: [each.provider('m')],
      defaultTest: { options: { provider: each.provider('g') } },
      tests: [test('a', 'one', [best]), test('b', 'two', [says('two')])],
    }))
    await project.run()
    project.takeCalls()
    const lines = project.lines('whole')
    // The comparison was made, and two of its three trials reached the disk.
    const last = lines.findLast((line) => line.kind === 'trial' && line.cell.caseId === 'a')
    project.cut(
      'whole',
      'cut',
      lines.filter((line) => line !== last),
    )
    const { analysis } = await project.resume('cut')
    expect(project.takeCalls()).toEqual([])
    expect(analysis.cells).toMatchObject({ planned: 6, finished: 6 })
    expect(project.trials('cut')).toHaveLength(6)
  })
})

describe('a conversation', () => {
  it('is gone through again from its beginning, with the replies on record', async () => {
    const project = projectOf((each) => ({
      prompts: ['{% for turn in _conversation %}{{turn.output}};{% endfor %}Say {{word}}'],
      providers: [each.provider('m')],
      tests: ['one', 'two', 'three'].map((word) => test(word, word, [says(word)])),
    }))
    const whole = figuresOf(await project.run())
    project.takeCalls()
    const lines = project.lines('whole')
    project.cut('whole', 'cut', lines.slice(0, 4))
    expect(figuresOf(await project.resume('cut'))).toEqual(whole)
    expect(project.takeCalls()).toHaveLength(1)
    expect(project.trials('cut').map(({ request }) => request.prompt)).toEqual(
      project.trials('whole').map(({ request }) => request.prompt),
    )
  })
})

describe('cells that errored', () => {
  it('stay as they are, or are called once more where that is asked for', async () => {
    const project = projectOf((each) => ({
      prompts: ['Say {{word}}'],
      providers: [each.provider('m')],
      tests: [test('a', 'BREAK', [says('a')]), test('b', 'two', [says('two')])],
    }))
    expect((await project.run()).analysis.cells).toMatchObject({ passed: 1, errored: 1 })
    project.takeCalls()
    await project.resume('whole')
    expect(project.takeCalls()).toEqual([])

    const { analysis } = await project.resume('whole', true)
    expect(project.takeCalls()).toEqual(['Say BREAK'])
    expect(analysis.cells).toMatchObject({ planned: 2, passed: 1, errored: 1 })
    expect(project.trials('whole')).toHaveLength(2)
    expect(project.lines('whole', 'superseded.jsonl').map(({ kind }) => kind)).toEqual(['call', 'trial'])
  })
})

describe('two that would go on with one run', () => {
  it('are one: the other is refused, and nothing is called twice', async () => {
    const project = projectOf((each) => ({
      prompts: ['Say {{word}}'],
      providers: [each.provider('m')],
      tests: ['one', 'two', 'three'].map((word) => test(word, word, [says(word)])),
    }))
    await project.run()
    project.takeCalls()
    project.cut('whole', 'cut', project.lines('whole').slice(0, 1))
    const ended = await Promise.allSettled([project.resume('cut'), project.resume('cut')])
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(ended.find((each) => each.status === 'rejected')?.reason).toMatchObject({ exitCode: 2 })
    expect(project.takeCalls()).toHaveLength(2)
    expect(project.trials('cut')).toHaveLength(3)
  })
})
