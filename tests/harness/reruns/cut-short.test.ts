import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const ASSAY = { gate: { metrics: ['pass'], confirm: 0 }, limits: { '*': { concurrency: 1 } } }

let project: RerunProject
afterEach(() => project.remove())

describe('a run that is cut short before it has a case that can be compared', () => {
  it('is invalid and on record, not a mistake of the user', async () => {
    const cases = casesOf(6, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases: cases.slice(3), prompt: 'old', assay: ASSAY })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: ASSAY })
    const { verdict, analysis } = await project.run({}, { maxCostUsd: 0.02 })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
    expect(analysis.comparison).toBeUndefined()
    expect(project.manifest('run-2').warnings?.join(' ')).toContain('no case in common')
    expect(project.exists('run-2/verdict.json')).toBe(true)
  })

  it('is so too where the baseline that was to run beside it has no cell', async () => {
    const cases = casesOf(6, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: ASSAY })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: ASSAY })
    const { verdict } = await project.run({ rerunBaseline: true }, { maxCostUsd: 0.01 })
    expect(verdict).toMatchObject({ decision: 'invalid', exitCode: 3 })
  })

  it('is still a mistake of the user where the whole run has none', async () => {
    const cases = casesOf(6, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases: cases.slice(3), prompt: 'old', assay: ASSAY })
    await project.accept()
    project.suite({ cases: cases.slice(0, 3), prompt: 'now', assay: ASSAY })
    await expect(project.run()).rejects.toMatchObject({ code: 'usage' })
  })
})
