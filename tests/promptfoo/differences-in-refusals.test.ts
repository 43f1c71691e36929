import { describe, expect, it } from 'vitest'
import { projectOf } from './defects-suite.ts'
import { runPromptfoo } from './run-promptfoo.ts'

describe('a suite that says nothing', () => {
  it('ends with 3 where a filter matches no test, and promptfoo with 0', async () => {
    const project = projectOf(
      'tests: [{vars: {word: a}, description: one, assert: [{type: contains, value: Say}]}]\n',
    )
    const theirs = await runPromptfoo(project.dir, { args: ['--filter-pattern', 'nothing like it'] })
    expect(theirs).toMatchObject({ exitCode: 0, rows: [] })
    const ours = await project.assay(['run', 'suite.yaml', '--filter', 'nothing like it'])
    expect(ours.code).toBe(3)
    expect(ours.stderr).toContain('nothing like it')
    expect(project.calls).toEqual([])
  })

  it('ends with 3 where there are no tests', async () => {
    const project = projectOf('tests: []\n')
    expect((await project.assay(['run', 'suite.yaml'])).code).toBe(3)
    expect(project.calls).toEqual([])
  })

  it('ends with 2, the place and the key that was meant where `asserts:` is misspelt, and promptfoo with 0', async () => {
    const project = projectOf(
      'tests:\n  - vars: {word: a}\n    asserts: [{type: equals, value: nothing like it}]\n',
    )
    const theirs = await runPromptfoo(project.dir)
    expect(theirs).toMatchObject({ exitCode: 0, rows: [{ success: true, score: 1 }] })
    const called = project.calls.length
    const ours = await project.assay(['run', 'suite.yaml'])
    expect(ours.code).toBe(2)
    expect(ours.stderr).toMatch(/suite\.yaml:5:5: .*asserts/)
    expect(ours.stderr).toContain('did you mean `assert`?')
    expect(project.calls).toHaveLength(called)
  })

  it('ends with 2 where nothing is asserted at all', async () => {
    const project = projectOf('tests: [{vars: {word: a}}]\n')
    expect((await project.assay(['run', 'suite.yaml'])).code).toBe(2)
    expect(project.calls).toEqual([])
  })
})

describe('an unknown assertion type', () => {
  it('is refused before any call, where promptfoo calls the model and then has an error', async () => {
    const project = projectOf('tests: [{vars: {word: a}, assert: [{type: containz, value: Say}]}]\n')
    const theirs = await runPromptfoo(project.dir)
    expect(theirs.rows).toMatchObject([{ failureReason: 2 }])
    expect(project.calls).toEqual(['Say a'])
    const ours = await project.assay(['run', 'suite.yaml'])
    expect(ours.code).toBe(2)
    expect(ours.stderr).toMatch(/suite\.yaml:3:\d+: .*unknown assertion type `containz`/)
    expect(ours.stderr).toContain('did you mean `contains`?')
    expect(project.calls).toEqual(['Say a'])
  })
})

describe('TypeScript that Node cannot strip', () => {
  it('is refused with the construct and the line, where promptfoo compiles it', async () => {
    const provider = `enum Kind { Plain = 'plain' }\nexport default class Typed {\n  id() { return 'typed' }\n  async callApi() { return { output: Kind.Plain } }\n}\n`
    const project = projectOf('tests: [{vars: {word: a}, assert: [{type: equals, value: plain}]}]\n', {
      'typed.ts': provider,
      'suite.yaml': `prompts: ['Say {{word}}']\nproviders: [file://typed.ts]\ntests: [{vars: {word: a}, assert: [{type: equals, value: plain}]}]\n`,
    })
    expect((await runPromptfoo(project.dir)).rows).toMatchObject([{ success: true }])
    const ours = await project.assay(['run', 'suite.yaml'])
    expect(ours.code).toBe(2)
    expect(ours.stderr).toMatch(/typed\.ts:1(:\d+)?: .*it uses a TypeScript enum, which Node cannot strip/)
  })
})
