import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Renderer } from '../../harness/model/report.ts'
import { writeKeptReport } from '../../scripts/kept-report.ts'
import { makeInput } from '../reports/make-input.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-kept-'))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function rendererOf(names: readonly string[]): Renderer {
  return {
    name: 'x',
    file: 'report.html',
    async *render(_input, beside) {
      for (const name of names) yield `${await beside?.(name, `of ${name}`)}\n`
    },
  }
}

describe('a report in its place', () => {
  it('has its parts in a folder beside it, and none of an earlier report', async () => {
    const file = join(dir, 'report.html')
    await writeKeptReport(file, rendererOf(['a.js', 'b.js']), makeInput({ trials: [] }))
    expect(readFileSync(file, 'utf8')).toBe('report.data/a.js\nreport.data/b.js\n')
    expect(readFileSync(join(dir, 'report.data/b.js'), 'utf8')).toBe('of b.js')
    await writeKeptReport(file, rendererOf(['c.js']), makeInput({ trials: [] }))
    expect(readdirSync(join(dir, 'report.data'))).toStrictEqual(['c.js'])
    await writeKeptReport(file, rendererOf([]), makeInput({ trials: [] }))
    expect(existsSync(join(dir, 'report.data'))).toBe(false)
  })
})
