import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'
import { Project, REPO, start } from './cli.ts'

const SUITE = (value: string, repeat = 2): string => `prompts: ['Say {{word}}']
providers: [{id: file://provider.ts, label: p, delay: 40}]
tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: ${value} }]
  - vars: { word: no }
    assert: [{ type: contains, value: SAY }]
assay: { repeat: ${repeat} }
`

async function summaryOf(project: Project, ...args: string[]): Promise<Summary> {
  const { stdout, stderr } = await project.assay([...args, '--json'])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Summary
}

describe('assay verify', () => {
  it('checks the stored replies with the assertions as they stand now, and calls no model', async () => {
    const project = new Project({ 'suite.yaml': SUITE('NOT-THERE') })
    const first = await summaryOf(project, 'run', 'suite.yaml')
    expect(first).toMatchObject({ exitCode: 1, cells: { passed: 2, failed: 2 }, calls: { made: 4 } })
    const journal = readFileSync(`${first.run.dir}/trials.jsonl`, 'utf8')

    project.write('suite.yaml', SUITE('SAY'))
    const second = await summaryOf(project, 'verify', 'last')
    expect(second).toMatchObject({
      exitCode: 0,
      cells: { planned: 4, passed: 4, failed: 0 },
      calls: { made: 0, replayed: 4 },
      spentUsd: 0,
    })
    expect(second.notices?.join()).toContain(first.run.id)
    expect(project.calls).toHaveLength(4)
    expect(second.run.dir).not.toBe(first.run.dir)
    expect(readFileSync(`${first.run.dir}/trials.jsonl`, 'utf8')).toBe(journal)
  })

  it('keeps what was measured when the replies were made', async () => {
    const project = new Project({ 'suite.yaml': SUITE('SAY') })
    const first = await summaryOf(project, 'run', 'suite.yaml')
    const second = await summaryOf(project, 'verify', first.run.dir)
    expect(second.columns[0]?.latencyMs).toEqual(first.columns[0]?.latencyMs)
  })

  it('says how many stored replies belong to cells that are gone, and checks the others', async () => {
    const project = new Project({ 'suite.yaml': SUITE('SAY') })
    await summaryOf(project, 'run', 'suite.yaml')
    project.write('suite.yaml', SUITE('SAY').replace('word: no', 'word: maybe'))
    const { stdout, stderr } = await project.assay(['verify', 'last', '--json'])
    expect(stderr).toContain('2 stored replies belong to cells the suite no longer has')
    expect((JSON.parse(stdout) as Summary).cells).toMatchObject({ planned: 2, passed: 2 })
    expect(project.calls).toHaveLength(4)
  })

  it('gives a grader its answers from the record, and an errored check for a question it was not asked', async () => {
    const grader = `export default class Grader {
  id() { return 'grader' }
  async callApi() { return { output: '{"pass": true, "score": 0.9, "reason": "fine"}' } }
}`
    const suite = (rubric: string): string => `prompts: ['Say {{word}}']
providers: [file://provider.ts]
defaultTest: { options: { provider: 'file://grader.mjs' } }
tests:
  - vars: { word: yes }
    assert: [{ type: llm-rubric, value: ${rubric} }]
`
    const project = new Project({ 'suite.yaml': suite('polite'), 'grader.mjs': grader })
    expect(await summaryOf(project, 'run', 'suite.yaml')).toMatchObject({ cells: { passed: 1 } })
    project.write(
      'grader.mjs',
      grader.replace('async callApi() {', 'async callApi() { throw new Error("asked");'),
    )
    expect(await summaryOf(project, 'verify', 'last')).toMatchObject({ cells: { passed: 1, errored: 0 } })

    project.write('suite.yaml', suite('brief'))
    const { stdout } = await project.assay(['verify', 'last', '--json'])
    expect(JSON.parse(stdout) as Summary).toMatchObject({ exitCode: 3, cells: { passed: 0, errored: 1 } })
  })

  it('finds the suite also from another folder than the run was started in', async () => {
    const project = new Project({ 'suite.yaml': SUITE('SAY'), 'below/keep.txt': '' })
    const first = await summaryOf(project, 'run', 'suite.yaml')
    const { dir } = first.run
    const below = start(process.execPath, [join(REPO, 'bin/assay.mjs'), 'verify', dir, '--json'], {
      cwd: project.path('below'),
    })
    expect(JSON.parse((await below.ended).stdout) as Summary).toMatchObject({ cells: { passed: 4 } })
  })

  it('refuses a folder that is no run', async () => {
    const project = new Project()
    const { code, stderr } = await project.assay(['verify', 'runs/nothing'])
    expect(code).toBe(2)
    expect(stderr).toContain('is not the folder of a run')
  })
})

describe('assay plan', () => {
  it('counts cells and calls without one, and forecasts from the last run once there is one', async () => {
    const project = new Project({ 'suite.yaml': SUITE('SAY') })
    const before = JSON.parse((await project.assay(['plan', 'suite.yaml', '--json'])).stdout) as object
    expect(before).toMatchObject({
      cells: 4,
      calls: 4,
      seconds: 'unknown',
      columns: [{ basis: 'estimated' }],
    })
    expect(project.calls).toHaveLength(0)

    await summaryOf(project, 'run', 'suite.yaml')
    const after = JSON.parse(
      (await project.assay(['plan', 'suite.yaml', '--repeat', '5', '--json'])).stdout,
    ) as { seconds: number }
    expect(after).toMatchObject({ cells: 10, calls: 10, columns: [{ basis: 'recorded' }] })
    expect(after.seconds).toBeGreaterThan(0)
  })
})
