import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 0 } }

let project: RerunProject
afterEach(() => project.remove())

/** An id whose case passes six times in ten, in every repeat before one, and fails that one. */
function passesUntil(repeat: number): string {
  const passes = (id: string, r: number) =>
    createHash('sha256').update(`${id}: p60; answer ${r}`).digest().readUInt16BE(0) / 65536 < 0.6
  // The first one is the baseline's, the five from 7 on confirm.
  const early = [0, 7, 8, 9, 10, 11]
  for (let i = 0; ; i++) {
    const id = `b${i}`
    if (early.every((r) => passes(id, r)) && !passes(id, repeat)) return id
  }
}

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

  it('keeps a broken case that fresh replies confirmed, though a repeat of the baseline that was added fails', async () => {
    const id = passesUntil(203)
    const cases = casesOf(80, () => ({ old: 'yes', now: 'yes' })).with(0, { id, old: 'p60', now: 'no' })
    const assay = { gate: { metrics: ['pass'], confirm: 5, margin: 0.05 } }
    project = new RerunProject({ cases, prompt: 'old', assay })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay })
    const { analysis, verdict } = await project.run({ settle: true })
    expect(analysis.comparison?.looks).toBe(3)
    expect(analysis.comparison?.broken).toMatchObject([{ caseId: id, status: 'confirmed' }])
    expect(verdict.gates.find(({ name }) => name === 'broken cases')).toMatchObject({ observed: 1 })
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
