import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recordedBase } from '../../scripts/recorded-base.ts'

const root = mkdtempSync(join(tmpdir(), 'assay-base-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A project, with or without a suite in it. */
function project(name: string, hasSuite = true): string {
  const dir = join(root, name)
  mkdirSync(dir)
  if (hasSuite) writeFileSync(join(dir, 'suite.yaml'), '')
  return dir
}

describe('the suite of a recorded run', () => {
  const own = project('own')
  const other = project('other')
  const empty = project('empty', false)
  const base = (dir: string, cwd: string) => recordedBase('suite.yaml', dir, cwd)

  it('is that of the project the run lies in, also where another has one by the same name', () => {
    expect(base(join(own, 'runs/own/1'), own)).toBe(own)
    expect(base(join(own, 'runs/own/1'), other)).toBe(own)
  })

  it('is here, for a record that was put elsewhere or brought along', () => {
    expect(base(join(other, 'kept/own/1'), own)).toBe(own)
    expect(base(join(empty, 'runs/own/1'), own)).toBe(own)
  })

  it('is nowhere when it is in neither place', () => {
    expect(base(join(empty, 'runs/own/1'), empty)).toBeUndefined()
  })
})
