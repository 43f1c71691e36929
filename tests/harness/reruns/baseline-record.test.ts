import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReportInput } from '../../../harness/model/report.ts'
import { openRecord } from '../../../harness/open-record.ts'
import { RerunProject } from './project.ts'

const CASES = [
  { id: 'a', old: 'yes', now: 'yes' },
  { id: 'b', old: 'yes', now: 'no' },
]

let project: RerunProject

afterEach(() => project.remove())

/** A suite whose old prompt is accepted, and whose new one is run. */
async function changed(): Promise<RerunProject> {
  project = new RerunProject({ cases: CASES, prompt: 'old' })
  await project.accept()
  project.suite({ cases: CASES, prompt: 'now', assay: { gate: { confirm: 0 } } })
  return project
}

async function repliesOf({ baseline }: ReportInput): Promise<string[] | undefined> {
  if (baseline === undefined) return undefined
  const replies: string[] = []
  for await (const { cell, output } of baseline.trials()) replies.push(`${cell.caseId}: ${String(output)}`)
  return replies.sort()
}

describe('the record of what a run was compared with', () => {
  it('is at hand when the run ends, when it is opened again, and when it is judged again', async () => {
    const { dir } = await changed()
    const result = await project.run()
    const folder = result.run.dir
    const replies = ['a: yes', 'b: yes']
    expect(await repliesOf(result)).toStrictEqual(replies)
    expect(await repliesOf(await openRecord(folder, dir))).toStrictEqual(replies)
    expect(await repliesOf(await openRecord(folder, '/'))).toStrictEqual(replies)
    expect(await repliesOf(await project.judge(folder))).toStrictEqual(replies)
  })

  it('is the run itself where a run was named', async () => {
    const { dir } = await changed()
    const first = await project.run({ baseline: 'none' })
    expect(first.baseline).toBeUndefined()
    const second = await project.run({ baseline: 'run-2' })
    expect(second.baseline?.manifest.id).toBe(first.run.manifest.id)
    expect((await openRecord(second.run.dir, dir)).baseline?.manifest.id).toBe(first.run.manifest.id)
  })

  it('is left out without a word where it is gone, or another stands in its place', async () => {
    const { dir } = await changed()
    const result = await project.run()
    const { baseline, verdict } = result
    renameSync(join(dir, 'run-1'), join(dir, 'away'))
    rmSync(join(dir, 'baseline/trials.jsonl'))
    expect((await openRecord(result.run.dir, dir)).baseline).toBeUndefined()
    await project.accept()
    const again = await openRecord(result.run.dir, dir)
    expect(again.baseline).toBeUndefined()
    expect(again.verdict).toEqual(verdict)
    expect(baseline).toBeDefined()
  })

  it('is found among the runs beside, where the baseline was accepted anew', async () => {
    const { dir } = await changed()
    const result = await project.run()
    const { id } = result.baseline!.manifest
    await project.accept()
    renameSync(join(dir, 'run-1'), join(dir, id))
    expect((await openRecord(result.run.dir, dir)).baseline?.manifest.id).toBe(id)
  })

  it('is none where columns of one run are compared', async () => {
    project = new RerunProject({
      cases: CASES,
      prompt: 'both',
      assay: { gate: { ship: [{ prompt: 'now' }], against: { prompt: 'old' }, confirm: 0 } },
    })
    const result = await project.run()
    expect(result.analysis.comparison).toBeDefined()
    expect(result.baseline).toBeUndefined()
    expect((await openRecord(result.run.dir, project.dir)).baseline).toBeUndefined()
  })
})
