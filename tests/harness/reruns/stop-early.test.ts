import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 0, margin: 0.05 }, limits: { '*': { concurrency: 2 } } }

let project: RerunProject
afterEach(() => project.remove())

describe('--stop-early', () => {
  it('stops once a drop is proven, and says what that saved', async () => {
    const cases = casesOf(150, (i) => ({ old: 'yes', now: i % 2 === 0 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis, verdict, run } = await project.run({ stopEarly: true }, { selection: { shuffle: 7 } })
    const { comparison } = analysis
    expect(comparison?.sequential).toMatchObject({ stopped: true, casesPlanned: 150 })
    const { casesUsed = 0, callsSaved = 0 } = comparison?.sequential ?? {}
    expect(casesUsed).toBeLessThan(130)
    expect(project.takeCalls()).toHaveLength(150 - callsSaved)
    expect(comparison?.metrics).toMatchObject([{ method: 'e-process', metric: 'pass' }])
    expect(comparison?.metrics[0]?.pWorse).toBeLessThanOrEqual(0.025)
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(run.manifest).toMatchObject({
      seed: 7,
      incomplete: [{ cause: 'decided', cells: callsSaved }],
    })
    expect(run.manifest.interrupted).toBeUndefined()
  })

  it('stops once no drop of the margin is left', async () => {
    const cases = casesOf(400, () => ({ old: 'yes', now: 'yes' }))
    const assay = { ...GATE, gate: { ...GATE.gate, margin: 0.1 } }
    project = new RerunProject({ cases, prompt: 'old', assay })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay })
    const { analysis, verdict } = await project.run({ stopEarly: true })
    expect(analysis.comparison?.sequential).toMatchObject({ stopped: true })
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict.gates[0]?.comparison).toBe('no_worse')
  })

  it('does not pass before every case that must pass has been run', async () => {
    const cases = casesOf(400, (i) => ({
      old: 'yes',
      now: 'yes',
      ...(i % 50 === 0 && { tags: ['critical'] }),
    }))
    const assay = { ...GATE, gate: { ...GATE.gate, margin: 0.1, mustPass: { tag: 'critical' } } }
    project = new RerunProject({ cases, prompt: 'old', assay })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay })
    const { analysis } = await project.run({ stopEarly: true })
    const [critical] = analysis.tags?.find(({ tag }) => tag === 'critical')?.columns ?? []
    expect(critical?.passed).toBe(8)
  })

  it('is refused where the gate compares columns of one run', async () => {
    const cases = casesOf(4, () => ({ old: 'yes', now: 'yes' }))
    const gate = { ...GATE.gate, ship: [{ prompt: 'now' }], against: { prompt: 'old' } }
    project = new RerunProject({ cases, prompt: 'both', assay: { gate } })
    await project.accept()
    await expect(project.run({ stopEarly: true })).rejects.toMatchObject({
      code: 'usage',
      message: '--stop-early cannot be used where `gate.against` is a column of the run',
    })
  })

  it('goes to its end where nothing is decided; its figures hold at any time all the same', async () => {
    const cases = casesOf(40, () => ({ old: 'p80', now: 'p80' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    const { analysis, run } = await project.run({ stopEarly: true })
    expect(analysis.comparison?.sequential).toEqual({
      stopped: false,
      casesUsed: 40,
      casesPlanned: 40,
      callsSaved: 0,
    })
    expect(analysis.comparison?.metrics).toMatchObject([{ method: 'e-process' }])
    expect(run.manifest.incomplete).toBeUndefined()
  })

  it('is refused without a baseline of every case, before any call', async () => {
    const cases = casesOf(6, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases: cases.slice(0, 4), prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    await expect(project.run({ stopEarly: true })).rejects.toMatchObject({
      code: 'usage',
      message: '--stop-early needs a baseline that has every case: 2 are not in it',
    })
    await expect(project.run({ stopEarly: true, settle: true })).rejects.toMatchObject({ code: 'usage' })
    await expect(project.run({ stopEarly: true, baseline: 'none' })).rejects.toMatchObject({ code: 'usage' })
    expect(project.takeCalls()).toEqual([])
    expect(project.exists('run-2')).toBe(false)
  })
})
