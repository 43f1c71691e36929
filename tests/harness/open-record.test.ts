import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRecord, openShown } from '../../harness/open-record.ts'
import { RerunProject } from './reruns/project.ts'

const CASES = [
  { id: 'a', old: 'yes', now: 'yes' },
  { id: 'b', old: 'yes', now: 'no' },
]

let project: RerunProject
let dir: string

beforeEach(async () => {
  project = new RerunProject({ cases: CASES, prompt: 'old' })
  dir = (await project.run({ baseline: 'none' })).run.dir
})
afterEach(() => project.remove())

const shown = () => openShown(dir, project.dir, () => {})

describe('the record of a run', () => {
  it.each(['analysis.json', 'verdict.json'])('is not read where a newer version wrote %s', async (name) => {
    const file = join(dir, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"v": 1', '"v": 2'))
    for (const opened of [openRecord(dir, project.dir), shown()])
      await expect(opened).rejects.toMatchObject({
        exitCode: 2,
        message: `${dir} was written by a newer version of assay (${name} has format 2): update to read it`,
      })
  })

  it.each(['{}', '[]', '7', 'null'])('is not read where its analysis is %s', async (content) => {
    writeFileSync(join(dir, 'analysis.json'), content)
    await expect(shown()).rejects.toMatchObject({
      exitCode: 2,
      message: `${join(dir, 'analysis.json')} is not what a run writes`,
    })
  })

  it.each(['analysis.json', 'verdict.json'])(
    'is shown without its %s by the figures of its journal',
    async (name) => {
      const whole = await shown()
      expect(whole.verdict.decision).not.toBe('invalid')
      rmSync(join(dir, name))
      await expect(openRecord(dir, project.dir)).rejects.toMatchObject({ exitCode: 3 })
      const { analysis, verdict } = await shown()
      const { columns, cells, calls, spentUsd } = whole.analysis
      expect(analysis).toMatchObject({ columns, cells, calls, spentUsd })
      expect(verdict).toMatchObject({
        decision: 'invalid',
        exitCode: 3,
        reasons: ['The run ended before it was analyzed.'],
      })
    },
  )
})
