import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'

const SUITE = `prompts: ['Say {{word}}']
providers: [{id: file://provider.ts, label: p}]
tests:
  - {vars: {word: yes}, metadata: {id: w-1}, assert: [{type: contains, value: SAY}]}
  - {vars: {word: no}, metadata: {id: w-2}, assert: [{type: contains, value: SAY}]}
`

/** A project with a baseline, and what it had come to by then. */
async function accepted(): Promise<{ project: Project; calls: number; runs: number }> {
  const project = new Project({ 'suite.yaml': SUITE })
  for (const args of [
    ['run', 'suite.yaml'],
    ['accept', 'last'],
  ]) {
    const { code, stderr } = await project.assay(args)
    if (code !== 0) throw new Error(stderr)
  }
  return { project, calls: project.calls.length, runs: project.runs.length }
}

describe('a comparison that cannot be made', () => {
  it('is refused before any call where no case is in the baseline, and the run is made without one', async () => {
    const { project, calls, runs } = await accepted()
    project.write('suite.yaml', SUITE.replaceAll('w-', 'v-'))
    const { code, stdout, stderr } = await project.assay(['run', 'suite.yaml'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('error: baseline.json and the run have no case in common')
    expect(stderr).toContain('--baseline none')
    expect([project.calls.length, project.runs.length]).toEqual([calls, runs])
    const alone = await project.assay(['run', 'suite.yaml', '--baseline', 'none'])
    expect(alone.code).toBe(0)
  })

  it('is told of the last of several suites before the first is called', async () => {
    const { project, calls } = await accepted()
    project.write('first.yaml', SUITE.replaceAll('Say', 'Do say'))
    project.write('suite.yaml', SUITE.replaceAll('w-', 'v-'))
    const { code, stderr } = await project.assay(['run', 'first.yaml', 'suite.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('have no case in common')
    expect(project.calls.length).toBe(calls)
  })

  it('is refused before any call where no case of the part that is run belongs to a cluster', async () => {
    const { project, calls } = await accepted()
    const clustered = SUITE.replace('{word: no}', '{word: no, doc: d-1}').replace('w-2', 'w-2, doc: d-1')
    project.write('suite.yaml', `${clustered}assay: {cluster: metadata.doc}\n`)
    const { code, stderr } = await project.assay(['run', 'suite.yaml', '--no-cache', '--filter', 'w-1'])
    expect(code).toBe(2)
    expect(stderr).toContain('assay.cluster: no case has metadata.doc')
    expect(project.calls.length).toBe(calls)
  })

  it('is refused with `none` for what a run is compared with', async () => {
    const { project } = await accepted()
    const { code, stdout, stderr } = await project.assay(['compare', 'none', 'last'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('there is nothing to compare with: BASE is `none`')
  })
})
