import { describe, expect, it } from 'vitest'
import { analysisOf, cassetteOf, run, suiteOf } from './cassette-project.ts'
import { Project } from './cli.ts'

describe('a replayed reply', () => {
  it('is kept without secrets and request ids, and found after the secret has changed', async () => {
    const provider = `export default class {
  id() { return 'leaky' }
  async callApi(prompt) {
    return { output: 'SAY ' + process.env.SOME_API_KEY, metadata: { requestId: 'req-4711', kept: 1 } }
  }
}
`
    const project = new Project({
      'provider.ts': provider,
      'suite.yaml': suiteOf({ prompt: 'Say {{env.SOME_API_KEY}}' }),
    })
    const args = ['run', 'suite.yaml', '--json']
    await project.assay([...args, '--record'], { env: { SOME_API_KEY: 'swordfish-2026' } })
    const text = Object.values(cassetteOf(project)).join('')
    expect(text).toContain('"kept":1')
    expect(text).not.toMatch(/swordfish|4711/)
    const { stdout } = await project.assay([...args, '--replay'], { env: { SOME_API_KEY: 'another-secret' } })
    expect(JSON.parse(stdout)).toMatchObject({ cells: { passed: 4 }, calls: { made: 0, replayed: 4 } })
  })

  it('is told apart by the vars where the provider answers from them', async () => {
    const provider = `import { appendFileSync } from 'node:fs'
export default class {
  id() { return 'vars' }
  async callApi(prompt, context) {
    appendFileSync(new URL('calls.log', import.meta.url), context.vars.word + '\\n')
    return { output: 'SAY ' + context.vars.word.toUpperCase() }
  }
}
`
    const suite = (words: readonly string[]): string =>
      suiteOf({ words, repeat: 1, check: '{ type: icontains, value: "{{word}}" }' }).replace(
        'Say {{word}}',
        'Say it',
      )
    const project = new Project({ 'provider.ts': provider, 'suite.yaml': suite(['yes', 'no']) })
    await run(project, '--record')
    expect(await run(project, '--replay')).toMatchObject({ code: 0, summary: { cells: { passed: 2 } } })
    project.write('suite.yaml', suite(['yes', 'maybe']))
    expect(await run(project, '--replay')).toMatchObject({
      code: 3,
      summary: { cells: { passed: 1, errored: 1 } },
    })
    expect(project.calls).toEqual(['yes', 'no'])
  })

  it('may be a grader’s, until the grader has changed', async () => {
    const grader = (reason: string): string => `import { appendFileSync } from 'node:fs'
export default class {
  id() { return 'grader' }
  async callApi() {
    appendFileSync(new URL('calls.log', import.meta.url), 'graded\\n')
    return { output: JSON.stringify({ pass: true, score: 1, reason: '${reason}' }) }
  }
}
`
    const project = new Project({
      'grader.ts': grader('good'),
      'suite.yaml': suiteOf({
        repeat: 1,
        check: '{ type: llm-rubric, value: is it good?, provider: file://grader.ts }',
      }),
    })
    // A grader is asked once before the run, for nothing but its health.
    expect(await run(project, '--record')).toMatchObject({ code: 0, summary: { calls: { made: 5 } } })
    expect((cassetteOf(project)['cassette/graders.jsonl'] ?? '').trimEnd().split('\n')).toHaveLength(2)
    expect(Object.keys(cassetteOf(project))).toEqual(['cassette/graders.jsonl', 'cassette/p--m.jsonl'])
    const replay = await run(project, '--replay')
    expect(replay).toMatchObject({
      code: 0,
      summary: { calls: { made: 0, replayed: 4 }, cells: { passed: 2 } },
    })

    project.write('grader.ts', grader('still good'))
    const { code, summary } = await run(project, '--replay')
    expect({ code, errored: summary.cells.errored }).toEqual({ code: 3, errored: 2 })
    expect(analysisOf(summary)).toMatchObject({
      unrecorded: 2,
      errors: [
        { message: expect.stringMatching(/no recorded reply for the grader .*: the grader has changed/) },
        {},
      ],
    })
    expect(project.calls).toHaveLength(5)
  })

  it('does not pass for a fast one', async () => {
    const project = new Project({ 'suite.yaml': suiteOf({ check: '{ type: latency, threshold: 60000 }' }) })
    expect(await run(project, '--record')).toMatchObject({ code: 0 })
    expect(await run(project, '--replay')).toMatchObject({ code: 3, summary: { cells: { errored: 4 } } })

    project.write('suite.yaml', suiteOf({ gate: '{ latency: { p95Ms: 60000 } }' }))
    const { summary } = await run(project, '--replay')
    expect(summary).toMatchObject({
      decision: 'warn',
      gates: [{ name: 'latency p95', result: 'not_measured' }],
    })
  })
})
