import { afterEach, describe, expect, it } from 'vitest'
import { casesOf, RerunProject } from './project.ts'

const GATE = { mustPass: { tag: 'critical' }, floors: { pass: 1 } }
/** Six cases, of which `c003` fails; it and `c004` must pass. */
const CASES = casesOf(6, (i) => ({
  old: 'yes',
  now: i === 3 ? 'no' : 'yes',
  ...((i === 3 || i === 4) && { tags: ['critical'] }),
}))
const until = (day: string, ...ids: string[]) =>
  ids.map((id) => ({ case: id, until: day, reason: 'label disputed' }))

let project: RerunProject
afterEach(() => project.remove())

describe('a case in quarantine', () => {
  it('breaks no floor and no must-pass tag, and is run and shown all the same', async () => {
    const assay = { gate: GATE, quarantine: until('2026-06-01', 'c003') }
    project = new RerunProject({ cases: CASES, prompt: 'now', assay })
    const { verdict, analysis, run } = await project.run({ baseline: 'none' })
    expect(verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(verdict.gates).toMatchObject([
      { name: 'must pass: critical', observed: 1 },
      { name: 'floor: pass', observed: 1 },
    ])
    expect(analysis.cells).toMatchObject({ passed: 5, failed: 1 })
    expect(analysis.columns[0]?.passRate).toBeCloseTo(5 / 6)
    // A record comes to the same, and to another verdict once the suite lets go of the case.
    expect((await project.judge(run.dir)).verdict.decision).toBe('pass')
    project.suite({ cases: CASES, prompt: 'now', assay: { gate: GATE } })
    expect((await project.judge(run.dir)).verdict.decision).toBe('block')
  })

  it('gates again once its time is over', async () => {
    const assay = { gate: GATE, quarantine: until('2026-01-01', 'c003') }
    project = new RerunProject({ cases: CASES, prompt: 'now', assay })
    const { verdict } = await project.run({ baseline: 'none' })
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
  })

  it('leaves a tag without any case that must pass, and that is told', async () => {
    const assay = { gate: GATE, quarantine: until('2026-06-01', 'c003', 'c004') }
    project = new RerunProject({ cases: CASES, prompt: 'now', assay })
    const { verdict } = await project.run({ baseline: 'none' })
    expect(verdict.decision).toBe('warn')
    expect(verdict.reasons[0]).toBe(
      'p × m: every case tagged "critical" is in quarantine, so none of them must pass.',
    )
  })
})
