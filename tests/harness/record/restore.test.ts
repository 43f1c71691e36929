import { afterAll, describe, expect, it } from 'vitest'
import { figuresOf, ResumeProject } from './resume-project.ts'

const projects: ResumeProject[] = []
afterAll(() => {
  for (const project of projects) project.remove()
})

const RUBRIC = { type: 'llm-rubric', value: 'grade it', rubricPrompt: 'grade: {{output}}' }

/** What was asked for cells: a grader is asked for its credentials before that. */
function callsOf(project: ResumeProject): string[] {
  return project.takeCalls().filter((prompt) => !prompt.includes('OK'))
}

/** A suite of one prompt, whose case goes by an id of its own. */
function projectOf(): { project: ResumeProject; write: (prompt: string, word?: string) => void } {
  const project = new ResumeProject({})
  projects.push(project)
  return {
    project,
    write(prompt, word = 'one') {
      project.write({
        prompts: [{ label: 'p', raw: prompt }],
        providers: [project.provider('m')],
        defaultTest: { options: { provider: project.provider('g') } },
        tests: [
          { metadata: { id: 'a' }, vars: { word }, assert: [RUBRIC] },
          { metadata: { id: 'b' }, vars: { word: 'two' }, assert: [{ type: 'contains', value: 'two' }] },
        ],
      })
    },
  }
}

describe('a suite that is changed and changed back', () => {
  it('is answered by what was taken out of the record, and pays for nothing twice', async () => {
    const { project, write } = projectOf()
    write('Say {{word}}')
    const first = figuresOf(await project.run())
    const calls = callsOf(project)
    expect(calls).toHaveLength(3)

    write('Write {{word}}')
    await project.resume('whole')
    expect(callsOf(project)).toHaveLength(3)

    write('Say {{word}}')
    const again = await project.resume('whole')
    expect(callsOf(project)).toStrictEqual([])
    expect(figuresOf(again)).toStrictEqual(first)
    const gone = project.lines('whole', 'superseded.jsonl').filter(({ kind }) => kind === 'call')
    expect(gone.map((line) => (line.kind === 'call' ? line.result.request.prompt : ''))).toStrictEqual(
      expect.arrayContaining(['Write one', 'Write two']),
    )
    expect(gone).toHaveLength(3)
  })

  it('takes back the replies to the variables as they are now, under the same id', async () => {
    const { project, write } = projectOf()
    for (const word of ['one', 'three', 'one']) {
      write('Say {{word}}', word)
      await (word === 'one' && project.lines('whole').length === 0 ? project.run() : project.resume('whole'))
    }
    const calls = callsOf(project).filter((prompt) => !prompt.startsWith('grade'))
    expect(calls.toSorted()).toStrictEqual(['Say one', 'Say three', 'Say two'])
    const trial = project.trials('whole').find(({ cell }) => cell.caseId === 'a')
    expect(trial?.output).toBe('said Say one')
  })

  it('comes to the figures of a run that was never edited, what graders took among them', async () => {
    const { project, write } = projectOf()
    write('Say {{word}}')
    const first = figuresOf(await project.run())
    write('Say {{word}}', 'three')
    await project.resume('whole')
    write('Say {{word}}')
    expect(figuresOf(await project.resume('whole'))).toStrictEqual(first)
  })

  it('asks again what failed before it was taken out', async () => {
    const { project, write } = projectOf()
    for (const prompt of ['BREAK {{word}}', 'Say {{word}}', 'BREAK {{word}}']) {
      write(prompt)
      await (project.lines('whole').length === 0 ? project.run() : project.resume('whole'))
    }
    expect(callsOf(project).filter((prompt) => prompt.startsWith('BREAK'))).toHaveLength(4)
  })

  it('has each call in its record once, whatever was moved', async () => {
    const { project, write } = projectOf()
    for (const prompt of [
      'Say {{word}}',
      'Write {{word}}',
      'Say {{word}}',
      'Write {{word}}',
      'Say {{word}}',
    ]) {
      write(prompt)
      await (project.lines('whole').length === 0 ? project.run() : project.resume('whole'))
    }
    expect(callsOf(project)).toHaveLength(6)
    const all = [...project.lines('whole'), ...project.lines('whole', 'superseded.jsonl')]
    expect(all.filter((line) => line.kind === 'call' && line.cellId !== '')).toHaveLength(6)
  })
})

it('checks everything again where it is told to, and calls nothing', async () => {
  const { project, write } = projectOf()
  write('Say {{word}}')
  const first = figuresOf(await project.run())
  callsOf(project)
  const before = project.lines('whole').length
  const again = await project.resume('whole', false, true)
  expect(callsOf(project)).toStrictEqual([])
  expect(figuresOf(again)).toStrictEqual(first)
  expect(project.lines('whole')).toHaveLength(before)
  expect(project.lines('whole', 'superseded.jsonl').map(({ kind }) => kind)).toStrictEqual(['trial', 'trial'])
})

it('forgets what was warned of in the suite and was put right, and keeps all other warnings', async () => {
  const { project } = projectOf()
  const suite = (...words: string[]): object => ({
    prompts: ['Say {{word}} {{nobody}}'],
    providers: [project.provider('m')],
    tests: words.map((word) => ({ vars: { word }, assert: [{ type: 'contains', value: 'said' }] })),
  })
  project.write(suite('one', 'one'))
  const { run } = await project.run()
  expect(run.manifest.warnings).toHaveLength(2)
  expect(run.manifest.suiteWarnings).toBe(1)
  project.write(suite('one'))
  const { run: mended } = await project.resume('whole')
  expect(mended.manifest.warnings).toStrictEqual(run.manifest.warnings?.slice(1))
  expect(mended.manifest.suiteWarnings).toBeUndefined()
})
