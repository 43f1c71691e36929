import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 0 } }

let project: RerunProject
afterEach(() => project.remove())

describe('--settle', () => {
  it('adds repeats to both arms while the comparison is inconclusive, at most twice, at a level for three looks', async () => {
    const cases = casesOf(80, () => ({ old: 'p70', now: 'p50' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis, verdict } = await project.run({ settle: true })
    const { comparison } = analysis
    expect(comparison?.alpha).toBeCloseTo(0.0221)
    expect(comparison?.looks).toBeGreaterThan(1)
    expect(comparison?.metrics).toMatchObject([{ metric: 'pass', repeats: comparison?.looks, cases: 80 }])
    const calls = project.takeCalls()
    expect(calls).toHaveLength(80 + 160 * ((comparison?.looks ?? 0) - 1))
    // Each question is asked with a number of its own.
    expect(new Set(calls.map(({ prompt, repeat }) => `${prompt} ${repeat}`)).size).toBe(calls.length)
    expect(verdict.gates.find(({ metric }) => metric === 'pass')?.comparison).toBe(
      comparison?.looks === 3 ? expect.any(String) : 'regression',
    )
    expect(project.manifest('run-2/settle-1')).toMatchObject({ child: 'settle-1', cells: { planned: 160 } })
  })

  it('adds nothing where the first look decides', async () => {
    const cases = casesOf(90, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: { gate: { ...GATE.gate, margin: 0.1 } } })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: { gate: { ...GATE.gate, margin: 0.1 } } })
    const { analysis } = await project.run({ settle: true })
    expect(analysis.comparison?.looks).toBe(1)
    expect(project.takeCalls()).toHaveLength(90)
  })

  it('declines below 72 cases: no number of repeats replaces them', async () => {
    const cases = casesOf(40, () => ({ old: 'p70', now: 'p60' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis } = await project.run({ settle: true })
    expect(analysis.comparison?.warnings.join(' ')).toContain(
      '40 cases cannot show that a change is no worse, however often they are run; it takes 72',
    )
    expect(project.takeCalls()).toHaveLength(40)
  })

  it('stops on the budget, and says so', async () => {
    const cases = casesOf(80, () => ({ old: 'p70', now: 'p65' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis } = await project.run({ settle: true }, { maxCostUsd: 1 })
    expect(analysis.comparison?.looks).toBe(1)
    expect(analysis.comparison?.warnings.join(' ')).toMatch(/No repeats were added to settle it: .*budget/)
    expect(analysis.spentUsd).toBeLessThanOrEqual(1)
  })

  it('needs a baseline', async () => {
    const cases = casesOf(2, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await expect(project.run({ settle: true })).rejects.toMatchObject({
      code: 'usage',
      message: '--settle needs a baseline, and there is none',
    })
    expect(project.takeCalls()).toEqual([])
  })
})
