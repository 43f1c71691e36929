import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 0 } }

let project: RerunProject
afterEach(() => project.remove())

describe('--rerun-baseline', () => {
  it('tells what the model has changed from what the prompt has', async () => {
    // The model now fails what it got right nine times in ten; the new prompt loses ten cases of a hundred.
    const cases = casesOf(100, (i) => ({
      old: i < 30 ? 'p95' : 'yes',
      now: i < 30 ? 'p95' : i < 40 ? 'no' : 'yes',
    }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    project.write('drift', '')
    const { analysis, verdict } = await project.run({ rerunBaseline: true })
    const { comparison } = analysis
    expect(comparison?.metrics).toMatchObject([{ delta: -0.1, cases: 100, base: { mean: 0.7 } }])
    expect(comparison?.drift).toMatchObject([
      { metric: 'pass', change: { delta: -0.1 }, column: { prompt: 'p', provider: 'm' } },
    ])
    expect(comparison?.drift?.[0]?.model.delta).toBeLessThan(-0.2)
    expect(comparison?.drift?.[0]?.model.pWorse).toBeLessThan(0.001)
    expect(verdict.decision).toBe('block')

    // The figures of the run are those of its own columns.
    expect(analysis.columns).toHaveLength(1)
    expect(analysis.cells).toMatchObject({ planned: 100, finished: 100, absent: 0 })
    expect(analysis.calls.made).toBe(200)
    expect(project.manifest('run-2')).toMatchObject({
      cells: { planned: 200 },
      columns: [
        { prompt: 'p', provider: 'm' },
        { prompt: 'p@baseline', provider: 'm', baseline: { prompt: 'p', provider: 'm' } },
      ],
    })
  })

  it('asks both arms side by side, case by case, with numbers of repeats that neither shares', async () => {
    const cases = casesOf(6, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({
      cases,
      repeat: 2,
      prompt: 'old',
      assay: { ...GATE, limits: { '*': { concurrency: 1 } } },
    })
    await project.accept()
    await project.run({ rerunBaseline: true })
    const calls = project.takeCalls()
    expect(calls.map(({ repeat }) => repeat)).toEqual(cases.flatMap(() => [0, 2, 1, 3]))
  })

  it('warns of the age of no baseline that was run again', async () => {
    const cases = casesOf(3, () => ({ old: 'yes', now: 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    const clock = { now: () => performance.now(), wallClock: () => new Date('2026-03-01T00:00:00.000Z') }
    const again = await project.run({ rerunBaseline: true }, { world: { clock } })
    expect(again.analysis.comparison?.warnings.join(' ')).not.toContain('days old')
    const stored = await project.run({}, { world: { clock } })
    expect(stored.analysis.comparison?.warnings.join(' ')).toContain('59 days old')
  })

  it('needs what the old prompt said to be on record', async () => {
    const cases = casesOf(2, () => ({ old: 'yes', now: 'no' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    project.removeRecord()
    await expect(project.run({ rerunBaseline: true })).rejects.toMatchObject({
      code: 'usage',
      message: 'the baseline cannot be run again: what the prompt p said in the baseline is not on record',
    })
    expect(project.takeCalls()).toEqual([])
    expect(project.exists('run-2')).toBe(false)
  })
})
