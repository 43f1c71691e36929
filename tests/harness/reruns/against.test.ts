import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

let project: RerunProject
afterEach(() => project.remove())

const GATE = { ship: [{ prompt: 'now' }], against: { prompt: 'old' }, margin: 0.05 }

describe('a gate that compares two columns of one run, with no baseline', () => {
  it('blocks the one that is worse, names what it is compared with, and says nothing of the other', async () => {
    const cases = casesOf(80, (i) => ({ old: 'yes', now: i < 20 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'both', assay: { gate: { ...GATE, confirm: 0 } } })
    const { analysis, verdict, run } = await project.run()
    expect(analysis.comparison?.metrics).toMatchObject([
      { column: { prompt: 'now' }, against: { prompt: 'old' }, gates: true, delta: -0.25 },
    ])
    expect(analysis.comparison?.pairing.unpaired).toEqual([])
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons[0]).toMatch(/^now × m \(against old × m\) got worse/)
    expect((await project.judge(run.dir)).verdict).toEqual(verdict)
  })

  it('has cases that broke run again in both columns, and judges the record by what came of it', async () => {
    const cases = casesOf(20, (i) => ({ old: 'yes', now: i === 3 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, repeat: 3, prompt: 'both', assay: { gate: GATE } })
    const { analysis, verdict, run } = await project.run()
    expect(analysis.comparison?.broken).toMatchObject([{ caseId: 'c003', status: 'confirmed' }])
    expect(verdict.decision).toBe('block')
    expect((await project.judge(run.dir)).verdict).toEqual(verdict)
  })

  it('is refused before any call where the run has no such column', async () => {
    const cases = casesOf(5, () => ({ old: 'yes', now: 'yes' }))
    const gate = { ...GATE, against: { prompt: 'odl' } }
    project = new RerunProject({ cases, prompt: 'both', assay: { gate } })
    await expect(project.run()).rejects.toMatchObject({ message: expect.stringContaining('odl') as string })
    expect(project.takeCalls()).toEqual([])
  })
})
