import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseSpec } from './project.ts'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 0 } }

let project: RerunProject
afterEach(() => project.remove())

/** Whose expected answer was wrong: both arms say no, and that is right. */
const corrected = (cases: readonly CaseSpec[], n: number): CaseSpec[] => [
  ...cases.slice(0, n).map(({ id, old, now }) => ({ id, old, now, expected: 'no' })),
  ...cases.slice(n),
]

describe('a case whose checks are others than the baseline had', () => {
  it('has the stored replies of the baseline checked again: a corrected answer corrects both arms', async () => {
    const cases = casesOf(20, (i) => ({ old: i < 4 ? 'no' : 'yes', now: i < 4 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases: corrected(cases, 4), prompt: 'now', assay: GATE })
    const { analysis } = await project.run()
    const { comparison } = analysis
    expect(comparison?.metrics).toMatchObject([{ delta: 0, cases: 20, base: { mean: 1 } }])
    expect(comparison?.pairing).toMatchObject({ changedCases: 4, reverified: 4, notReverified: 0 })
    expect(comparison?.changes.find(({ kind }) => kind === 'checks')?.what).toContain('4 cases')
    expect(project.takeCalls()).toHaveLength(20)
    expect(analysis.calls.made).toBe(20)
    expect(project.manifest('run-2/reverified')).toMatchObject({
      child: 'reverified',
      verifies: project.manifest('baseline').id,
    })
  })

  it('has them checked when a record is judged that was compared with nothing, and leaves nothing behind', async () => {
    const cases = casesOf(20, (i) => ({ old: i < 4 ? 'no' : 'yes', now: i < 4 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases: corrected(cases, 4), prompt: 'now', assay: GATE })
    const { run } = await project.run({ baseline: 'none' })
    project.takeCalls()
    const { comparison } = (await project.judge(run.dir)).analysis
    expect(comparison?.metrics).toMatchObject([{ delta: 0, cases: 20, base: { mean: 1 } }])
    expect(comparison?.pairing).toMatchObject({ changedCases: 4, reverified: 4, notReverified: 0 })
    expect(project.takeCalls()).toEqual([])
    expect(project.exists('run-2/reverified')).toBe(false)
    expect(readdirSync(join(project.dir, '.cache')).filter((name) => name.startsWith('reverified'))).toEqual(
      [],
    )
  })

  it('is left out where no reply is on record, and the comparison is refused where most are lost', async () => {
    const cases = casesOf(20, (i) => ({ old: i < 4 ? 'no' : 'yes', now: i < 4 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.removeRecord()
    project.suite({ cases: corrected(cases, 4), prompt: 'old', assay: GATE })
    const { comparison } = (await project.run()).analysis
    expect(comparison?.metrics).toMatchObject([{ delta: 0, cases: 16 }])
    expect(comparison?.pairing).toMatchObject({ changedCases: 4, reverified: 0, notReverified: 4 })
    expect(comparison?.warnings.join(' ')).toContain('its replies were not kept')

    project.takeCalls()
    project.suite({ cases: corrected(cases, 11), prompt: 'old', assay: GATE })
    await expect(project.run()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('11 of the 20 cases shared with baseline.json are others now'),
      hint: expect.stringContaining('--rerun-baseline'),
    })
    expect(project.takeCalls()).toEqual([])
  })

  it('is left out where the prompt, with its variables, is another now', async () => {
    const cases = casesOf(20, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    const changed = casesOf(20, (i) => ({ old: i < 3 ? 'no' : 'yes', now: i > 2 && i < 6 ? 'no' : 'yes' }))
    project.suite({ cases: changed, prompt: 'old', assay: GATE })
    const { comparison } = (await project.run()).analysis
    // The other three have a variable that the prompt does not use.
    expect(comparison?.pairing).toMatchObject({ changedCases: 6, reverified: 3, notReverified: 3 })
    expect(comparison?.metrics).toMatchObject([{ cases: 17 }])
  })
})
