import { afterEach, describe, expect, it } from 'vitest'
import { Resumption } from '../../../harness/record/resumption.ts'
import { join } from 'node:path'
import { casesOf, RerunProject } from './project.ts'

const GATE = { gate: { metrics: ['pass'], confirm: 10 } }

let project: RerunProject
afterEach(() => project.remove())

/** Of 30 cases 10 break: they are run again 200 times in all, more than are begun at once. */
async function broken(): Promise<void> {
  const cases = casesOf(30, (i) => ({ old: 'yes', now: i < 10 ? 'no' : 'yes' }))
  project = new RerunProject({
    cases,
    prompt: 'old',
    assay: { ...GATE, limits: { '*': { concurrency: 1 } } },
  })
  await project.accept()
  project.suite({ cases, prompt: 'now', assay: { ...GATE, limits: { '*': { concurrency: 1 } } } })
}

describe('a run that is cut short while cases are run again', () => {
  it('is interrupted, and goes on in the folder that was begun: what was asked is not asked again', async () => {
    await broken()
    const stop = new AbortController()
    let [again, isChild] = [0, false]
    const events = {
      onChild: () => (isChild = true),
      onTrial() {
        if (isChild && ++again === 3) stop.abort()
      },
    }
    const { run, analysis } = await project.run({}, { world: { stop: stop.signal }, events, out: 'cut' })
    expect(run.manifest.interrupted).toBe(true)
    expect(analysis.comparison?.broken).toHaveLength(10)
    const first = project.takeCalls()

    const resumed = await project.resume('cut')
    const second = project.takeCalls()
    expect(resumed.run.manifest.interrupted).toBeUndefined()
    expect(resumed.analysis.comparison?.broken).toEqual(
      Array.from({ length: 10 }, () => expect.objectContaining({ status: 'confirmed' })),
    )
    const all = [...first, ...second].map(({ prompt, repeat }) => `${prompt} ${repeat}`)
    expect(all).toHaveLength(30 + 200)
    expect(new Set(all).size).toBe(all.length)
    expect(resumed.analysis.calls.made).toBe(30 + 200)

    // What belongs to a run is not resumed alone.
    await expect(Resumption.begin(join(project.dir, 'cut/confirm'), () => new Date())).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('belongs to the run'),
    })
  })

  it('comes to what an unbroken one does', async () => {
    await broken()
    const whole = await project.run()
    const again = await project.resume('run-2')
    expect(again.analysis.comparison).toEqual(whole.analysis.comparison)
    expect(again.verdict).toEqual(whole.verdict)
    project.takeCalls()

    // As a kill leaves it: half of the journal, and no findings.
    project.cut('run-2/confirm', 150)
    const killed = await project.resume('run-2')
    expect(killed.analysis.comparison).toEqual(whole.analysis.comparison)
    const lines = project.lines('run-2/confirm').filter(({ kind }) => kind === 'call')
    expect(lines).toHaveLength(200)
    expect(project.takeCalls().length).toBeLessThan(200)
  })
})

describe('the baseline', () => {
  it('is looked for before any call: one that is named and missing refuses the run', async () => {
    await broken()
    await expect(project.run({ baseline: 'nowhere.json' })).rejects.toMatchObject({ code: 'usage' })
    expect(project.takeCalls()).toEqual([])
    expect(project.exists('run-2')).toBe(false)
  })

  it('has to have a column like each that ships, before any call', async () => {
    await broken()
    project.rename('other')
    await expect(project.run()).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('renamed'),
    })
    expect(project.takeCalls()).toEqual([])
    const { analysis } = await project.run({ renamed: { p: 'other' } })
    expect(analysis.comparison?.pairing.columns).toMatchObject([{ by: 'renamed' }])
  })

  it('is compared with a part of the suite too, and says so', async () => {
    await broken()
    const { analysis } = await project.run({}, { selection: { filter: /c00[0-4]/u } })
    expect(analysis.comparison?.pairing).toMatchObject({ sharedCases: 5, onlyBase: 25 })
    expect(analysis.comparison?.warnings.join(' ')).toContain('A part of the suite was run')
  })

  it('is not asked where `none` is', async () => {
    await broken()
    const { analysis } = await project.run({ baseline: 'none' })
    expect(analysis.comparison).toBeUndefined()
  })
})
