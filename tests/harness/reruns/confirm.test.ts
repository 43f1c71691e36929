import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'] } }

let project: RerunProject
afterEach(() => project.remove())

describe('a case that always passed and now fails', () => {
  it('is run again in both arms with fresh replies, and confirmed where it stays broken', async () => {
    const cases = casesOf(20, (i) => ({ old: 'yes', now: i === 3 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, repeat: 3, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, repeat: 3, prompt: 'now', assay: GATE })
    const { analysis, verdict, run } = await project.run()
    expect(analysis.comparison?.broken).toMatchObject([
      {
        caseId: 'c003',
        status: 'confirmed',
        base: { passed: 3, of: 3 },
        candidate: { passed: 0, of: 3 },
        rerun: { base: { passed: 5, of: 5 }, candidate: { passed: 0, of: 5 } },
      },
    ])
    expect(verdict.decision).toBe('block')

    const calls = project.takeCalls().filter(({ repeat }) => repeat >= 3)
    const of = (word: string) =>
      calls.filter(({ prompt }) => prompt.includes(`${word};`)).map(({ repeat }) => repeat)
    expect(of('no')).toHaveLength(5)
    expect(of('yes')).toHaveLength(5)
    expect(new Set([...of('no'), ...of('yes')]).size).toBe(10)
    expect(analysis.calls.made).toBe(60 + 10)
    expect(analysis.spentUsd).toBeCloseTo(0.7)

    const out = 'run-2'
    expect(project.manifest(`${out}/confirm`)).toMatchObject({
      child: 'confirm',
      parent: run.manifest.id,
      columns: [
        { prompt: 'p', provider: 'm' },
        { prompt: 'p@baseline', provider: 'm', baseline: { prompt: 'p', provider: 'm' } },
      ],
    })
  })

  it('is refuted where it was chance, and of too many a part is run again', async () => {
    const cases = casesOf(300, () => ({ old: 'p60', now: 'p60' }))
    const assay = { gate: { ...GATE.gate, confirm: 5 } }
    project = new RerunProject({ cases, prompt: 'old', assay })
    await project.accept()
    project.rename('p')
    const { analysis, verdict } = await project.run()
    const broken = analysis.comparison?.broken ?? []
    const rerun = broken.filter((one) => one.rerun !== undefined)
    expect(rerun).toHaveLength(50)
    for (const { status } of rerun) expect(status).toBe('refuted')
    expect(broken.find((one) => one.rerun === undefined)).toMatchObject({
      status: 'unchecked',
      why: 'so many broke that the others were run again in their place',
    })
    // As many as are run again at most were chance: so were the others.
    expect(verdict.gates.find(({ name }) => name === 'broken cases')).toMatchObject({ result: 'pass' })
  })

  it('is one of ten that are run again in a column whose drop is proven without them', async () => {
    const cases = casesOf(60, (i) => ({ old: 'yes', now: i % 2 === 0 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis, verdict } = await project.run()
    const statuses = (analysis.comparison?.broken ?? []).map(({ status }) => status)
    expect(statuses.filter((status) => status === 'confirmed')).toHaveLength(10)
    expect(statuses.filter((status) => status === 'unchecked')).toHaveLength(20)
    expect(analysis.calls.made).toBe(60 + 10 * 2 * 6)
    expect(verdict.decision).toBe('block')
    expect(verdict.reasons.join(' ')).not.toContain('not run again')
  })

  it('is not run again where `confirm` is 0, or no gate asks for it', async () => {
    const cases = casesOf(8, (i) => ({ old: 'yes', now: i === 0 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old' })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: { gate: { ...GATE.gate, confirm: 0 } } })
    expect((await project.run()).analysis.comparison?.broken).toMatchObject([{ status: 'unchecked' }])
    project.suite({ cases, prompt: 'now' })
    expect((await project.run()).analysis.comparison?.broken).toMatchObject([{ status: 'unchecked' }])
    expect(project.takeCalls()).toHaveLength(16)
  })

  it('is run again in both columns where one of the run gates against another of the same run', async () => {
    const cases = casesOf(12, (i) => ({ old: 'yes', now: i === 3 ? 'no' : 'yes' }))
    const gate = { metrics: ['pass'], ship: [{ prompt: 'now' }], against: { prompt: 'old' } }
    project = new RerunProject({ cases, repeat: 3, prompt: 'both', assay: { gate } })
    await project.accept()
    const { analysis } = await project.run()
    expect(analysis.comparison?.broken).toMatchObject([
      {
        caseId: 'c003',
        status: 'confirmed',
        column: { prompt: 'now' },
        against: { prompt: 'old' },
        rerun: { base: { passed: 5, of: 5 }, candidate: { passed: 0, of: 5 } },
      },
    ])
    expect(project.manifest('run-2/confirm').columns.map(({ prompt }) => prompt)).toEqual(['now', 'old'])
  })

  it('stays unchecked, and says why, where the budget does not allow it', async () => {
    const cases = casesOf(10, (i) => ({ old: 'yes', now: i === 3 ? 'no' : 'yes' }))
    project = new RerunProject({ cases, prompt: 'old', assay: GATE })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay: GATE })
    const { analysis, run } = await project.run({}, { maxCostUsd: 0.13 })
    const [broken] = analysis.comparison?.broken ?? []
    expect(broken).toMatchObject({ status: 'unchecked' })
    expect(broken?.why).toMatch(/budget/)
    expect(analysis.calls.made).toBeLessThanOrEqual(13)
    expect(run.manifest.incomplete).toBeUndefined()
  })
})
